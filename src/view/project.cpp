#include "view/project.hpp"

#include <algorithm>

#include "view/endings.hpp"
#include "view/group.hpp"
#include "view/person.hpp"

namespace odnix::view {
namespace {

using core::Call;
using core::DeviceState;

Control button(ControlId id, std::string_view label, std::string_view caption,
               ControlRole role = ControlRole::neutral) {
  return {id, std::string(label), std::string(caption), role, std::nullopt, true};
}

Control microphone_button(const core::LocalMedia& media, const Strings& s) {
  const bool on = media.microphone == DeviceState::on || media.microphone == DeviceState::opening;
  Control control = button(ControlId::microphone, on ? s.microphone_off : s.microphone_on, s.microphone_short);
  control.pressed = on;
  control.enabled = media.microphone != DeviceState::opening;
  return control;
}

Control camera_button(const core::LocalMedia& media, const Strings& s) {
  const bool on = media.camera == DeviceState::on || media.camera == DeviceState::opening;
  Control control = button(ControlId::camera, on ? s.camera_off : s.camera_on, s.camera_short);
  control.pressed = on;
  control.enabled = media.camera != DeviceState::opening;
  return control;
}

void add_device_buttons(ViewModel& model, const Call& call, const Strings& s) {
  model.controls.push_back(microphone_button(call.media, s));
  if (call.video) model.controls.push_back(camera_button(call.media, s));
}

/// A running audio call can become a video call, unless the other side's client is too old for it.
void add_upgrade_button(ViewModel& model, const Call& call, const Strings& s) {
  if (call.video) return;
  Control control = camera_button(call.media, s);
  control.enabled = core::speaks_v2(call);
  if (!control.enabled) control.label = with_name(s.camera_old_peer, model.title);
  model.controls.push_back(std::move(control));
}

void add_share_button(ViewModel& model, const Call& call, const Strings& s) {
  const bool on = call.media.share == core::ShareState::on;
  Control control = button(ControlId::share, on ? s.share_off : s.share_on, s.share_short);
  control.pressed = on;
  control.enabled = call.media.share != core::ShareState::asking;
  model.controls.push_back(std::move(control));
}

void fill_person(ViewModel& model, const core::Secret& name, const core::Secret& avatar, const Strings& s) {
  model.title = clean_name(name.text);
  model.initials = initials(model.title);
  if (model.title.empty()) model.title = s.nobody;
  model.avatar = clean_avatar(avatar.text);
}

/// No microphone: the person decides whether to go on listening.
void ask_listen_only(ViewModel& model, const Call& call, bool nobody_knows, const Strings& s) {
  model.screen = Screen::notice;
  model.status = microphone_trouble(call.media.microphone_error.value_or(core::MediaError::unknown), s);
  model.detail = s.listen_only_question;
  model.controls.push_back(button(ControlId::listen_only, s.listen_only, s.listen_only_short, ControlRole::accept));
  model.controls.push_back(nobody_knows ? button(ControlId::cancel, s.cancel, s.cancel_short, ControlRole::danger)
                                        : button(ControlId::hang_up, s.hang_up, s.hang_up_short, ControlRole::danger));
}

void add_outgoing(ViewModel& model, const Call& call, std::string_view status, const Strings& s) {
  model.screen = Screen::outgoing;
  model.status = status;
  add_device_buttons(model, call, s);
  model.controls.push_back(button(ControlId::cancel, s.cancel, s.cancel_short, ControlRole::danger));
}

Banner notice(const core::Notice& notice, const Strings& s) {
  std::string label = clean_name(notice.text.text);
  const bool person = notice.kind == core::NoticeKind::tried_to_call;
  if (label.empty()) label = person ? s.nobody : s.some_device;
  switch (notice.kind) {
    case core::NoticeKind::switched: return {BannerKind::quiet, with_name(s.device_switched, label)};
    case core::NoticeKind::not_opened: return {BannerKind::warning, std::string(s.device_not_opened)};
    case core::NoticeKind::speaker_lost: return {BannerKind::warning, std::string(s.speaker_lost)};
    case core::NoticeKind::tried_to_call: return {BannerKind::quiet, with_name(s.tried_to_call, label)};
    case core::NoticeKind::speaking_muted: return {BannerKind::warning, std::string(s.speaking_muted)};
    case core::NoticeKind::not_shared: return {BannerKind::quiet, std::string(s.not_shared)};
  }
  return {};
}

bool is_paused(const core::Link& link) { return link.quality.paused; }

void add_device_banner(ViewModel& model, const Call& call, const Strings& s) {
  const auto& media = call.media;
  if (media.microphone == DeviceState::failed && media.microphone_error && !media.listen_only) {
    std::string text(s.nobody_hears);
    text += microphone_trouble(*media.microphone_error, s);
    model.banner = Banner{BannerKind::warning, std::move(text)};
  } else if (media.microphone == DeviceState::on && media.microphone_use.held) {
    model.banner = Banner{BannerKind::warning, std::string(s.microphone_held)};
  } else if (media.asks_browser) {
    model.banner = Banner{BannerKind::warning, std::string(s.browser_asks)};
  } else if (media.microphone == DeviceState::on && core::is_silent(media.meter)) {
    model.banner = Banner{BannerKind::warning, std::string(s.microphone_silent)};
  } else if (call.notice) {
    model.banner = notice(*call.notice, s);
  } else if (media.camera == DeviceState::on && media.camera_use.held) {
    model.banner = Banner{BannerKind::warning, std::string(s.camera_held)};
  } else if (media.listen_only && !core::runs(media.microphone)) {
    model.banner = Banner{BannerKind::quiet, std::string(s.listening_only)};
  } else if (media.camera == DeviceState::failed && media.camera_error) {
    model.banner = Banner{BannerKind::quiet, std::string(camera_trouble(*media.camera_error, s))};
  } else if ((media.camera == DeviceState::on || media.share == core::ShareState::on) &&
             std::any_of(call.links.begin(), call.links.end(), is_paused)) {
    model.banner = Banner{BannerKind::quiet, std::string(s.picture_paused)};
  }
}

void add_tiles(ViewModel& model, const Call& call) {
  for (const auto& link : call.links) {
    const bool camera_on = !link.remote_media || link.remote_media->camera;
    const bool shown = call.video && link.remote_video && camera_on;
    model.tiles.push_back({link.peer, model.title, model.initials, shown, false});
  }
}

struct Projector {
  const core::State& state;
  core::TimePoint now;
  const Strings& s;

  ViewModel operator()(const core::Idle&) const { return {}; }

  ViewModel operator()(const core::Preparing& phase) const {
    ViewModel model = base(phase.call);
    if (phase.call.media.asks_listen_only) {
      ask_listen_only(model, phase.call, true, s);
    } else {
      add_outgoing(model, phase.call, phase.call.video ? s.opening_devices : s.opening_microphone, s);
      if (phase.call.media.asks_browser) model.detail = s.browser_asks;
    }
    return model;
  }

  ViewModel operator()(const core::OutRinging& phase) const {
    ViewModel model = base(phase.call);
    const bool served = is_open(state, phase.call.chat);
    add_outgoing(model, phase.call, !served ? s.waiting_for_server : phase.rings_there ? s.ringing : s.calling, s);
    add_device_banner(model, phase.call, s);
    return model;
  }

  ViewModel operator()(const core::InRinging& phase) const {
    ViewModel model = base(phase.call);
    const bool video = !phase.offer.audio_only;
    model.screen = Screen::incoming;
    model.status = video ? s.incoming_video : s.incoming_audio;
    model.controls.push_back(button(ControlId::accept, video ? s.accept_video : s.accept,
                                    video ? s.accept_video_short : s.accept_short, ControlRole::accept));
    if (video) model.controls.push_back(button(ControlId::accept_audio, s.accept_audio, s.accept_audio_short));
    model.controls.push_back(button(ControlId::decline, s.decline, s.decline_short, ControlRole::danger));
    if (!phase.muted) model.controls.push_back(button(ControlId::mute_ring, s.mute_ring, s.mute_ring_short));
    return model;
  }

  ViewModel operator()(const core::Connecting& phase) const { return in_call(phase.call, s.connecting); }
  ViewModel operator()(const core::Active& phase) const { return in_call(phase.call, {}); }

  ViewModel operator()(const core::Reconnecting& phase) const {
    ViewModel model = in_call(phase.call, {});
    model.banner = Banner{BannerKind::warning, std::string(s.reconnecting)};
    return model;
  }

  ViewModel operator()(const core::Resuming& phase) const {
    ViewModel model = in_call(phase.call, {});
    model.banner =
        Banner{BannerKind::warning, phase.returning ? std::string(s.returning) : with_name(s.reloading, model.title)};
    return model;
  }

  ViewModel operator()(const core::Ended& phase) const {
    ViewModel model;
    model.video = phase.video;
    fill_person(model, phase.name, phase.avatar, s);
    model.screen = Screen::ended;
    auto [status, detail] = ending(phase, model.title, s);
    model.status = std::move(status);
    model.detail = std::move(detail);
    if (state.self.chat == phase.chat) {
      model.controls.push_back(button(ControlId::call_again, s.call_again, s.call_again_short, ControlRole::accept));
    }
    model.controls.push_back(button(ControlId::dismiss, s.dismiss, s.dismiss_short));
    return model;
  }

 private:
  ViewModel base(const Call& call) const {
    ViewModel model;
    model.video = call.video;
    fill_person(model, call.name, call.avatar, s);
    model.self_view = call.media.camera == DeviceState::on;
    model.microphone_on = call.media.microphone == DeviceState::on;
    model.microphone_open = core::runs(call.media.microphone);
    return model;
  }

  ViewModel in_call(const Call& call, std::string_view status) const {
    ViewModel model = base(call);
    add_tiles(model, call);
    if (call.connected_at) {
      model.timer = std::chrono::duration_cast<std::chrono::seconds>(now - *call.connected_at).count();
    }
    if (call.media.asks_listen_only) {
      ask_listen_only(model, call, false, s);
      return model;
    }
    model.screen = Screen::in_call;
    model.status = status;
    add_device_banner(model, call, s);
    add_device_buttons(model, call, s);
    add_upgrade_button(model, call, s);
    if (core::may_share(state, call)) add_share_button(model, call, s);
    if (call.playback_blocked) {
      model.banner = Banner{BannerKind::warning, with_name(s.blocked_sound, model.title)};
      model.controls.push_back(button(ControlId::tap_to_hear, s.tap_to_hear, s.tap_to_hear_short, ControlRole::accept));
    }
    const std::optional<core::MediaState> remote = call.group ? std::nullopt : call.links.front().remote_media;
    if (remote && remote->sharing) model.shared = view::shared_of(call.links.front().peer);
    if (!model.banner && call.media.share == core::ShareState::on) {
      model.banner = Banner{BannerKind::quiet, with_name(s.you_share, model.title)};
    }
    if (!model.banner && remote && !remote->microphone) {
      model.banner = Banner{BannerKind::quiet, with_name(s.peer_muted, model.title)};
    }
    model.controls.push_back(button(ControlId::hang_up, s.hang_up, s.hang_up_short, ControlRole::danger));
    return model;
  }
};

}  // namespace

ViewModel project(const core::State& state, core::TimePoint now, const Strings& strings) {
  ViewModel model = std::visit(Projector{state, now, strings}, state.phase);
  show_group(model, state, strings);
  return model;
}

std::optional<core::TimePoint> next_change(const core::State& state, core::TimePoint now) {
  const Call* call = core::call_of(state.phase);
  if (!call || !call->connected_at) return std::nullopt;
  const auto passed = std::chrono::duration_cast<std::chrono::seconds>(now - *call->connected_at);
  return *call->connected_at + passed + std::chrono::seconds{1};
}

}  // namespace odnix::view
