// Text between UTF-8 and the ASCII that CPython's json module writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace odnix::devserver {

/// Takes one UTF-8 sequence from the front; nullopt (nothing taken) when it is malformed, overlong or a surrogate.
/// `rest` must not be empty.
[[nodiscard]] std::optional<std::uint32_t> take_utf8(std::string_view& rest);

/// Appends a character the way json.dumps escapes it; beyond U+FFFF as two \u units. A lone surrogate stays one.
void append_code_point(std::string& out, std::uint32_t code);

/// `text` (UTF-8; bytes that are not become U+FFFD) as a JSON string with quotes.
[[nodiscard]] std::string quote_json(std::string_view text);

}  // namespace odnix::devserver
