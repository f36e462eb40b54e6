// Everything the call machine knows. The phase is a sum type whose alternatives own their data: no flag stands for a
// state.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/budget.hpp"
#include "core/call.hpp"
#include "core/devices.hpp"
#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/time.hpp"

namespace odnix::core {

// ---- phases, named by what is true for the person
// ----------------------------------------------------------------------

struct Idle {
  ODNIX_UNIT(Idle)
};

/// Start was pressed; devices are being opened while the offer is made. Nobody else knows yet.
struct Preparing {
  Call call;
  ODNIX_RECORD(Preparing, call)
};

/// Our offer is out.
struct OutRinging {
  Call call;
  TimePoint give_up_at{};
  TimePoint next_offer_at{};
  TimePoint last_offer_at{};
  std::int32_t offers_sent{};
  bool rings_there{};  ///< a v2 peer said so
  ODNIX_RECORD(OutRinging, call, give_up_at, next_offer_at, last_offer_at, offers_sent, rings_there)
};

/// Somebody calls; nothing of ours is open or sent but "it rings here".
struct InRinging {
  Call call;
  Offer offer;  ///< the newest copy: later ones hold more candidates
  bool muted{};
  TimePoint give_up_at{};
  TimePoint last_sign{};  ///< last offer of the caller; a v2 caller repeats it at least every 10 s
  ODNIX_RECORD(InRinging, call, offer, muted, give_up_at, last_sign)
};

/// Accepted, no media yet.
struct Connecting {
  Call call;
  TimePoint give_up_at{};
  ODNIX_RECORD(Connecting, call, give_up_at)
};

struct Active {
  Call call;
  ODNIX_RECORD(Active, call)
};

/// The path is lost; it may come back until give_up_at.
struct Reconnecting {
  Call call;
  TimePoint since{};
  TimePoint give_up_at{};
  ODNIX_RECORD(Reconnecting, call, since, give_up_at)
};

/// One of the two pages is being reloaded or changed; the call is held for the next page of that tab. `returning`: we
/// are that next page.
struct Resuming {
  Call call;
  TimePoint give_up_at{};
  bool returning{};
  std::optional<EndpointId> former;  ///< returning: our page of before; they may still call us by its name
  std::optional<RequestId> proving;  ///< the proof of our own description is being made
  Secret proof;                      ///< and is made
  Secret met;                        ///< the proof of theirs that we took: a second copy asks for our answer again
  TimePoint next_at{};               ///< returning: our offer is said again
  ODNIX_RECORD(Resuming, call, give_up_at, returning, former, proving, proof, met, next_at)
};

/// Over, and shown for a moment. Nothing of the call is open any more.
struct Ended {
  CallId id;
  ChatId chat;
  EndReason reason{};
  bool by_remote{};
  bool outgoing{};
  bool video{};
  bool accepted{};  ///< it was answered, by either side
  std::optional<UserId> user;
  Secret name;
  Secret avatar;
  std::optional<MediaError> media_error;  ///< with reason media_failed
  std::optional<Duration> talked;         ///< from connected to the end
  bool left{};                            ///< the other's page went to be reloaded, and nobody came back
  TimePoint until{};
  ODNIX_RECORD(Ended, id, chat, reason, by_remote, outgoing, video, accepted, user, name, avatar, media_error, talked,
               left, until)
};

using Phase = std::variant<Idle, Preparing, OutRinging, InRinging, Connecting, Active, Reconnecting, Resuming, Ended>;

// ---- what outlives a call
// ----------------------------------------------------------------------------------------------

ODNIX_ENUM(SocketStatus, opening, open, waiting, resting)

/// How we learn that an open socket passes nothing any more: a word now and then that the other page answers by it
/// (sockets.cpp).
struct SocketCheck {
  TimePoint due{};  ///< when we ask; once asked, when we stop waiting
  bool asked{};
  ODNIX_RECORD(SocketCheck, due, asked)
};

/// opening: `due` is when we give up on it. waiting: `due` is the next attempt. resting: closed on purpose (page
/// hidden).
struct Socket {
  SocketKey key;
  SocketStatus status{};
  TimePoint due{};
  TimePoint opened_at{};
  TimePoint heard_at{};                ///< the last message by it
  std::int32_t failures{};             ///< attempts without success since it last stood for a while
  std::optional<TimePoint> fresh_due;  ///< it fell silent, and another is being opened beside it: until then
  std::optional<TimePoint> close_at;   ///< opened for a push from another chat: closed when nothing came of it
  std::optional<SocketCheck> check;    ///< while our call is quiet
  bool in_vain{};                      ///< it is new because the one before gave no answer, and gave none yet
  ODNIX_RECORD(Socket, key, status, due, opened_at, heard_at, failures, fresh_due, close_at, check, in_vain)
};

/// Which messages of one sender in one call were taken: a second copy, by whatever path, changes nothing.
struct Seen {
  CallId call;
  EndpointId from;
  UserId user;           ///< nobody uses up the numbers of another person's page
  std::uint32_t top{};   ///< the highest number taken
  std::uint64_t mask{};  ///< bit n: number top - n was taken
  ODNIX_RECORD(Seen, call, from, user, top, mask)
};

/// A message of ours that its addressee has not acknowledged.
struct Unacked {
  SendMessage message;
  TimePoint due{};  ///< next repetition
  std::int32_t tries{};
  ODNIX_RECORD(Unacked, message, due, tries)
};

/// A message that waits for its socket.
struct Held {
  SendMessage message;
  TimePoint until{};
  ODNIX_RECORD(Held, message, until)
};

/// A call that is over, or messages of one whose offer has not come: late or early frames of it must neither ring nor
/// be lost.
struct Trace {
  CallId id;  ///< of a v2 call, or our own number of an old peer's call
  std::optional<UserId> user;
  std::int64_t session{};  ///< Offer::session of an old peer's call; 0 = none
  bool over{};
  std::optional<EndReason> said;  ///< how we ended it; said again to whom it has not reached
  std::uint32_t sent{};           ///< our messages of it so far
  std::vector<Candidate> early;
  bool missed{};  ///< the page was told
  TimePoint until{};
  ODNIX_RECORD(Trace, id, user, session, over, said, sent, early, missed, until)
};

/// This person's declines of one caller in one chat: one is an answer, a second soon after asks for quiet.
struct Silence {
  ChatId chat;
  UserId user;
  std::int32_t declines{};
  TimePoint until{};
  ODNIX_RECORD(Silence, chat, user, declines, until)
};

struct Person {
  UserId user;
  Secret name;
  Secret avatar;
  ODNIX_RECORD(Person, user, name, avatar)
};

/// Somebody says they are the next page of the person in our call; the browser checks their proof.
struct Claim {
  RequestId ticket;
  ChatId chat;
  UserId user;
  Header header;
  Resume said;
  ODNIX_RECORD(Claim, ticket, chat, user, header, said)
};

/// A group call of the page's chat that somebody announced: starting means joining it.
struct Ongoing {
  CallId id;
  UserId user;  ///< who announced it
  bool audio_only{};
  TimePoint began{};
  TimePoint until{};
  ODNIX_RECORD(Ongoing, id, user, audio_only, began, until)
};

struct State {
  Self self;
  Phase phase;
  std::vector<Socket> sockets;
  std::vector<Held> outbox;       ///< oldest first, at most 64
  std::vector<Unacked> unacked;   ///< oldest first, at most 64
  std::vector<Seen> seen;         ///< oldest first, at most 64
  std::vector<Trace> traces;      ///< oldest first, at most 64
  std::vector<Silence> silences;  ///< at most 16
  std::vector<Person> people;     ///< names learnt from pushes, newest last, at most 16
  std::vector<Budget> budgets;    ///< what others' words may still cost, at most 16
  std::vector<Claim> claims;      ///< at most 4
  std::uint32_t wrong_proofs{};   ///< claims that were nobody's
  Devices devices;
  std::uint32_t handles{};                  ///< the last PeerId or RequestId given out
  std::uint64_t old_calls{};                ///< numbers calls of old peers
  bool may_ring{};                          ///< this tab holds the right to make ringing sounds
  std::optional<TimePoint> tab_busy_until;  ///< another tab of this person is in a call
  std::optional<TimePoint> tell_busy_at;    ///< our call is told to the other tabs again
  std::optional<Ongoing> ongoing;
  std::uint32_t group_sent{};  ///< our messages of all group calls so far: numbers grow over calls
  bool hidden{};               ///< the page is in the back-forward cache
  RelayKnown relay;
  DevicesGranted granted;
  ODNIX_RECORD(State, self, phase, sockets, outbox, unacked, seen, traces, silences, people, budgets, devices, claims,
               wrong_proofs, handles, old_calls, may_ring, tab_busy_until, tell_busy_at, ongoing, group_sent, hidden,
               relay, granted)
};

/// The call of a phase that has one.
[[nodiscard]] Call* call_of(Phase& phase);
[[nodiscard]] const Call* call_of(const Phase& phase);

/// Somebody in the call understands more than the base protocol: only with them a running call can be changed.
[[nodiscard]] bool speaks_v2(const Call& call);
/// Sharing the screen is offered: in a running one-to-one call with a client that understands it.
[[nodiscard]] bool may_share(const State& state, const Call& call);
/// The socket of this chat is open: what is said goes out at once.
[[nodiscard]] bool is_open(const State& state, ChatId chat);
/// The call was accepted, by either side.
[[nodiscard]] bool is_accepted(const Phase& phase);
/// Of an accepted call: both descriptions are there, and no path yet.
[[nodiscard]] bool is_slow(const Link& link);
/// … and from then on it is looked for (timing::connect_restart).
[[nodiscard]] TimePoint slow_from(const Connecting& phase);
/// When a group's call next has something to do.
[[nodiscard]] std::optional<TimePoint> group_deadline(const State& state);

/// "idle", "out-ringing", … as the page's API says it.
[[nodiscard]] std::string_view public_name(const Phase& phase);

}  // namespace odnix::core
