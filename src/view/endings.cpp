#include "view/endings.hpp"

#include "view/clock_text.hpp"

namespace odnix::view {

using core::EndReason;
using core::MediaError;

std::string_view microphone_trouble(MediaError error, const Strings& strings) {
  switch (error) {
    case MediaError::denied: return strings.microphone_denied;
    case MediaError::dismissed: return strings.microphone_dismissed;
    case MediaError::missing: return strings.microphone_missing;
    case MediaError::busy: return strings.microphone_busy;
    case MediaError::constrained: return strings.microphone_constrained;
    case MediaError::insecure: return strings.microphone_insecure;
    case MediaError::unknown: return strings.microphone_unknown;
  }
  return strings.microphone_unknown;
}

std::string_view camera_trouble(MediaError error, const Strings& strings) {
  switch (error) {
    case MediaError::denied: return strings.camera_denied;
    case MediaError::dismissed: return strings.camera_dismissed;
    case MediaError::missing: return strings.camera_missing;
    case MediaError::busy: return strings.camera_busy;
    case MediaError::constrained: return strings.camera_constrained;
    case MediaError::insecure: return strings.camera_insecure;
    case MediaError::unknown: return strings.camera_unknown;
  }
  return strings.camera_unknown;
}

Ending ending(const core::Ended& ended, std::string_view name, const Strings& strings) {
  const auto say = [](std::string_view status, std::string_view detail = {}) {
    return Ending{std::string(status), std::string(detail)};
  };
  const auto about_them = [&](std::string_view sentence) { return Ending{with_name(sentence, name), {}}; };
  switch (ended.reason) {
    case EndReason::hangup: {
      if (!ended.talked) return say(strings.ended);
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*ended.talked).count();
      return {std::string(strings.ended), with_name(strings.lasted, clock_text(seconds))};
    }
    case EndReason::declined: return ended.by_remote ? about_them(strings.declined_by_them) : say(strings.declined);
    case EndReason::busy: return about_them(strings.busy);
    case EndReason::timeout: return say(ended.outgoing ? strings.no_answer : strings.missed);
    case EndReason::cancelled: return say(ended.outgoing ? strings.cancelled : strings.missed);
    case EndReason::answered_elsewhere: return say(strings.answered_elsewhere);
    case EndReason::declined_elsewhere: return say(strings.declined_elsewhere);
    case EndReason::glare: return say(strings.glare, strings.call_again);
    case EndReason::replaced: return say(strings.replaced);
    case EndReason::media_failed:
      if (ended.by_remote) return about_them(strings.their_devices_failed);
      return say(strings.ended, microphone_trouble(ended.media_error.value_or(MediaError::unknown), strings));
    case EndReason::connection_failed:
      if (ended.left) return about_them(strings.did_not_return);
      return say(ended.talked ? strings.lost : strings.not_connected, strings.check_network);
    case EndReason::full: return say(strings.full, strings.full_detail);
    case EndReason::error: return say(strings.failed, strings.failed_detail);
  }
  return say(strings.ended);
}

}  // namespace odnix::view
