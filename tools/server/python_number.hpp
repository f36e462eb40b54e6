// Numbers as CPython's json module reads and writes them.
#pragma once

#include <string>
#include <string_view>

namespace odnix::devserver {

/// Takes a number from the front of `rest` and appends what `json.dumps(json.loads(number))` gives: integers digit by
/// digit, floats as repr(), and NaN, Infinity, -Infinity, which CPython accepts. False: there is no number.
bool take_python_number(std::string_view& rest, std::string& out, bool& truthy);

}  // namespace odnix::devserver
