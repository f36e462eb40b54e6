// The little we look at in a session description before the browser gets it, and write into ours before it goes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/secret_text.hpp"

namespace odnix::protocol {

/// Empty if `sdp` keeps limits::sdp_bytes and sdp_media_lines, else the word for Rejected.
[[nodiscard]] std::string_view check_sdp(std::string_view sdp);

/// Names the description's session: a hash of its o= line (RFC 8866, section 5.2), never negative; 0 = no such line. An
/// old peer's re-sent offer has more candidates but the same o= line, which is how it is told from a new call.
[[nodiscard]] std::int64_t session_of(std::string_view sdp);

/// `sdp` with `candidates` written into their m-sections (RFC 8839, section 5.1), so that a re-sent offer serves who
/// missed the trickle. Here and not in the core, because a redacted journal has no text to write into.
[[nodiscard]] std::string with_candidates(std::string_view sdp, const std::vector<core::Candidate>& candidates);

/// The other way: `sdp` without its candidates, which are put into `taken` if there is one. What is no candidate to a
/// browser is none there either.
[[nodiscard]] std::string without_candidates(std::string_view sdp, std::vector<core::Candidate>* taken = nullptr);

/// Its a=fingerprint lines (RFC 8122, section 5), which say with whose certificate the connection is made.
[[nodiscard]] std::string fingerprints_of(std::string_view sdp);

}  // namespace odnix::protocol
