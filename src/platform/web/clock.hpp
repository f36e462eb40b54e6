// performance.now() as the core's time: monotonic, milliseconds since the page began to load.
#pragma once

#include <emscripten.h>

#include <cstdint>

#include "core/time.hpp"

namespace odnix::platform {

inline core::TimePoint now() {
  return core::TimePoint(core::Duration(static_cast<std::int64_t>(emscripten_get_now())));
}

}  // namespace odnix::platform
