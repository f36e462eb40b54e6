// From what the machine knows to what a person sees. Pure, cheap, called after every run of the inbox.
#pragma once

#include <optional>

#include "core/state.hpp"
#include "core/time.hpp"
#include "view/model.hpp"
#include "view/strings.hpp"

namespace odnix::view {

[[nodiscard]] ViewModel project(const core::State& state, core::TimePoint now, const Strings& strings = english());

/// When project() next differs by the mere passing of time (the call timer); nullopt = not before something happens.
[[nodiscard]] std::optional<core::TimePoint> next_change(const core::State& state, core::TimePoint now);

}  // namespace odnix::view
