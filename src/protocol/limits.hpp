// How much of anything we take from the wire. The server limits nothing (Daphne passes 5 MB frames on) and browsers do
// worse than refuse: an SDP with 300 m-lines blocks a page for 18 s. What is over a limit is refused whole, never cut.
// Source: docs/protocol.md, "Limits". Every limit is inclusive.
#pragma once

#include <cstddef>
#include <cstdint>

namespace odnix::protocol::limits {

inline constexpr std::size_t frame_bytes = 256 * 1024;
inline constexpr std::size_t channel_bytes = 64 * 1024;  ///< by a data channel
inline constexpr std::size_t sdp_bytes = 64 * 1024;
inline constexpr std::size_t sdp_media_lines = 8;   ///< one-to-one calls
inline constexpr std::size_t sdp_candidates = 128;  ///< the browser's work grows with their square: 1,000 take 3 s
inline constexpr std::size_t candidate_bytes = 512;
inline constexpr std::size_t candidates = 64;           ///< in one batch
inline constexpr std::size_t people = 16;               ///< in one invitation; a call holds 8
inline constexpr std::size_t mid_bytes = 64;            ///< RFC 8843 advises 3
inline constexpr std::size_t proof_bytes = 64;          ///< a token or a proof, in hex
inline constexpr std::size_t ufrag_bytes = 256;         ///< RFC 8839, section 5.4
inline constexpr std::int64_t m_line_index = 65535;     ///< sdpMLineIndex is an unsigned short
inline constexpr std::size_t json_depth = 16;           ///< brackets inside brackets
inline constexpr std::size_t json_separators = 2048;    ///< ',' and ':' in one frame; a batch of 64 candidates has 520
inline constexpr std::size_t name_bytes = 256;          ///< longer ones are cut at a character
inline constexpr std::size_t avatar_bytes = 32 * 1024;  ///< longer ones are left out: the call rings without a picture

}  // namespace odnix::protocol::limits
