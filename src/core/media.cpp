// This person's devices. They are opened on start or accept only, each failure has its own word, and the call goes on
// with what works.
#include "core/machine.hpp"

namespace odnix::core {

void Machine::open_media(Call& call, bool audio, bool video) {
  LocalMedia& media = call.media;
  media.request = RequestId{fresh_handle()};
  media.hint_at = now_ + timing::browser_asks;
  const auto ask = [&](DeviceKind kind, DeviceState& state) {
    if (runs(state)) {
      media.switching = kind;  // it runs on until the other one is there
    } else {
      state = DeviceState::opening;
    }
    return use_of(media, kind).asked = pick(call, kind).value_or(DeviceId{});
  };
  OpenMedia effect{*media.request, audio, video, {}, {}};
  if (audio) effect.microphone = ask(DeviceKind::microphone, media.microphone);
  if (video) effect.camera = ask(DeviceKind::camera, media.camera);
  emit(effect);
}

void Machine::attach_media(const Call& call) {
  for (const auto& link : call.links) {  // an answerer's transceivers come with the offer
    if (waits_for_accept(link)) continue;
    if (link.phase != LinkPhase::answering || link.remote_applied) emit(AttachMedia{link.peer});
  }
}

/// What the other side is told: a muted microphone still sends packets.
MediaState Machine::media_of(const Call& call) const {
  const LocalMedia& own = call.media;
  MediaState media{own.microphone == DeviceState::on && !own.microphone_use.held,
                   own.camera == DeviceState::on && !own.camera_use.held, false};
  media.sends = media.microphone || media.camera || own.microphone == DeviceState::muted;
  media.sharing = own.share == ShareState::on;  // a still screen sends next to nothing: not counted as sending
  return media;
}

void Machine::tell_media(Call& call) {
  if (call.group) cast(call, media_of(call));
  for (const auto& link : call.links) {
    if (!call.group || link.quality.paused) tell_media(call, link);
  }
}

/// Our picture may be paused for this line alone, and nobody wants to see it frozen.
MediaState Machine::media_for(const Call& call, const Link& link) const {
  MediaState media = media_of(call);
  if (!link.quality.paused) return media;
  media.camera = false;
  media.sends = media.microphone || call.media.microphone == DeviceState::muted;  // else silence would look like loss
  return media;
}

void Machine::tell_media(Call& call, const Link& link) {
  if (link.dialect != Dialect::v2) return;
  const MediaState media = media_for(call, link);
  if (call.group) {
    send_to(call, *link.endpoint, media);
  } else {
    send(call, link, media);
  }
}

void Machine::on(const MediaOpened& event) {
  Call* current = call();
  if (!current || current->media.request != event.request) return;
  LocalMedia& media = current->media;
  media.request.reset();
  media.hint_at.reset();
  media.asks_browser = false;
  opened(*current, event);
  if (event.audio) media.meter.heard = false;
  if (event.audio || media.microphone == DeviceState::opening) {
    const auto open = media.muted ? DeviceState::muted : DeviceState::on;
    media.microphone = event.audio ? open : DeviceState::failed;
    media.microphone_error = event.audio ? std::nullopt : std::optional(MediaError::missing);
    if (std::exchange(media.starts_muted, false) && event.audio) {
      media.microphone = DeviceState::muted;
      media.muted = true;
      emit(SetMicrophone{false});
    }
  }
  const bool given_up = !current->video || media.camera == DeviceState::closed;
  if (event.video && given_up) {  // while it opened: glare with a call without pictures, or switched off
    emit(CloseCamera{});
    media.camera = DeviceState::closed;
  } else if (media.camera == DeviceState::opening && given_up) {
    media.camera = DeviceState::closed;
  } else if (event.video || media.camera == DeviceState::opening) {
    media.camera = event.video ? DeviceState::on : DeviceState::failed;
    if (event.video) forget_failures(*current);
    media.camera_error = event.video ? std::nullopt : std::optional(MediaError::missing);
  }
  media.switching.reset();
  // The microphone alone works, so it was the camera that would not open with it: perhaps there is another one.
  const bool try_camera = event.audio && !event.video && current->video && !current->connected_at &&
                          media.camera == DeviceState::failed && !media.camera_use.lost;
  if (try_camera && open_next(*current, DeviceKind::camera, media.camera_error.value_or(MediaError::denied))) return;
  media_settled();
}

void Machine::on(const MediaFailed& event) {
  Call* current = call();
  if (!current || current->media.request != event.request) return;
  LocalMedia& media = current->media;
  const bool microphone = media.microphone == DeviceState::opening || media.switching == DeviceKind::microphone;
  const bool camera = media.camera == DeviceState::opening || media.switching == DeviceKind::camera;
  media.request.reset();
  media.hint_at.reset();
  media.asks_browser = false;
  if (microphone && camera) {
    // The browser does not say which of the two would not open. The microphone alone is worth a try unless the answer
    // is known.
    const bool hopeless = event.error == MediaError::insecure || event.error == MediaError::dismissed ||
                          (event.error == MediaError::denied && event.microphone == Permission::denied);
    media.camera = current->video ? DeviceState::failed : DeviceState::closed;
    if (current->video) media.camera_error = event.error;
    if (!hopeless) {
      open_media(*current, true, false);
      return;
    }
  } else {
    const auto kind = camera ? DeviceKind::camera : DeviceKind::microphone;
    if (!(camera && !current->video) && open_next(*current, kind, event.error)) return;
    const DeviceState state = state_of(media, kind);
    if (media.switching && runs(state)) {  // the one before runs on
      media.switching.reset();
      notice(*current, NoticeKind::not_opened, {});
      media_settled();
      return;
    }
    if (camera && media.camera != DeviceState::closed) {
      media.camera = current->video ? DeviceState::failed : DeviceState::closed;
      if (current->video) media.camera_error = event.error;
    }
  }
  media.switching.reset();
  if (microphone) lose_microphone(*current, event.error);
  media_settled();
}

/// Before the call connects the person is asked; in a running call, or while it rings over there, they are told and can
/// switch it on again.
void Machine::lose_microphone(Call& call, MediaError error) {
  LocalMedia& media = call.media;
  media.microphone = DeviceState::failed;
  media.microphone_error = error;
  const bool under_way = call.connected_at || std::get_if<OutRinging>(&state_.phase);
  if (!under_way && !media.listen_only) media.asks_listen_only = true;
}

/// The devices are as open as they get: tell the links, and ring if that was all we waited for.
void Machine::media_settled() {
  Call& current = *call();
  if (current.media.request || current.media.asks_listen_only) return;
  // A caller without a camera calls with audio (call-rules.md, Media); a callee still sees the caller.
  const bool caller_without_camera = current.outgoing && !current.group && current.media.camera == DeviceState::failed;
  if (caller_without_camera && std::get_if<Preparing>(&state_.phase)) current.video = false;
  attach_media(current);
  if (current.connected_at) tell_media(current);
  review_devices();
  show_devices(false);
  ring_out_if_ready();
}

void Machine::on(const ListenOnlyChosen&) {
  Call* current = call();
  if (!current || !current->media.asks_listen_only) return;
  LocalMedia& media = current->media;
  media.asks_listen_only = false;
  media.listen_only = true;
  // The camera failed only because it was asked for together with a microphone that is not there.
  const bool camera_may_work = current->video && media.camera == DeviceState::failed &&
                               (media.camera_error == MediaError::missing || media.camera_error == MediaError::busy);
  if (camera_may_work) open_media(*current, false, true);
  media_settled();
}

void Machine::on(const MicrophoneSwitched& event) {
  Call* current = call();
  if (!current || std::get_if<InRinging>(&state_.phase)) return;  // nothing opens before the person accepts
  LocalMedia& media = current->media;
  const bool closed = media.microphone == DeviceState::failed || media.microphone == DeviceState::closed;
  if (event.on && closed && !media.request && !media.asks_listen_only) {
    if (std::exchange(media.muted, false)) emit(SetMicrophone{true});
    media.tried.clear();
    open_media(*current, true, false);
    return;
  }
  const auto from = event.on ? DeviceState::muted : DeviceState::on;
  if (media.microphone != from) return;
  media.muted = !event.on;
  media.microphone = event.on ? DeviceState::on : DeviceState::muted;
  emit(SetMicrophone{event.on});
  if (current->connected_at) tell_media(*current);
}

void Machine::on(const CameraSwitched& event) {
  Call* current = call();
  if (!current || (!current->video && !(event.on && is_accepted(state_.phase) && speaks_v2(*current)))) return;
  LocalMedia& media = current->media;
  if (event.on) {
    current->video = true;
    const bool closed = media.camera == DeviceState::failed || media.camera == DeviceState::closed;
    if (closed && !media.request && !std::get_if<InRinging>(&state_.phase)) {
      media.tried.clear();
      open_media(*current, false, true);
    }
    return;
  }
  if (media.camera != DeviceState::on) return;
  media.camera = DeviceState::closed;
  media.camera_use.lost.reset();
  emit(CloseCamera{});
  attach_media(*current);
  if (current->connected_at) tell_media(*current);
}

void Machine::on(const PlaybackChanged& event) {
  if (Call* current = call()) current->playback_blocked = event.blocked;
}

void Machine::on(const PlaybackRequested&) {
  const Call* current = call();
  if (current && current->playback_blocked) emit(RetryPlayback{});
}

}  // namespace odnix::core
