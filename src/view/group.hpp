// What a group's call shows beyond others: who is who, and what they did last.
#pragma once

#include "core/state.hpp"
#include "view/model.hpp"
#include "view/strings.hpp"

namespace odnix::view {

/// Names and muted signs of the tiles, the caller's name while it rings, and the last news, where nothing more urgent
/// is said.
void show_group(ViewModel& model, const core::State& state, const Strings& strings);

}  // namespace odnix::view
