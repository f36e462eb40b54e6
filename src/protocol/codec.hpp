// The wire: text frames <-> signals. The only place that knows field names (docs/protocol.md says what they mean).
// Total: any bytes give an answer, nothing throws, nothing recurses, no part of an untrusted tree is copied or printed.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/effect.hpp"
#include "core/event.hpp"

namespace odnix::protocol {

/// A frame that breaks the protocol or a limit. `reason` is one of the fixed words in docs/protocol.md ("too-large",
/// "not-json", …) and points to a literal, so it never quotes the frame.
struct Rejected {
  std::string_view reason;
  bool operator==(const Rejected&) const = default;
};

/// A sound frame that says nothing to us: a type or a kind that this version does not know.
struct Ignored {
  bool operator==(const Ignored&) const = default;
};

using Decoded = std::variant<core::Event, Rejected, Ignored>;

/// What came on `socket`: MessageReceived from a call socket, CallPushed from the notify socket (a key without chat).
[[nodiscard]] Decoded decode(const core::SocketKey& socket, std::string_view text);

/// What came on a peer's data channel: the text that a client sends to the server. No server vouches for it, so it must
/// name its sender and its call, and it may be a quarter as long.
[[nodiscard]] Decoded decode(core::PeerId peer, std::string_view text);

/// The frame that says `message`, without spaces. Without a header it is byte for byte what an old peer would send.
/// Text that is not UTF-8 is sent with U+FFFD in its place.
[[nodiscard]] std::string encode(const core::SendMessage& message);

}  // namespace odnix::protocol
