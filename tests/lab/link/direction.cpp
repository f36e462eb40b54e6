#include "direction.hpp"

#include <algorithm>
#include <utility>

namespace odnix::lab {
namespace {

constexpr Micros micros(double milliseconds) { return static_cast<Micros>(milliseconds * 1000); }

}  // namespace

void Direction::change(const Weather& weather) {
  weather_ = weather;
  losing_ = false;
  if (weather.cut) under_way_ = {};
}

// Two states (a Gilbert model): the share of the time inside a burst is `loss`, its mean length is `burst` frames.
bool Direction::loses() {
  if (weather_.loss <= 0) return false;
  if (weather_.loss >= 1) return true;
  const double length = std::max(1.0, weather_.burst);
  if (losing_) {
    losing_ = !chance(1 / length);
  } else {
    losing_ = chance(weather_.loss / (length * (1 - weather_.loss)));
  }
  return losing_;
}

void Direction::put(Micros now, Bytes frame) {
  ++counts_.in;
  if (weather_.cut || loses()) {
    ++counts_.lost;
    return;
  }
  Micros leaves = now;
  if (weather_.rate_kbit > 0) {
    free_at_ = std::max(free_at_, now);
    if (free_at_ - now > micros(weather_.queue_ms)) {
      ++counts_.overflowed;
      return;
    }
    free_at_ += micros(static_cast<double>(frame.size()) * 8 / weather_.rate_kbit);
    leaves = free_at_;
  }
  Micros due = leaves + micros(weather_.delay_ms + weather_.jitter_ms * unit_(random_));
  if (chance(weather_.reorder)) {
    due += micros(weather_.hold_ms);
  } else {
    due = last_due_ = std::max(due, last_due_);
  }
  if (chance(weather_.duplicate)) under_way_.push({due, next_order_++, frame});
  under_way_.push({due, next_order_++, std::move(frame)});
}

std::optional<Bytes> Direction::take(Micros now) {
  if (under_way_.empty() || under_way_.top().due > now) return std::nullopt;
  Bytes frame = under_way_.top().bytes;
  under_way_.pop();
  ++counts_.out;
  return frame;
}

std::optional<Micros> Direction::next() const {
  if (under_way_.empty()) return std::nullopt;
  return under_way_.top().due;
}

}  // namespace odnix::lab
