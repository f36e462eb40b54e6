// The little we look at in a session description before the browser gets it.
#pragma once

#include <string_view>

namespace odnix::protocol {

/// Empty if `sdp` keeps limits::sdp_bytes and sdp_media_lines, else the word for Rejected.
[[nodiscard]] std::string_view check_sdp(std::string_view sdp);

}  // namespace odnix::protocol
