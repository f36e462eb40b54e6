// The old client (call.js) as protocol.md's rules 1 to 8 and legacy-behaviour.md describe it: what it knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/reflect.hpp"
#include "core/signal.hpp"

namespace odnix::sim {

/// opening: getUserMedia for a call of its own. calling: rings, with or without an offer yet. prompt: asks its person.
/// answering: accepted. in_call: both descriptions are there. broken: an empty call window that only its person closes.
ODNIX_ENUM(OldPhase, idle, opening, calling, prompt, answering, in_call, broken)

struct OldPage {
  OldPhase phase{};
  bool is_caller{};  ///< has called since it was loaded: deaf to every offer (rule 3)
  std::int64_t deaf_until{};
  std::string seen;                  ///< text of the last offer
  std::uint32_t work{};              ///< changes with every call: older work is void
  std::uint32_t peer{};              ///< index + 1
  std::string offer;                 ///< the prompt's; empty after an end, which stops only the tone
  std::optional<core::CallId> call;  ///< the prompt's or answered call, if a new peer's
  std::uint32_t session{};           ///< number of its own offer, as caller
  int offers{};
  int candidates{};
  bool described{};      ///< the remote description is applied
  std::int64_t since{};  ///< of the phase
  std::vector<core::Candidate> queue;
};

}  // namespace odnix::sim
