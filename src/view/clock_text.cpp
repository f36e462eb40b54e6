#include "view/clock_text.hpp"

namespace odnix::view {

std::string clock_text(std::int64_t seconds) {
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto hours = seconds / 3600;
  const auto minutes = seconds / 60 % 60;
  const auto head = hours > 0 ? std::to_string(hours) + ":" + two(minutes) : std::to_string(minutes);
  return head + ":" + two(seconds % 60);
}

}  // namespace odnix::view
