// Strong types for everything that is named by a number, so that a user can never be passed for a chat.
#pragma once

#include <compare>
#include <cstdint>

namespace odnix::core {

/// A number with a meaning. Value 0 is "none yet" for the kinds that we hand out ourselves (PeerId, RequestId).
template <class Tag, class Rep>
struct Id {
  Rep value{};
  auto operator<=>(const Id&) const = default;
};

using UserId = Id<struct UserTag, std::int64_t>;           ///< the chat site's user number
using ChatId = Id<struct ChatTag, std::int64_t>;           ///< the chat site's chat number
using EndpointId = Id<struct EndpointTag, std::uint64_t>;  ///< one per page load; 16 hex digits on the wire
using PeerId = Id<struct PeerTag, std::uint32_t>;          ///< one RTCPeerConnection; never reused within a page
using RequestId = Id<struct RequestTag, std::uint32_t>;    ///< one getUserMedia request; never reused within a page

using DeviceId = Id<struct DeviceTag, std::uint32_t>;  ///< one device of this browser; numbered by web/glue/devices.js

/// 128 random bits, 32 hex digits on the wire. hi == 0 marks a call of an old peer: it has no id there, so we number it
/// here.
struct CallId {
  std::uint64_t hi{};
  std::uint64_t lo{};
  auto operator<=>(const CallId&) const = default;
};

}  // namespace odnix::core
