#include "platform/web/alarm.hpp"

#include <algorithm>

#include "platform/web/clock.hpp"
#include "platform/web/glue.hpp"

namespace odnix::platform {
namespace {

constexpr core::Duration longest{24 * 60 * 60 * 1000};  // setTimeout takes 31 bits; later alarms are armed again

}  // namespace

void Alarm::set(std::optional<core::TimePoint> when) {
  if (when == when_) return;
  when_ = when;
  if (when_) {
    arm();
  } else {
    glue("clearAlarm");
  }
}

void Alarm::arm() {
  const auto left = std::clamp(*when_ - now(), core::Duration{0}, longest);
  glue("setAlarm", static_cast<double>(left.count()));
}

void Alarm::fired() {
  if (!when_) return;
  if (now() < *when_) {
    arm();
    return;
  }
  when_.reset();
  inbox_.post(core::Event(core::TimePassed{}));
}

}  // namespace odnix::platform
