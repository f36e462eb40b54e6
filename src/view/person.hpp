// Names and avatars come from strangers: text only, short, without tricks (security.md, "display names, avatars").
#pragma once

#include <string>
#include <string_view>

namespace odnix::view {

/// At most 64 code points of valid UTF-8 on one line: control characters and bidirectional controls are dropped, runs
/// of white space become one space, invalid bytes become U+FFFD.
[[nodiscard]] std::string clean_name(std::string_view raw);

/// One or two characters for an avatar disc: the first of the first and of the last word, in capitals where ASCII; "?"
/// for no name.
[[nodiscard]] std::string initials(std::string_view clean);

/// `url` if it may be shown as an image: `data:image/…` up to 32 KiB, or a path on the page's own origin; else empty.
[[nodiscard]] std::string clean_avatar(std::string_view url);

}  // namespace odnix::view
