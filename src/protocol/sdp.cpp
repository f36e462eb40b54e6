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

}  // namespace odnix::protocol
