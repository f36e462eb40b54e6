// What happened: past tense, plain data. Everything the call machine ever learns comes through here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/devices.hpp"
#include "core/ids.hpp"
#include "core/media.hpp"
#include "core/signal.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// Names a socket: a chat's call socket, or (no chat) the notify socket.
struct SocketKey {
  std::optional<ChatId> chat;
  ODNIX_RECORD(SocketKey, chat)
};

/// What the page knows of a member of its chat.
struct Member {
  UserId user;
  Secret name;
  Secret avatar;
  ODNIX_RECORD(Member, user, name, avatar)
};

/// What this page may do for a call that rings here, before anybody accepts it (early.cpp). never: nothing. automatic:
/// connect by a relay if the page has one, else prepare what leaks nothing. always: connect as in a call.
ODNIX_ENUM(Preconnect, never, automatic, always)

/// Of the people whose calls this person does not want.
inline constexpr std::size_t max_blocked = 256;

/// Who we are, what the page told us and what the browser can do. Fixed for the life of the page but for `blocked`.
struct Self {
  UserId user;
  EndpointId endpoint;
  std::optional<ChatId> chat;   ///< absent: listen only (a page that is no chat page)
  bool notify{true};            ///< open the notify socket
  bool can_call{true};          ///< RTCPeerConnection exists
  Secret peer_name;             ///< how the page names the other person of its chat; may be empty
  Secret peer_avatar;           ///< URL; may be empty
  bool group{};                 ///< the chat is a group: peer_name is the group's
  std::vector<Member> members;  ///< of a group, as far as the page tells; may be empty
  Preconnect preconnect{};
  bool can_share{};             ///< getDisplayMedia exists
  std::vector<UserId> blocked;  ///< their calls do not ring here, and they do not learn it; at most 256
  ODNIX_RECORD(Self, user, endpoint, chat, notify, can_call, peer_name, peer_avatar, group, members, preconnect,
               can_share, blocked)
};

// ---- the page and the person
// -------------------------------------------------------------------------------------------------

/// First event of every page.
struct PageOpened {
  Self self;
  ODNIX_RECORD(PageOpened, self)
};
/// The page goes away. `kept`: it may come back (back-forward cache). `returns`: as far as the browser lets us know,
/// for a reload or another page of this site, not for good.
struct PageHidden {
  bool kept{};
  bool returns{};
  ODNIX_RECORD(PageHidden, kept, returns)
};
/// A call that this tab was in when its last page went: what the next page needs to take it up again.
struct Kept {
  CallId call;
  ChatId chat;
  UserId self;      ///< whose call it was: another person may be signed in by now
  UserId user;      ///< the other person
  EndpointId from;  ///< our page of then
  EndpointId to;    ///< their page
  Secret own_token;
  Secret their_token;
  bool outgoing{};
  bool video{};
  bool microphone{};   ///< open, and not muted
  bool camera{};       ///< open
  bool listen_only{};  ///< no microphone
  Duration talked{};
  std::uint32_t sent{};  ///< numbers used so far: a page that comes back itself goes on after them
  Secret name;
  Secret avatar;
  ODNIX_RECORD(Kept, call, chat, self, user, from, to, own_token, their_token, outgoing, video, microphone, camera,
               listen_only, talked, sent, name, avatar)
};
/// This tab kept a call `age` ago, by the browser's clock. It is found once.
struct KeptFound {
  Kept kept;
  Duration age{};
  ODNIX_RECORD(KeptFound, kept, age)
};
/// The result of Prove; empty if the browser cannot.
struct Proved {
  RequestId ticket;
  Secret proof;
  ODNIX_RECORD(Proved, ticket, proof)
};
struct PageShown {
  ODNIX_UNIT(PageShown)
};
struct StartRequested {
  CallId fresh;  ///< an unused random id for the new call
  bool video{};
  ODNIX_RECORD(StartRequested, fresh, video)
};
struct AcceptRequested {
  bool video{};
  ODNIX_RECORD(AcceptRequested, video)
};
struct DeclineRequested {
  ODNIX_UNIT(DeclineRequested)
};
/// Cancel while it rings over there, hang up in a call: the same wish.
struct HangUpRequested {
  ODNIX_UNIT(HangUpRequested)
};
struct MicrophoneSwitched {
  bool on{};
  ODNIX_RECORD(MicrophoneSwitched, on)
};
struct CameraSwitched {
  bool on{};
  ODNIX_RECORD(CameraSwitched, on)
};
/// The person goes on without a microphone.
struct ListenOnlyChosen {
  ODNIX_UNIT(ListenOnlyChosen)
};
struct RingMuted {
  ODNIX_UNIT(RingMuted)
};
/// "Tap to hear" was pressed.
struct PlaybackRequested {
  ODNIX_UNIT(PlaybackRequested)
};
/// The notice of an ended call was closed.
struct NoticeDismissed {
  ODNIX_UNIT(NoticeDismissed)
};

// ---- the person's other tabs on this site, in this browser ----------------------------------------------------------

/// accepted, declined, ring_muted: what was done there with a ringing call. busy, free: a call runs there, or runs no
/// more. hello: a tab opened and asks who is busy.
ODNIX_ENUM(TabNews, hello, accepted, declined, ring_muted, busy, free)

/// What one tab tells all others of the same person. An old peer's call has no id: chat, user and session name it.
struct TabMessage {
  TabNews news{};
  CallId call;
  std::optional<ChatId> chat;
  std::optional<UserId> user;
  std::int64_t session{};
  ODNIX_RECORD(TabMessage, news, call, chat, user, session)
};
struct TabSaid {
  TabMessage message;
  ODNIX_RECORD(TabSaid, message)
};
/// This tab is the one that makes sounds for calls that ring in all of them. Granted at once where the browser has no
/// locks.
struct RingRightGranted {
  ODNIX_UNIT(RingRightGranted)
};

// ---- signalling
// --------------------------------------------------------------------------------------------------------------

struct SocketOpened {
  SocketKey socket;
  ODNIX_RECORD(SocketOpened, socket)
};
/// Closed, failed or refused (the browser cannot tell a refusal from a dead server: both are 1006 before `open`).
struct SocketClosed {
  SocketKey socket;
  std::int32_t code{};
  Duration jitter{};  ///< 0…1 s, fresh randomness for the backoff
  bool stands{};      ///< it was to take the place of one that is still open
  ODNIX_RECORD(SocketClosed, socket, code, jitter, stands)
};
struct MessageReceived {
  ChatId chat;
  UserId user;  ///< set by the server, trustworthy
  std::optional<Header> header;
  Signal signal;
  ODNIX_RECORD(MessageReceived, chat, user, header, signal)
};
/// incoming.call on the notify socket. It has no call id and there is no cancel.
struct CallPushed {
  ChatId chat;
  UserId user;
  bool audio_only{};
  Secret name;
  Secret avatar;
  ODNIX_RECORD(CallPushed, chat, user, audio_only, name, avatar)
};
/// A frame was refused before it became a message; `reason` is a short word ("too-large", "not-json", …).
struct FrameRejected {
  SocketKey socket;
  std::string reason;
  ODNIX_RECORD(FrameRejected, socket, reason)
};

// ---- peer connection
// ---------------------------------------------------------------------------------------------------------

/// A description of ours is set and may be sent. It holds no or few candidates: they trickle.
struct LocalDescriptionReady {
  PeerId peer;
  DescriptionKind kind{};
  Sdp sdp;
  ODNIX_RECORD(LocalDescriptionReady, peer, kind, sdp)
};
struct RemoteDescriptionApplied {
  PeerId peer;
  ODNIX_RECORD(RemoteDescriptionApplied, peer)
};
struct DescriptionFailed {
  PeerId peer;
  DescriptionStep step{};
  std::string error;  ///< DOMException name and message
  ODNIX_RECORD(DescriptionFailed, peer, step, error)
};
struct CandidateGathered {
  PeerId peer;
  Candidate candidate;
  ODNIX_RECORD(CandidateGathered, peer, candidate)
};
struct CandidateRefused {
  PeerId peer;
  std::string error;
  ODNIX_RECORD(CandidateRefused, peer, error)
};
/// Both states at every change of either: in some browsers only one of them ever says "failed" (faults.md).
struct ConnectionChanged {
  PeerId peer;
  ConnectionState connection{};
  IceState ice{};
  ODNIX_RECORD(ConnectionChanged, peer, connection, ice)
};
[[nodiscard]] inline bool says_failed(const ConnectionChanged& told) {
  return told.connection == ConnectionState::failed || told.ice == IceState::failed;
}
[[nodiscard]] inline bool says_lost(const ConnectionChanged& told) {
  return told.connection == ConnectionState::disconnected || told.ice == IceState::disconnected;
}
struct RemoteTrackAdded {
  PeerId peer;
  MediaKind kind{};
  ODNIX_RECORD(RemoteTrackAdded, peer, kind)
};
/// A remote track began (`flowing`) or ceased to deliver; from the track's mute and unmute events.
struct RemoteTrackChanged {
  PeerId peer;
  MediaKind kind{};
  bool flowing{};
  ODNIX_RECORD(RemoteTrackChanged, peer, kind, flowing)
};
/// From sampled statistics: packets of any kind began to come in, or none came for a whole second.
struct MediaFlowChanged {
  PeerId peer;
  bool flowing{};
  ODNIX_RECORD(MediaFlowChanged, peer, flowing)
};
/// Whether the page has a TURN server (`there`), and lets nothing but relays be used (`only`). Not told: neither.
struct RelayKnown {
  bool there{};
  bool only{};
  ODNIX_RECORD(RelayKnown, there, only)
};
/// What this page may open without a question, as far as its browser tells, and which is plugged in. Not told: nothing.
struct DevicesGranted {
  bool microphone{};
  bool camera{};
  ODNIX_RECORD(DevicesGranted, microphone, camera)
};
/// From sampled statistics, when it changes noticeably: what the way out is believed to carry (0 = the browser does not
/// say), whether it goes by a relay on either side, and, of a browser that does not say, whether our picture is more
/// than it carries.
struct LineMeasured {
  PeerId peer;
  std::int32_t kbit{};
  bool relayed{};
  bool overfull{};
  ODNIX_RECORD(LineMeasured, peer, kbit, relayed, overfull)
};
/// How a connection was doing, for who reads the journal: nothing is decided by it. Every 10 s and when media stops or
/// comes back, since the last time.
struct StatisticsTaken {
  PeerId peer;
  std::int32_t round_trip{};  ///< ms, of the newest check of the path
  std::int32_t lost{};        ///< of their packets of sound, in a thousand
  std::int32_t jitter{};      ///< ms, of their sound
  std::int32_t kbit_in{};     ///< per second
  std::int32_t kbit_out{};
  std::int32_t pictures{};  ///< of theirs, decoded per second
  ODNIX_RECORD(StatisticsTaken, peer, round_trip, lost, jitter, kbit_in, kbit_out, pictures)
};
/// A TURN server refused our credentials, and the page has given others: what is gathered from now on uses them.
struct RelayRenewed {
  PeerId peer;
  ODNIX_RECORD(RelayRenewed, peer)
};
/// The RTCPeerConnection could not be made at all.
struct PeerFailed {
  PeerId peer;
  std::string error;
  ODNIX_RECORD(PeerFailed, peer, error)
};
/// The browser refuses to play sound before a gesture (`blocked`), or plays again.
struct PlaybackChanged {
  bool blocked{};
  ODNIX_RECORD(PlaybackChanged, blocked)
};

// ---- the data channel of a peer: a second way for messages, without a server ---------------------------------------

/// `token`: fresh randomness, fit for a secret.
struct ChannelOpened {
  PeerId peer;
  Secret token;
  ODNIX_RECORD(ChannelOpened, peer, token)
};
/// For good: a peer has one channel in its life.
struct ChannelClosed {
  PeerId peer;
  ODNIX_RECORD(ChannelClosed, peer)
};
/// No server vouches for it: it says nothing but what the page at the other end of this very connection may say.
struct ChannelMessage {
  PeerId peer;
  Header header;
  Signal signal;
  ODNIX_RECORD(ChannelMessage, peer, header, signal)
};

/// The browser is back on a network or on another one (`online`), or on none.
struct NetworkChanged {
  bool online{};
  ODNIX_RECORD(NetworkChanged, online)
};

// ---- devices
// -----------------------------------------------------------------------------------------------------------------

struct MediaOpened {
  RequestId request;
  bool audio{};
  bool video{};
  std::vector<Device> devices;  ///< those that were opened, as far as the browser tells
  Secret label;                 ///< of the first of them
  ODNIX_RECORD(MediaOpened, request, audio, video, devices, label)
};
struct MediaFailed {
  RequestId request;
  MediaError error{};
  Permission microphone{};
  Permission camera{};
  ODNIX_RECORD(MediaFailed, request, error, microphone, camera)
};
/// A device of ours vanished: unplugged, or, where `permission` is denied, taken back.
struct DeviceLost {
  MediaKind kind{};
  Permission permission{};
  ODNIX_RECORD(DeviceLost, kind, permission)
};
/// The system or another program silences a device of ours, or gives it back; from our own track's mute and unmute
/// events.
struct DeviceHeld {
  MediaKind kind{};
  bool held{};
  ODNIX_RECORD(DeviceHeld, kind, held)
};
/// Something was plugged in or out (browsers say it several times over), or somebody asks for the list (`asked`).
struct DevicesChanged {
  bool asked{};
  ODNIX_RECORD(DevicesChanged, asked)
};
/// What there is; or (`remembered`) the choices that this browser keeps, the latest first: at the start, and when
/// another tab changed them.
struct DevicesTold {
  std::vector<Device> list;
  bool remembered{};
  ODNIX_RECORD(DevicesTold, list, remembered)
};
/// This person chose; id 0: whatever the browser takes.
struct DeviceChosen {
  DeviceKind kind{};
  DeviceId id;
  ODNIX_RECORD(DeviceChosen, kind, id)
};
/// The page says whose calls this person does not want, or wants again.
struct PersonBlocked {
  UserId user;
  bool on{};
  ODNIX_RECORD(PersonBlocked, user, on)
};
/// The last moments of the microphone, muted or not: root mean square in thousandths of full scale, 0 = digital
/// silence.
struct MicrophoneMeasured {
  std::int32_t level{};
  ODNIX_RECORD(MicrophoneMeasured, level)
};
/// The speaker of the last UseSpeaker does not work; sound goes where the system sends it.
struct SpeakerFailed {
  ODNIX_UNIT(SpeakerFailed)
};

// ---- time
// --------------------------------------------------------------------------------------------------------------------

struct TimePassed {
  ODNIX_UNIT(TimePassed)
};
/// The person pressed the button.
struct ShareSwitched {
  bool on{};
  ODNIX_RECORD(ShareSwitched, on)
};
/// The screen, window or tab that the person chose in the browser's own picker is captured.
struct ShareOpened {
  RequestId request;
  ODNIX_RECORD(ShareOpened, request)
};
/// It is no more, or never was: the browser's own bar, a closed window, a refused picker.
struct ShareEnded {
  RequestId request;
  ODNIX_RECORD(ShareEnded, request)
};

using Event =
    std::variant<PageOpened, PageHidden, PageShown, StartRequested, AcceptRequested, DeclineRequested, HangUpRequested,
                 MicrophoneSwitched, CameraSwitched, ListenOnlyChosen, RingMuted, PlaybackRequested, NoticeDismissed,
                 TabSaid, RingRightGranted, SocketOpened, SocketClosed, MessageReceived, CallPushed, FrameRejected,
                 LocalDescriptionReady, RemoteDescriptionApplied, DescriptionFailed, CandidateGathered,
                 CandidateRefused, ConnectionChanged, RemoteTrackAdded, RemoteTrackChanged, MediaFlowChanged,
                 NetworkChanged, PeerFailed, PlaybackChanged, MediaOpened, MediaFailed, DeviceLost, DeviceHeld,
                 DevicesChanged, DevicesTold, DeviceChosen, MicrophoneMeasured, SpeakerFailed, TimePassed,
                 ChannelOpened, ChannelClosed, ChannelMessage, KeptFound, Proved, RelayKnown, LineMeasured,
                 RelayRenewed, ShareSwitched, ShareOpened, ShareEnded, DevicesGranted, StatisticsTaken, PersonBlocked>;

}  // namespace odnix::core
