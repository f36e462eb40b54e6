// Reading members of an untrusted JSON object: always look first, then take. Every reader leaves the tree alone, copies
// nothing but the one value that is asked for, and answers `Field` so that "absent" and "of a wrong type" stay apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/json.hpp"

namespace odnix::protocol {

/// absent: no such member, or null, which JSON.stringify and Python write for "nothing".
enum class Field { absent, wrong, good };

/// The member, or nullptr if it is absent.
[[nodiscard]] const Json* member(const Json& object, const char* name);

/// `out` is set only if the answer is good. The string stays in the tree.
[[nodiscard]] Field text_field(const Json& object, const char* name, std::string_view& out);
[[nodiscard]] Field bool_field(const Json& object, const char* name, bool& out);
/// An integer that fits; 1.0 is not one.
[[nodiscard]] Field integer_field(const Json& object, const char* name, std::int64_t& out);
/// The same, or decimal digits in a string: templates write chat numbers both ways.
[[nodiscard]] Field number_or_digits_field(const Json& object, const char* name, std::int64_t& out);

}  // namespace odnix::protocol
