// A link whose path is lost: since when, and what is tried next (faults.md, "Rules that follow").
#pragma once

#include <cstdint>
#include <optional>

#include "core/reflect.hpp"
#include "core/time.hpp"

namespace odnix::core {

struct Recovery {
  TimePoint next_try{};
  std::optional<TimePoint> check_socket_at;  ///< an offer that is not acknowledged by then: the socket is silent
  std::optional<TimePoint> media_due;        ///< connected again, but nothing comes: a new connection then
  std::int32_t tries{};
  bool rebuild{};  ///< a restart cannot help: the next try is a new connection
  ODNIX_RECORD(Recovery, next_try, check_socket_at, media_due, tries, rebuild)
};

}  // namespace odnix::core
