// This person's devices. They are opened on start or accept only, each failure has its own word, and the call goes on
// with what works.
#include "core/machine.hpp"

namespace odnix::core {

void Machine::open_media(Call& call, bool audio, bool video) {
  call.media.request = RequestId{fresh_handle()};
  if (audio) call.media.microphone = DeviceState::opening;
  if (video) call.media.camera = DeviceState::opening;
  emit(OpenMedia{*call.media.request, audio, video});
}

void Machine::attach_media(const Call& call) {
  for (const auto& link : call.links) {  // an answerer's transceivers come with the offer
    if (link.phase != LinkPhase::answering || link.remote_applied) emit(AttachMedia{link.peer});
  }
}

/// What the other side is told: a muted microphone still sends packets.
MediaState Machine::media_of(const Call& call) const {
  MediaState media{call.media.microphone == DeviceState::on, call.media.camera == DeviceState::on, false};
  media.sends = media.microphone || media.camera || call.media.microphone == DeviceState::muted;
  return media;
}

void Machine::tell_media(Call& call) {
  if (call.group) {
    cast(call, media_of(call));
    return;
  }
  for (const auto& link : call.links) {
    if (link.dialect != Dialect::v2) continue;
    send(call, link, media_of(call));
  }
}

void Machine::on(const MediaOpened& event) {
  Call* current = call();
  if (!current || current->media.request != event.request) return;
  LocalMedia& media = current->media;
  media.request.reset();
  if (media.microphone == DeviceState::opening) {
    media.microphone = event.audio ? DeviceState::on : DeviceState::failed;
    media.microphone_error = event.audio ? std::nullopt : std::optional(MediaError::missing);
    if (std::exchange(media.starts_muted, false) && event.audio) {
      media.microphone = DeviceState::muted;
      emit(SetMicrophone{false});
    }
  }
  if (media.camera == DeviceState::opening && !current->video) {
    if (event.video) emit(CloseCamera{});  // given up while it opened: glare with a call without pictures
    media.camera = DeviceState::closed;
  } else if (media.camera == DeviceState::opening) {
    media.camera = event.video ? DeviceState::on : DeviceState::failed;
    media.camera_error = event.video ? std::nullopt : std::optional(MediaError::missing);
  }
  media_settled();
}

void Machine::on(const MediaFailed& event) {
  Call* current = call();
  if (!current || current->media.request != event.request) return;
  LocalMedia& media = current->media;
  const bool both = media.microphone == DeviceState::opening && media.camera == DeviceState::opening;
  const bool microphone = media.microphone == DeviceState::opening;
  media.request.reset();
  if (media.camera == DeviceState::opening && !current->video) {
    media.camera = DeviceState::closed;
  } else if (media.camera == DeviceState::opening) {
    media.camera = DeviceState::failed;
    media.camera_error = event.error;
  }
  if (both) {
    // The browser does not say which of the two would not open. The microphone alone is worth a try unless the answer
    // is known.
    const bool hopeless = event.error == MediaError::insecure || event.error == MediaError::dismissed ||
                          (event.error == MediaError::denied && event.microphone == Permission::denied);
    if (!hopeless) {
      open_media(*current, true, false);
      return;
    }
  }
  if (microphone) lose_microphone(*current, event.error);
  media_settled();
}

/// Before the call connects the person is asked; in a running call they are told and can switch it on again.
void Machine::lose_microphone(Call& call, MediaError error) {
  call.media.microphone = DeviceState::failed;
  call.media.microphone_error = error;
  if (call.connected_at) {
    call.media.listen_only = true;
  } else if (!call.media.listen_only) {
    call.media.asks_listen_only = true;
  }
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
    open_media(*current, true, false);
    return;
  }
  const auto from = event.on ? DeviceState::muted : DeviceState::on;
  if (media.microphone != from) return;
  media.microphone = event.on ? DeviceState::on : DeviceState::muted;
  emit(SetMicrophone{event.on});
  if (current->connected_at) tell_media(*current);
}

void Machine::on(const CameraSwitched& event) {
  Call* current = call();
  if (!current || (!current->video && !(event.on && is_accepted(state_.phase) && speaks_v2(*current)))) return;
  LocalMedia& media = current->media;
  for (auto& link : current->links) link.negotiation.failures = 0;
  if (event.on) {
    current->video = true;
    const bool closed = media.camera == DeviceState::failed || media.camera == DeviceState::closed;
    if (closed && !media.request && !std::get_if<InRinging>(&state_.phase)) open_media(*current, false, true);
    return;
  }
  if (media.camera != DeviceState::on) return;
  media.camera = DeviceState::closed;
  emit(CloseCamera{});
  attach_media(*current);
  if (current->connected_at) tell_media(*current);
}

void Machine::on(const DeviceLost& event) {
  Call* current = call();
  if (!current) return;
  LocalMedia& media = current->media;
  switch (event.kind) {
    case MediaKind::audio:
      if (media.microphone != DeviceState::on && media.microphone != DeviceState::muted) return;
      if (media.request) {
        lose_microphone(*current, MediaError::missing);
      } else {
        open_media(*current, true, false);  // the browser picks the next one, if there is any
      }
      return;
    case MediaKind::video:
      if (media.camera != DeviceState::on) return;
      media.camera = DeviceState::failed;
      media.camera_error = MediaError::missing;
      emit(CloseCamera{});
      attach_media(*current);
      if (current->connected_at) tell_media(*current);
      return;
  }
}

void Machine::on(const PlaybackChanged& event) {
  if (Call* current = call()) current->playback_blocked = event.blocked;
}

void Machine::on(const PlaybackRequested&) {
  const Call* current = call();
  if (current && current->playback_blocked) emit(RetryPlayback{});
}

}  // namespace odnix::core
