// The core's clock has no now(): time is an argument of every call, so tests and replays own it.
#pragma once

#include <chrono>
#include <cstdint>

namespace odnix::core {

struct CallClock {
  using rep = std::int64_t;
  using period = std::milli;
  using duration = std::chrono::milliseconds;
  using time_point = std::chrono::time_point<CallClock>;
  static constexpr bool is_steady = true;
};

using Duration = CallClock::duration;     ///< milliseconds
using TimePoint = CallClock::time_point;  ///< milliseconds since some moment before the page loaded

}  // namespace odnix::core
