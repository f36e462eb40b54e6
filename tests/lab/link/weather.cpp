#include "weather.hpp"

#include <cstdlib>
#include <string>

namespace odnix::lab {
namespace {

bool set(Weather& weather, std::string_view name, double value) {
  if (name == "delay")
    weather.delay_ms = value;
  else if (name == "jitter")
    weather.jitter_ms = value;
  else if (name == "loss")
    weather.loss = value / 100;
  else if (name == "burst")
    weather.burst = value;
  else if (name == "duplicate")
    weather.duplicate = value / 100;
  else if (name == "reorder")
    weather.reorder = value / 100;
  else if (name == "hold")
    weather.hold_ms = value;
  else if (name == "rate")
    weather.rate_kbit = value;
  else if (name == "queue")
    weather.queue_ms = value;
  else if (name == "cut")
    weather.cut = value != 0;
  else
    return false;
  return true;
}

}  // namespace

std::optional<Weather> read_weather(std::string_view words) {
  Weather weather;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(word.size() < words.size() ? word.size() + 1 : words.size());
    if (word.empty()) continue;
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string digits(word.substr(equals + 1));
    char* end{};
    const double value =
        std::strtod(digits.c_str(), &end);  // from_chars reads no double in every library we build with
    if (digits.empty() || end != digits.data() + digits.size() || !(value >= 0)) return std::nullopt;
    if (!set(weather, word.substr(0, equals), value)) return std::nullopt;
  }
  return weather;
}

}  // namespace odnix::lab
