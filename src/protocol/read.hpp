// The parts of a message, read from an untrusted payload. Each reader fills `out` and answers with the word for
// Rejected, or with nothing if all is well.
#pragma once

#include <optional>
#include <string_view>

#include "core/signal.hpp"
#include "protocol/json.hpp"

namespace odnix::protocol {

using Error = std::string_view;
inline constexpr Error ok{};

/// What a part came to; `known` is false for sound things that this version does not know.
struct Reading {
  Error error;
  bool known{true};
};

/// Exactly 16 hex digits; 0 is nobody's page.
[[nodiscard]] std::optional<core::EndpointId> endpoint_of(std::string_view hex);

/// The v2 fields. None at all is an old peer: `out` stays empty. A broken set is refused, for it can be tied to no
/// call.
[[nodiscard]] Reading read_header(const Json& payload, std::optional<core::Header>& out);

/// What a frame of `type` says. `v2`: its payload has a header.
[[nodiscard]] Reading read_signal(std::string_view type, const Json& payload, bool v2, core::Signal& out);

}  // namespace odnix::protocol
