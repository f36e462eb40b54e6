// What is to be done: imperative, plain data. The app room runs effects through the ports, in order, after the state is
// stored.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/devices.hpp"
#include "core/event.hpp"
#include "core/ids.hpp"
#include "core/media.hpp"
#include "core/quality.hpp"
#include "core/signal.hpp"

namespace odnix::core {

/// One that is open already stays in use until the new one is open, and is closed then.
struct OpenSocket {
  SocketKey socket;
  ODNIX_RECORD(OpenSocket, socket)
};
/// All of that name.
struct CloseSocket {
  SocketKey socket;
  ODNIX_RECORD(CloseSocket, socket)
};
struct SendMessage {
  ChatId chat;
  std::optional<Header> header;  ///< absent: base protocol only
  Signal signal;
  ODNIX_RECORD(SendMessage, chat, header, signal)
};

/// Make an RTCPeerConnection. As offerer with one track-less sendrecv transceiver for audio and, if wanted, one for
/// video, tied to our local stream; as answerer with none (they come with the offer). `rings`: nobody has accepted yet,
/// so nothing of it is shown or played before AdmitPeer; `relayed`: nor does it use anything but relays.
struct CreatePeer {
  PeerId peer;
  bool offerer{};
  bool video{};
  bool rings{};
  bool relayed{};
  ODNIX_RECORD(CreatePeer, peer, offerer, video, rings, relayed)
};
/// Give the peer its data channel (negotiated, id 0), before its first description is made -> ChannelOpened,
/// ChannelMessage, ChannelClosed. A side that has none costs the other nothing.
struct OpenChannel {
  PeerId peer;
  ODNIX_RECORD(OpenChannel, peer)
};
/// The same text as for the server, past it. Dropped if the channel does not stand any more.
struct SendByChannel {
  PeerId peer;
  SendMessage message;
  ODNIX_RECORD(SendByChannel, peer, message)
};
/// createOffer + setLocalDescription -> LocalDescriptionReady or DescriptionFailed. `camera`: with a line for our
/// camera, if there is none yet; `share`: with two for our screen and its sound, likewise. Operations on one peer's
/// descriptions run one after the other, in the order of their effects.
struct CreateOffer {
  PeerId peer;
  bool ice_restart{};
  bool camera{};
  bool share{};
  ODNIX_RECORD(CreateOffer, peer, ice_restart, camera, share)
};
/// setRemoteDescription -> RemoteDescriptionApplied or DescriptionFailed. An offer takes an offer of our own back.
/// `bare`: without the candidates in it, so that the browser sends them nothing, or because they come counted.
struct ApplyRemote {
  PeerId peer;
  DescriptionKind kind{};
  Sdp sdp;
  bool bare{};
  ODNIX_RECORD(ApplyRemote, peer, kind, sdp, bare)
};
/// Make the transceivers of the applied offer sendrecv, createAnswer + setLocalDescription -> LocalDescriptionReady or
/// DescriptionFailed.
struct CreateAnswer {
  PeerId peer;
  ODNIX_RECORD(CreateAnswer, peer)
};
/// Back to the descriptions that both sides agreed on last. Nothing is reported.
struct Rollback {
  PeerId peer;
  ODNIX_RECORD(Rollback, peer)
};
struct AddCandidates {
  PeerId peer;
  std::vector<Candidate> list;
  ODNIX_RECORD(AddCandidates, peer, list)
};
/// The candidates in a description that was applied bare.
struct AddFrom {
  PeerId peer;
  Sdp sdp;
  ODNIX_RECORD(AddFrom, peer, sdp)
};
/// This person accepted the call, or the other one did: a peer that was made while it rang shows and plays, and from
/// its next description on it uses every way that the page allows.
struct AdmitPeer {
  PeerId peer;
  ODNIX_RECORD(AdmitPeer, peer)
};
/// Put the open local tracks on the peer's senders (replaceTrack; null where a device is closed). Only after this
/// person's own accept or start; may be repeated.
struct AttachMedia {
  PeerId peer;
  ODNIX_RECORD(AttachMedia, peer)
};
struct ClosePeer {
  PeerId peer;
  ODNIX_RECORD(ClosePeer, peer)
};

/// getUserMedia for the named kinds -> MediaOpened or MediaFailed. Adds to what is open; a kind that is open already is
/// reopened.
struct OpenMedia {
  RequestId request;
  bool audio{};
  bool video{};
  DeviceId microphone;  ///< this one; 0: the browser's choice
  DeviceId camera;
  ODNIX_RECORD(OpenMedia, request, audio, video, microphone, camera)
};
/// Stop every local track and forget pending requests (their tracks are stopped when they arrive).
struct CloseMedia {
  ODNIX_UNIT(CloseMedia)
};
/// Mute disables the track, the device stays open.
struct SetMicrophone {
  bool on{};
  ODNIX_RECORD(SetMicrophone, on)
};
/// Camera off stops the track: the light goes out.
struct CloseCamera {
  ODNIX_UNIT(CloseCamera)
};
/// The browser's own picker: getDisplayMedia -> ShareOpened or ShareEnded; after ShareOpened also ShareEnded, once, if
/// the person ends it there.
struct OpenShare {
  RequestId request;
  ODNIX_RECORD(OpenShare, request)
};
/// Stop its tracks, and those that a picker still brings. CloseMedia does it, too.
struct CloseShare {
  ODNIX_UNIT(CloseShare)
};
/// Try again to play remote sound, inside a gesture.
struct RetryPlayback {
  ODNIX_UNIT(RetryPlayback)
};

/// enumerateDevices -> DevicesTold.
struct ListDevices {
  ODNIX_UNIT(ListDevices)
};
/// To the page: what there is and what is selected. Or (`keep`) the person's choices, to be kept in this browser.
struct TellDevices {
  std::vector<Device> list;
  bool keep{};
  ODNIX_RECORD(TellDevices, list, keep)
};
/// Everything that sounds, now and later, goes there -> SpeakerFailed if it cannot. 0: where the system sends it.
struct UseSpeaker {
  DeviceId id;
  ODNIX_RECORD(UseSpeaker, id)
};
/// `on`: measure the microphone now -> MicrophoneMeasured, or nothing if it cannot be told. Else let go of what that
/// takes.
struct MeterMicrophone {
  bool on{};
  ODNIX_RECORD(MeterMicrophone, on)
};

/// One tone at a time; replaces the one that plays. ringtone and ringback repeat until StopTone.
struct PlayTone {
  Tone tone{};
  ODNIX_RECORD(PlayTone, tone)
};
struct StopTone {
  ODNIX_UNIT(StopTone)
};

/// To the other tabs of this person in this browser.
struct TellTabs {
  TabMessage message;
  ODNIX_RECORD(TellTabs, message)
};
/// Ask for the right to ring; RingRightGranted follows when no other tab holds it, and it is kept until the page goes.
struct RequestRingRight {
  ODNIX_UNIT(RequestRingRight)
};

/// For the next page of this tab, and for no other.
struct KeepCall {
  Kept kept;
  ODNIX_RECORD(KeepCall, kept)
};
/// KeptFound follows if a page of this tab kept a call; it is forgotten by that.
struct FindKept {
  ODNIX_UNIT(FindKept)
};
/// HMAC-SHA-256 with the token as its key over the call, the page that speaks and the fingerprints of its description
/// -> Proved.
struct Prove {
  RequestId ticket;
  Secret token;
  CallId call;
  EndpointId endpoint;
  Sdp sdp;
  ODNIX_RECORD(Prove, ticket, token, call, endpoint, sdp)
};

/// The page goes into the back-forward cache: let go of the right to ring and of the other tabs.
struct LeaveTabs {
  ODNIX_UNIT(LeaveTabs)
};

/// Press the chat page's own incoming-call banner away (#gcbDecline): it rings by itself and would ring beside us.
struct SilencePageBanner {
  ODNIX_UNIT(SilencePageBanner)
};
/// Tell the page: an `odnix-call-missed` event.
struct TellMissed {
  ChatId chat;
  UserId user;
  Secret name;
  bool video{};
  Duration age{};  ///< since the call began
  ODNIX_RECORD(TellMissed, chat, user, name, video, age)
};
/// Tell the site's developer: an `odnix-call-error` event. `code` is stable, `text` says what happened and what to do
/// next.
struct ReportProblem {
  std::string code;
  std::string text;
  ODNIX_RECORD(ReportProblem, code, text)
};

using Effect =
    std::variant<OpenSocket, CloseSocket, SendMessage, CreatePeer, CreateOffer, ApplyRemote, CreateAnswer, Rollback,
                 AddCandidates, AttachMedia, ClosePeer, OpenMedia, CloseMedia, SetMicrophone, CloseCamera,
                 RetryPlayback, ListDevices, TellDevices, UseSpeaker, MeterMicrophone, PlayTone, StopTone, TellTabs,
                 RequestRingRight, LeaveTabs, SilencePageBanner, TellMissed, ReportProblem, OpenChannel, SendByChannel,
                 KeepCall, FindKept, Prove, AddFrom, AdmitPeer, LimitMedia, OpenShare, CloseShare>;

}  // namespace odnix::core
