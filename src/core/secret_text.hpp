// SDP bodies and candidates hold addresses, passwords and fingerprints; names and avatars are personal. They travel
// through the core in a type of their own, so that no log line, journal or failing test can print them: describe()
// shows redacted() only (security.md, "secrets in logs").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/reflect.hpp"

namespace odnix::core {

/// "~<hash>/<bytes>": equal texts stay equal, so that a journal replays the same decisions; a redacted text is its own
/// redaction.
[[nodiscard]] std::string redacted(std::string_view text);

/// Text that is never printed.
struct Secret {
  std::string text;
  bool operator==(const Secret&) const = default;
};

/// A session description (RFC 8866). Limits are the codec's business.
using Sdp = Secret;

/// One RTCIceCandidateInit (W3C WebRTC §4.8.1). An empty `line` is the end-of-candidates mark.
struct Candidate {
  Secret line;                  ///< "candidate:…"
  std::string mid;              ///< sdpMid; empty = absent
  std::int32_t m_line_index{};  ///< sdpMLineIndex; -1 = absent
  Secret ufrag;                 ///< usernameFragment; empty = absent. Ties the candidate to one ICE generation.
  ODNIX_RECORD(Candidate, line, mid, m_line_index, ufrag)
};

}  // namespace odnix::core
