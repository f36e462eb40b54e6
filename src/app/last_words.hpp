// A module that crashed cannot hang up any more: what the platform is to say for it then is always ready.
#pragma once

#include <optional>

#include "core/effect.hpp"
#include "core/state.hpp"

namespace odnix::app {

/// Absent while there is nobody to tell: no call, one that only rings here (another tab may still take it), one that
/// nobody has heard of, and a group's, in which the others hear of us by the path alone.
[[nodiscard]] std::optional<core::SendMessage> last_words(const core::State& state);

}  // namespace odnix::app
