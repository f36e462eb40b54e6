// Devices, tracks, tones and connection states, in the words of the W3C specifications.
#pragma once

#include "core/reflect.hpp"

namespace odnix::core {

ODNIX_ENUM(MediaKind, audio, video)

/// What a person can choose.
ODNIX_ENUM(DeviceKind, microphone, camera, speaker)

/// What a person is told in a call for a moment. switched: another device is used now. not_opened: the chosen one would
/// not open, the one before stays. speaker_lost: sound goes where the system sends it. speaking_muted: they talk while
/// their microphone is off. tried_to_call: somebody else, meanwhile. not_shared: the picker was closed, or their screen
/// could not be sent.
ODNIX_ENUM(NoticeKind, switched, not_opened, speaker_lost, speaking_muted, tried_to_call, not_shared)

/// Why a device did not open. Each has its own message and next step (call-rules.md, Media).
/// denied: NotAllowedError; dismissed: the question was closed unanswered; missing: NotFoundError; busy:
/// NotReadableError, AbortError; constrained: OverconstrainedError; insecure: no mediaDevices (not a secure context);
/// unknown: anything else.
ODNIX_ENUM(MediaError, denied, dismissed, missing, busy, constrained, insecure, unknown)

/// The Permissions API's answer; unknown where the browser does not tell.
ODNIX_ENUM(Permission, unknown, granted, prompt, denied)

/// RTCPeerConnectionState; `unknown` is a text that we do not know.
ODNIX_ENUM(ConnectionState, unknown, fresh, connecting, connected, disconnected, failed, closed)

/// RTCIceConnectionState.
ODNIX_ENUM(IceState, unknown, fresh, checking, connected, completed, disconnected, failed, closed)

/// ringtone: somebody calls us. ringback: it rings over there. ended: one short fall. busy: the other is in a call.
ODNIX_ENUM(Tone, ringtone, ringback, ended, busy)

/// Which operation on a description the browser refused. certificate: a remote one, which the browser never saw, for it
/// names another certificate than the connection has.
ODNIX_ENUM(DescriptionStep, offer, answer, remote, certificate)

ODNIX_ENUM(DescriptionKind, offer, answer)

}  // namespace odnix::core
