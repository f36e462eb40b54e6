#pragma once
// What a direction of the link does to the frames that pass.

#include <optional>
#include <string_view>

namespace odnix::lab {

/// The default is a perfect cable.
struct Weather {
  double delay_ms{};     ///< one way
  double jitter_ms{};    ///< up to so much more, evenly spread; frames keep their order
  double loss{};         ///< share of frames that vanish, 0 to 1
  double burst{1};       ///< frames that vanish together, on average
  double duplicate{};    ///< share of frames that arrive twice, 0 to 1
  double reorder{};      ///< share of frames that are held back, so that later ones overtake them, 0 to 1
  double hold_ms{30};    ///< how long those are held back
  double rate_kbit{};    ///< 0: no limit
  double queue_ms{300};  ///< with a limit: what waits longer than this is dropped
  bool cut{};            ///< nothing passes, and nobody is told
};

/// "delay=50 loss=10 burst=4": shares in percent, times in milliseconds, rate in kbit/s, cut=1. Nothing if a word is
/// unknown.
std::optional<Weather> read_weather(std::string_view words);

}  // namespace odnix::lab
