// The little we look at in a session description before the browser gets it.
#pragma once

#include <cstdint>
#include <string_view>

namespace odnix::protocol {

/// Empty if `sdp` keeps limits::sdp_bytes and sdp_media_lines, else the word for Rejected.
[[nodiscard]] std::string_view check_sdp(std::string_view sdp);

/// Names the description's session: a hash of its o= line (RFC 8866, section 5.2), never negative; 0 = no such line. An
/// old peer's re-sent offer has more candidates but the same o= line, which is how it is told from a new call.
[[nodiscard]] std::int64_t session_of(std::string_view sdp);

}  // namespace odnix::protocol
