#include "ui/samples.hpp"

namespace odnix::samples {

using view::BannerKind;
using view::Control;
using view::ControlId;
using view::ControlRole;
using view::Screen;
using view::ViewModel;

namespace {

Control accept() { return {ControlId::accept, "Accept with video", "Accept", ControlRole::accept, {}, true}; }
Control accept_audio() {
  return {ControlId::accept_audio, "Accept with audio only", "Audio", ControlRole::neutral, {}, true};
}
Control decline() { return {ControlId::decline, "Decline", "Decline", ControlRole::danger, {}, true}; }
Control mute_ring() { return {ControlId::mute_ring, "Mute the ringing", "", ControlRole::neutral, {}, true}; }
Control cancel() { return {ControlId::cancel, "Cancel the call", "Cancel", ControlRole::danger, {}, true}; }
Control hang_up() { return {ControlId::hang_up, "End the call", "End", ControlRole::danger, {}, true}; }
Control microphone(bool on) {
  return {ControlId::microphone,
          on ? "Turn microphone off" : "Turn microphone on",
          on ? "Mute" : "Unmute",
          ControlRole::neutral,
          on,
          true};
}
Control camera(bool on) {
  return {ControlId::camera, on ? "Turn camera off" : "Turn camera on", "Camera", ControlRole::neutral, on, true};
}
Control share(bool on) {
  return {
      ControlId::share, on ? "Stop sharing your screen" : "Share your screen", "Share", ControlRole::neutral, on, true};
}
Control call_again() { return {ControlId::call_again, "Call again", "Call again", ControlRole::accept, {}, true}; }
Control dismiss() { return {ControlId::dismiss, "Close", "Close", ControlRole::neutral, {}, true}; }
Control listen_only() {
  return {ControlId::listen_only, "Join without microphone", "Just listen", ControlRole::accept, {}, true};
}
Control tap_to_hear() { return {ControlId::tap_to_hear, "Tap to hear", "Tap to hear", ControlRole::accept, {}, true}; }

ViewModel base(Screen screen, bool video) {
  ViewModel m;
  m.screen = screen;
  m.video = video;
  m.title = "Anna Lindqvist";
  m.initials = "AL";
  m.microphone_on = true;
  m.microphone_open = screen == Screen::outgoing || screen == Screen::in_call;
  return m;
}

}  // namespace

ViewModel incoming(bool video) {
  ViewModel m = base(Screen::incoming, video);
  m.status = video ? "Video call" : "Audio call";
  m.controls = {accept()};
  if (video) m.controls.push_back(accept_audio());
  m.controls.push_back(decline());
  m.controls.push_back(mute_ring());
  return m;
}

ViewModel outgoing(bool video) {
  ViewModel m = base(Screen::outgoing, video);
  m.status = "Ringing…";
  m.self_view = video;
  m.controls = {microphone(true)};
  if (video) m.controls.push_back(camera(true));
  m.controls.push_back(cancel());
  return m;
}

ViewModel video_call() {
  ViewModel m = base(Screen::in_call, true);
  m.timer = 754;
  m.tiles = {{{1}, m.title, m.initials, true}};
  m.self_view = true;
  m.controls = {microphone(true), camera(true), hang_up()};
  return m;
}

ViewModel shared_screen() {
  ViewModel m = video_call();
  m.shared = view::shared_of({1});
  m.controls = {microphone(true), camera(true), share(false), hang_up()};
  return m;
}

ViewModel sharing() {
  ViewModel m = video_call();
  m.banner = view::Banner{BannerKind::quiet, "Anna Lindqvist sees your screen."};
  m.controls = {microphone(true), camera(true), share(true), hang_up()};
  return m;
}

ViewModel audio_call() {
  ViewModel m = base(Screen::in_call, false);
  m.timer = 42;
  m.tiles = {{{1}, m.title, m.initials, false}};
  m.controls = {microphone(true), camera(false), hang_up()};
  return m;
}

ViewModel ended() {
  ViewModel m = base(Screen::ended, true);
  m.status = "Anna declined";
  m.controls = {call_again(), dismiss()};
  return m;
}

ViewModel notice() {
  ViewModel m = base(Screen::notice, true);
  m.status = "The microphone is blocked";
  m.detail = "Allow it at the left of the address bar and try again, or join the call without speaking.";
  m.controls = {listen_only(), dismiss()};
  return m;
}

ViewModel group(int people) {
  static const char* const names[] = {"Anna Lindqvist", "Bilal Khan", "Chen Wei",
                                      "Divya Rao",      "Émile Roux", "Fatou Sarr"};
  static const char* const initials[] = {"AL", "BK", "CW", "DR", "ÉR", "FS"};
  ViewModel m = video_call();
  m.title = "Project team";
  m.initials = "PT";
  m.tiles.clear();
  for (int i = 0; i < people; ++i)
    m.tiles.push_back({{static_cast<std::uint32_t>(i + 1)}, names[i % 6], initials[i % 6], i % 3 != 1});
  return m;
}

std::vector<Sample> all() {
  std::vector<Sample> list{{"incoming-video", incoming(true)},
                           {"incoming-audio", incoming(false)},
                           {"outgoing-video", outgoing(true)},
                           {"outgoing-audio", outgoing(false)},
                           {"call-video", video_call()},
                           {"call-audio", audio_call()},
                           {"call-shared-screen", shared_screen()},
                           {"call-sharing", sharing()},
                           {"ended", ended()},
                           {"notice", notice()}};
  ViewModel long_incoming = incoming(true);
  long_incoming.title = "Maximiliane-Charlotte von und zu Hohenlohe-Langenburg-Schillingsfürst";
  list.push_back({"incoming-long-name", long_incoming});

  ViewModel hindi = incoming(true);
  hindi.title = "ज़ोया श्रीवास्तव 👩🏽‍🚀";
  hindi.initials = "ज़";
  list.push_back({"incoming-hindi", hindi});

  ViewModel arabic = outgoing(false);
  arabic.title = "محمد عبد الله";
  arabic.initials = "م";
  list.push_back({"outgoing-arabic", arabic});

  ViewModel connecting = video_call();
  connecting.timer.reset();
  connecting.status = "Connecting…";
  connecting.tiles[0].video = false;
  list.push_back({"call-connecting", connecting});

  ViewModel off = video_call();
  off.controls = {microphone(false), camera(false), hang_up()};
  off.self_view = false;
  off.microphone_on = false;
  off.banner = {BannerKind::quiet, "You are muted"};
  list.push_back({"call-muted", off});

  ViewModel trouble = video_call();
  trouble.microphone_on = false;
  trouble.banner = {BannerKind::warning,
                    "The connection was lost. Trying again: stay on this page, it may take half a minute."};
  trouble.status = "Reconnecting…";
  trouble.controls = {microphone(false), camera(true), hang_up(), tap_to_hear()};
  list.push_back({"call-trouble", trouble});

  ViewModel no_answer = ended();
  no_answer.status = "Connection lost for 30 s";
  no_answer.detail = "The other side could not be reached any more. Check your network, then call again.";
  list.push_back({"ended-lost", no_answer});

  ViewModel simple = notice();
  simple.status = "No camera was found";
  simple.detail = "The call goes on with sound.";
  simple.controls = {dismiss()};
  list.push_back({"notice-simple", simple});

  ViewModel wordy = notice();
  wordy.status = "The browser's question about the microphone was closed. Call again and choose Allow.";
  wordy.detail = "You can join and listen only.";
  wordy.controls = {listen_only(), hang_up()};
  list.push_back({"notice-wordy", wordy});

  ViewModel blocked = outgoing(true);
  blocked.self_view = false;
  blocked.banner = {BannerKind::quiet,
                    "The camera is blocked. Allow it in the browser's address bar, then switch it on."};
  blocked.status = "Waiting for the call server…";
  blocked.controls[1] = camera(false);
  list.push_back({"outgoing-blocked", blocked});

  ViewModel busy = ended();
  busy.title = "Maximiliane-Charlotte von und zu Hohenlohe-Langenburg-Schillingsfürst";
  busy.status = busy.title + " could not open a microphone";
  busy.detail = "The microphone does not fit. Choose another one in the browser's settings, then call again.";
  list.push_back({"ended-wordy", busy});

  ViewModel quiet_sound = audio_call();
  quiet_sound.banner = {BannerKind::warning, "The browser holds the sound back. Tap to hear Anna Lindqvist."};
  quiet_sound.controls = {microphone(true), camera(false), tap_to_hear(), hang_up()};
  list.push_back({"call-audio-blocked", quiet_sound});

  for (const int people : {2, 3, 4, 5, 6, 7}) list.push_back({"group-" + std::to_string(people), group(people)});
  ViewModel quiet_group = group(4);
  for (view::Tile& tile : quiet_group.tiles) tile.video = false;
  list.push_back({"group-audio", quiet_group});
  return list;
}

}  // namespace odnix::samples
