#include "protocol/sdp.hpp"

#include <cstddef>

#include "protocol/limits.hpp"

namespace odnix::protocol {

std::string_view check_sdp(std::string_view sdp) {
  if (sdp.size() > limits::sdp_bytes) return "sdp-too-large";
  std::size_t media_lines = 0;
  char before = '\n';
  for (std::size_t i = 0; i + 1 < sdp.size(); ++i) {
    // Browsers end a line at \r\n or \n; counting after a lone \r too errs on the safe side.
    if ((before == '\n' || before == '\r') && sdp[i] == 'm' && sdp[i + 1] == '=') ++media_lines;
    before = sdp[i];
  }
  return media_lines > limits::sdp_media_lines ? "too-many-media-lines" : std::string_view{};
}

std::int64_t session_of(std::string_view sdp) {
  auto start = sdp.substr(0, 2) == "o=" ? 0 : sdp.find("\no=");
  if (start == std::string_view::npos) return 0;
  if (sdp[start] == '\n') ++start;
  const std::string_view line = sdp.substr(start, sdp.find_first_of("\r\n", start) - start);
  std::uint64_t hash = 14695981039346656037ull;  // FNV-1a
  for (const char c : line) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ull;
  }
  const auto session = static_cast<std::int64_t>(hash >> 1);
  return session == 0 ? 1 : session;
}

}  // namespace odnix::protocol
