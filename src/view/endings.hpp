// Why a call ended and why a device did not open, in plain sentences.
#pragma once

#include <string>
#include <string_view>

#include "core/media.hpp"
#include "core/state.hpp"
#include "view/strings.hpp"

namespace odnix::view {

struct Ending {
  std::string status;  ///< what happened
  std::string detail;  ///< what to do next, or how long it lasted; may be empty
};

[[nodiscard]] Ending ending(const core::Ended& ended, std::string_view name, const Strings& strings);
[[nodiscard]] std::string_view microphone_trouble(core::MediaError error, const Strings& strings);
[[nodiscard]] std::string_view camera_trouble(core::MediaError error, const Strings& strings);

}  // namespace odnix::view
