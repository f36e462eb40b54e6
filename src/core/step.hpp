// The call machine. Pure and total: every (state, event) has an answer, nothing is read but the arguments.
#pragma once

#include <optional>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/state.hpp"
#include "core/time.hpp"

namespace odnix::core {

struct Step {
  State next;
  std::vector<Effect> effects;
};

/// An event that names a call, peer or request we no longer have changes nothing. Store `next`, then run `effects` in
/// order.
[[nodiscard]] Step step(State state, const Event& event, TimePoint now);

/// When step(TimePassed) next matters; nullopt = never. May lie in the past: then it matters now.
[[nodiscard]] std::optional<TimePoint> next_deadline(const State& state);

}  // namespace odnix::core
