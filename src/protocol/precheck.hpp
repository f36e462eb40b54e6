// What can be known about a frame before a JSON tree is built of it. A tree costs twenty times the text, and the parser
// has no limits of its own.
#pragma once

#include <string_view>

namespace odnix::protocol {

/// Empty if the text keeps limits::frame_bytes, json_depth and json_separators, else the word for Rejected.
/// Says nothing about whether it is JSON.
[[nodiscard]] std::string_view precheck(std::string_view text);

}  // namespace odnix::protocol
