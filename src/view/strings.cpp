#include "view/strings.hpp"

namespace odnix::view {

const Strings& english() {
  static constexpr Strings table{
      .nobody = "The other person",
      .opening_devices = "Opening camera and microphone…",
      .opening_microphone = "Opening the microphone…",
      .calling = "Calling…",
      .ringing = "Ringing…",
      .waiting_for_server = "Waiting for the call server…",
      .connecting = "Connecting…",
      .incoming_video = "Incoming video call",
      .incoming_audio = "Incoming audio call",
      .reloading = "% is reloading the page…",
      .returning = "Going back into the call…",
      .somebody = "Somebody",
      .calls_group = "% calls the group",
      .waiting_for_others = "Waiting for others…",
      .joined = "% joined",
      .left = "% left",
      .lost_one = "The connection to % was lost",
      .declined_one = "% declined",
      .busy_one = "% is in another call",
      .reconnecting = "Connection lost. Reconnecting…",
      .blocked_sound = "The browser holds the sound back. Tap to hear %.",
      .listening_only = "You are listening only.",
      .peer_muted = "% is muted",
      .ended = "Call ended",
      .lasted = "Lasted %",
      .declined_by_them = "% declined",
      .declined = "Call declined",
      .busy = "% is in another call",
      .no_answer = "No answer",
      .missed = "Missed call",
      .cancelled = "Call cancelled",
      .answered_elsewhere = "Answered on another device",
      .declined_elsewhere = "Declined on another device",
      .glare = "You called each other at the same moment",
      .replaced = "The call went on elsewhere",
      .their_devices_failed = "% could not open a microphone",
      .did_not_return = "% did not come back",
      .lost = "Connection lost",
      .not_connected = "Could not connect",
      .check_network = "Check your network, then call again.",
      .failed = "The call failed",
      .failed_detail = "Something went wrong in the browser. Call again.",
      .full = "The call is full",
      .full_detail = "Eight people are in it. Try again when somebody has left.",
      .microphone_denied = "The microphone is blocked. Allow it in the browser's address bar, then call again.",
      .microphone_dismissed = "The browser's question about the microphone was closed. Call again and choose Allow.",
      .microphone_missing = "No microphone found. Plug one in, then call again.",
      .microphone_busy = "Another program uses the microphone. Close it there, then call again.",
      .microphone_constrained =
          "The microphone does not fit. Choose another one in the browser's settings, then call again.",
      .microphone_insecure = "This page is not secure, so the browser gives no microphone. Open it with https.",
      .microphone_unknown = "The microphone did not open. Plug it in again or restart the browser, then call again.",
      .camera_denied = "The camera is blocked. Allow it in the browser's address bar, then switch it on.",
      .camera_dismissed = "The browser's question about the camera was closed. Switch it on to be asked again.",
      .camera_missing = "No camera found. Plug one in, then switch it on.",
      .camera_busy = "Another program uses the camera. Close it there, then switch it on.",
      .camera_constrained = "The camera does not fit. Choose another one in the browser's settings.",
      .camera_insecure = "This page is not secure, so the browser gives no camera. Open it with https.",
      .camera_unknown = "The camera did not open. Plug it in again, then switch it on.",
      .listen_only_question = "You can join and listen only.",
      .accept = "Accept",
      .accept_video = "Accept with video",
      .accept_audio = "Accept without video",
      .decline = "Decline",
      .mute_ring = "Silence the ringtone",
      .cancel = "Cancel the call",
      .hang_up = "Hang up",
      .microphone_off = "Turn microphone off",
      .microphone_on = "Turn microphone on",
      .camera_off = "Turn camera off",
      .camera_on = "Turn camera on",
      .camera_old_peer = "No camera in this call: % uses an older version",
      .call_again = "Call again",
      .dismiss = "Close",
      .listen_only = "Join and listen only",
      .tap_to_hear = "Tap to hear",
      .accept_short = "Accept",
      .accept_video_short = "Video",
      .accept_audio_short = "Audio",
      .decline_short = "Decline",
      .mute_ring_short = "Silence",
      .cancel_short = "Cancel",
      .hang_up_short = "End",
      .microphone_short = "Mic",
      .camera_short = "Camera",
      .call_again_short = "Call again",
      .dismiss_short = "Close",
      .listen_only_short = "Listen only",
      .tap_to_hear_short = "Tap to hear",
  };
  return table;
}

std::string with_name(std::string_view sentence, std::string_view name) {
  const auto at = sentence.find('%');
  if (at == std::string_view::npos) return std::string(sentence);
  std::string out(sentence.substr(0, at));
  out += name;
  out += sentence.substr(at + 1);
  return out;
}

}  // namespace odnix::view
