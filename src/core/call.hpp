// A call and its links. A call is a set of links from the first day: one in a one-to-one call, several in a group.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/devices.hpp"
#include "core/group.hpp"
#include "core/ids.hpp"
#include "core/media.hpp"
#include "core/negotiation.hpp"
#include "core/quality.hpp"
#include "core/recovery.hpp"
#include "core/reflect.hpp"
#include "core/secret_text.hpp"
#include "core/signal.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// Which language the other side speaks. `unknown` until its first message: then only what both understand is sent.
ODNIX_ENUM(Dialect, unknown, old, v2)

/// offering: our offer is being made or waits for its answer. answering: their offer is being applied, our answer being
/// made. connecting: both descriptions are there, no path yet. connected: media can flow. restarting: the path is lost.
ODNIX_ENUM(LinkPhase, offering, answering, connecting, connected, restarting)

/// How a connection came to be while the call rang (early.cpp). none: not so. kept_back: the callee's, of the caller's
/// offer, complete but for the candidates, which neither side gets before Accept. relayed, open: beside the ring, by
/// relays only or by any way.
ODNIX_ENUM(EarlyWay, none, kept_back, relayed, open)

/// One remote endpoint, its RTCPeerConnection and the state of their negotiation.
struct Link {
  PeerId peer;
  std::optional<UserId> user;          ///< unknown while an offer of ours rings at everybody
  std::optional<EndpointId> endpoint;  ///< v2 peers only
  Dialect dialect{};
  LinkPhase phase{};
  std::optional<Sdp> local;  ///< our description as made; candidates are merged in when it is sent
  bool local_sent{};
  std::vector<Candidate> gathered;    ///< ours so far, for re-sent offers (at most 64)
  std::vector<Candidate> unsent;      ///< ours that wait for their batch
  std::optional<TimePoint> flush_at;  ///< when the batch goes
  bool remote_applied{};
  std::vector<Candidate> remote;           ///< theirs, without duplicates (at most 64 per generation)
  std::optional<MediaState> remote_media;  ///< what a v2 peer said of its devices
  bool remote_video{};                     ///< a remote video track is there and delivers
  bool channel{};              ///< its data channel stands: the second way, which needs no server (channel.cpp)
  std::uint32_t media_told{};  ///< Header::seq of remote_media: two ways may bring two reports in the wrong order
  Secret own_token;            ///< our next page of this tab proves itself with it (resume.cpp)
  Secret their_token;          ///< theirs does
  bool camera_line{};          ///< a line for cameras was negotiated: switching needs no offer
  bool share_line{};           ///< … and lines for our screen and its sound
  Negotiation negotiation;
  bool path{};                             ///< ICE and DTLS are up, as the browser says
  bool media_flows{};                      ///< packets come, as the statistics say
  bool expects_media{};                    ///< … and should
  std::optional<TimePoint> doubted_until;  ///< the browser says lost while packets come: believed from then on
  std::optional<Recovery> recovery;        ///< while the path is lost
  std::optional<GroupLink> mesh;           ///< of a group call
  EarlyWay early{};
  bool failed{};  ///< an early connection that came to nothing before anybody accepted
  bool lost{};    ///< … or whose path is lost at the moment
  Quality quality;
  ODNIX_RECORD(Link, peer, user, endpoint, dialect, phase, local, local_sent, gathered, unsent, flush_at,
               remote_applied, remote, remote_media, remote_video, channel, media_told, camera_line, share_line,
               negotiation, path, media_flows, expects_media, doubted_until, recovery, own_token, their_token, mesh,
               early, failed, lost, quality)
};

/// A connection beside the one of the call's first offer, until somebody accepts by it.
[[nodiscard]] inline bool is_beside(const Link& link) {
  return link.early == EarlyWay::relayed || link.early == EarlyWay::open;
}

/// closed: not wanted. opening: asked for. on. muted: open but silent (microphone only). failed: would not open, or was
/// lost.
ODNIX_ENUM(DeviceState, closed, opening, on, muted, failed)

/// How loud the microphone is, once a second, and only while that could tell the person something: until it was heard
/// first, and while it is muted.
struct Meter {
  std::optional<TimePoint> due;  ///< next measurement; absent: not needed
  std::int32_t silent{};         ///< measurements of digital silence in a row
  std::int32_t loud{};           ///< of speech in a row
  bool heard{};
  ODNIX_RECORD(Meter, due, silent, loud, heard)
};

/// asking: the browser's own picker is open.
ODNIX_ENUM(ShareState, none, asking, on)

/// This person's devices, as far as the call uses them.
struct LocalMedia {
  std::optional<RequestId> request;  ///< the getUserMedia that is under way
  DeviceState microphone{};
  DeviceState camera{};
  std::optional<MediaError> microphone_error;
  std::optional<MediaError> camera_error;
  bool asks_listen_only{};              ///< no microphone: the person is asked whether to go on without
  bool listen_only{};                   ///< and said yes
  bool starts_muted{};                  ///< a microphone that was muted before the page was reloaded opens muted
  bool muted{};                         ///< the person switched the microphone off; lasts when another one is opened
  std::optional<DeviceKind> switching;  ///< the request is for another device of a kind that is open: it runs on
  DeviceUse microphone_use;
  DeviceUse camera_use;
  std::vector<DeviceId> tried;  ///< would not open, or went away; anew with every list of devices (at most 32)
  Meter meter;
  std::optional<TimePoint> hint_at;  ///< the request takes long from then on: the browser must be asking
  bool asks_browser{};               ///< and the person is told
  ShareState share{};                ///< of the screen
  RequestId share_request;           ///< the newest one
  ODNIX_RECORD(LocalMedia, request, microphone, camera, microphone_error, camera_error, asks_listen_only, listen_only,
               starts_muted, muted, switching, microphone_use, camera_use, tried, meter, hint_at, asks_browser, share,
               share_request)
};

[[nodiscard]] bool runs(DeviceState state);
/// Worth attaching: what is being opened is attached when it is open, but what runs meanwhile has to be heard now.
[[nodiscard]] bool has_tracks(const LocalMedia& media);
[[nodiscard]] bool is_silent(const Meter& meter);  ///< digital silence for so long that it is no pause
[[nodiscard]] DeviceUse& use_of(LocalMedia& media, DeviceKind kind);  ///< microphone or camera
[[nodiscard]] const DeviceUse& use_of(const LocalMedia& media, DeviceKind kind);
[[nodiscard]] DeviceState& state_of(LocalMedia& media, DeviceKind kind);
[[nodiscard]] DeviceState state_of(const LocalMedia& media, DeviceKind kind);
void note_tried(LocalMedia& media, DeviceId id);

/// Something worth a line in the call, for a moment.
struct Notice {
  NoticeKind kind{};
  Secret text;  ///< a device's label
  TimePoint until{};
  ODNIX_RECORD(Notice, kind, text, until)
};

struct Call {
  CallId id;
  ChatId chat;
  bool outgoing{};
  std::int64_t session{};      ///< Offer::session of an old peer's call: it has no id on the wire
  bool video{};                ///< pictures are wanted, ours or theirs
  std::optional<UserId> user;  ///< the other person, once known
  Secret name;
  Secret avatar;
  LocalMedia media;
  std::vector<Link> links;
  std::uint32_t sent{};                   ///< our messages of this call so far (Header::seq)
  TimePoint began{};                      ///< start was pressed, or the first offer came
  std::optional<TimePoint> connected_at;  ///< media first could flow; the timer counts from here
  std::optional<Group> group;             ///< it is a group's call; `user` is then who began it
  bool playback_blocked{};                ///< the browser wants a gesture before it plays sound
  std::optional<Notice> notice;
  ODNIX_RECORD(Call, id, chat, outgoing, session, video, user, name, avatar, media, links, sent, began, connected_at,
               group, playback_blocked, notice)
};

}  // namespace odnix::core
