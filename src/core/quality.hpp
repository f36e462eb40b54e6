// What a link's line carries, and what we send by it (call-rules, "Quality").
#pragma once

#include <cstdint>
#include <optional>

#include "core/ids.hpp"
#include "core/reflect.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// By RTCRtpSender.setParameters: at most so much for our picture, which is made so much smaller, or none of it. Sound
/// goes first, always.
struct LimitMedia {
  PeerId peer;
  std::int32_t kbit{};
  std::int32_t shrink{};  ///< of width and height, in percent: 200 = half as wide
  bool video{};
  bool lean{};          ///< our sound with half its bits: where it is sent twice (RED) it then takes what it takes once
  std::int32_t rate{};  ///< pictures a second at most; 0 = as the camera gives them
  ODNIX_RECORD(LimitMedia, peer, kbit, shrink, video, lean, rate)
};

struct Quality {
  std::int32_t kbit{};  ///< the browser's estimate of the way out; 0 = not known
  bool relayed{};
  bool overfull{};                    ///< where `kbit` is not known: our picture crowds out the sound
  bool paused{};                      ///< our picture, for the sound
  std::optional<TimePoint> due;       ///< when it is paused, or tried again
  bool wide{};                        ///< paused: the line would do again
  std::int32_t most{};                ///< kbit/s of a picture that is tried; 0 = as much as any
  std::optional<TimePoint> more_at;   ///< it doubles
  std::int32_t setbacks{};            ///< it was too much, so often: tried less and less
  bool lean{};                        ///< too narrow for sound that is sent twice at its full rate
  std::optional<LimitMedia> applied;  ///< what the browser was told
  ODNIX_RECORD(Quality, kbit, relayed, overfull, paused, due, wide, most, more_at, setbacks, lean, applied)
};

}  // namespace odnix::core
