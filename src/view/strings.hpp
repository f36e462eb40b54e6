// Every sentence a person reads, in one table per language. "%" stands for the other person's name.
#pragma once

#include <string>
#include <string_view>

namespace odnix::view {

struct Strings {
  std::string_view nobody;  ///< instead of an unknown name, at the start of a sentence
  // status lines
  std::string_view opening_devices, opening_microphone, calling, ringing, waiting_for_server, connecting;
  std::string_view incoming_video, incoming_audio;
  // banners
  std::string_view reloading, returning;  // "%" is the one whose page is reloaded
  // groups
  std::string_view somebody, calls_group, waiting_for_others, joined, left, lost_one, declined_one, busy_one;
  std::string_view reconnecting, blocked_sound, listening_only, picture_paused, peer_muted;
  // banners about this person's devices; "%" stands for the device
  std::string_view device_switched, device_not_opened, speaker_lost, speaking_muted, tried_to_call, microphone_silent,
      browser_asks, some_device, nobody_hears, microphone_held, camera_held;
  // why a call ended
  std::string_view ended, lasted, declined_by_them, declined, busy, no_answer, missed, cancelled, answered_elsewhere,
      declined_elsewhere, glare, replaced, their_devices_failed, did_not_return, lost, not_connected, check_network,
      failed, failed_detail, full, full_detail;
  // devices: what happened, then what to do
  std::string_view microphone_denied, microphone_dismissed, microphone_missing, microphone_busy, microphone_constrained,
      microphone_insecure, microphone_unknown;
  std::string_view camera_denied, camera_dismissed, camera_missing, camera_busy, camera_constrained, camera_insecure,
      camera_unknown;
  std::string_view listen_only_question;
  // controls: what a screen reader says
  std::string_view accept, accept_video, accept_audio, decline, mute_ring, cancel, hang_up, microphone_off,
      microphone_on, share_off, share_on, you_share, not_shared, camera_off, camera_on, camera_old_peer, call_again,
      dismiss, listen_only, tap_to_hear;
  // controls: the short word under the button
  std::string_view accept_short, accept_video_short, accept_audio_short, decline_short, mute_ring_short, cancel_short,
      hang_up_short, microphone_short, camera_short, share_short, call_again_short, dismiss_short, listen_only_short,
      tap_to_hear_short;
};

[[nodiscard]] const Strings& english();

/// `sentence` with "%" replaced by `name`.
[[nodiscard]] std::string with_name(std::string_view sentence, std::string_view name);

}  // namespace odnix::view
