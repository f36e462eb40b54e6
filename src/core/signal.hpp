// What two clients say to each other, free of wire syntax. The protocol room turns it into JSON and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.hpp"
#include "core/media.hpp"
#include "core/reflect.hpp"
#include "core/secret_text.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// Why a call ended, as said on the wire (protocol.md, "What we add"). Unknown text reads as hangup.
ODNIX_ENUM(EndReason, hangup, declined, busy, timeout, cancelled, answered_elsewhere, declined_elsewhere, glare,
           replaced, media_failed, connection_failed, error, full)

/// The v2 fields of a payload. A message without them comes from an old peer.
struct Header {
  CallId call;
  EndpointId from;               ///< the sender's page
  std::optional<EndpointId> to;  ///< meant for one page only; absent = for everybody
  std::uint32_t seq{};  ///< counts this sender's messages of this call from 1, removes duplicates; 0 = not counted
  ODNIX_RECORD(Header, call, from, to, seq)
};

struct Offer {
  Sdp sdp;
  bool audio_only{};
  Duration age{};          ///< v2: how long ago the caller began to ring; clocks are never compared, only ages
  std::int64_t session{};  ///< hash of the o= line: a re-sent offer with more candidates is the same session; 0 = none
  std::vector<Candidate> candidates;  ///< ours so far, going out; the codec writes them into the text (which a journal
                                      ///< does not have), so what comes in has none here
  ODNIX_RECORD(Offer, sdp, audio_only, age, session, candidates)
};

struct Answer {
  Sdp sdp;
  std::vector<Candidate> candidates;  ///< as in Offer
  ODNIX_RECORD(Answer, sdp, candidates)
};

/// One or several ICE candidates. One goes as webrtc.ice, several as webrtc.ringing{kind: candidates}, which only v2
/// peers read.
struct Candidates {
  std::vector<Candidate> list;
  std::uint32_t generation{};  ///< 0: of the first offer and answer; see Renegotiate
  std::uint32_t round{};       ///< groups: of which LinkDescription; else 1: of an early connection, 0: of any other
  ODNIX_RECORD(Candidates, list, generation, round)
};

struct End {
  EndReason reason{};
  ODNIX_RECORD(End, reason)
};

/// v2 only: it really rings over there.
struct Ringing {
  ODNIX_UNIT(Ringing)
};

/// v2 only: what the other person does with their devices, so that we can show it.
struct MediaState {
  bool microphone{};
  bool camera{};
  bool sends{};    ///< packets come: also from a muted microphone
  bool sharing{};  ///< their screen, on lines of its own
  ODNIX_RECORD(MediaState, microphone, camera, sends, sharing)
};

/// v2 only: the caller took this endpoint's answer; every other device of the callee may stop ringing.
struct Select {
  EndpointId chosen;
  ODNIX_RECORD(Select, chosen)
};

/// v2 only: "your message number `seq` is here". Itself neither numbered nor acknowledged.
struct Ack {
  std::uint32_t seq{};
  ODNIX_RECORD(Ack, seq)
};

/// v2 only: a page without a call just opened this chat's socket; who rings in it offers again at once. Names no
/// call.
struct Ready {
  ODNIX_UNIT(Ready)
};

/// leaving: the page goes, and the next page of that tab will take the call up again. offer, answer: it is there and
/// makes a new connection for the same call; the side that stayed answers.
ODNIX_ENUM(ResumeStep, leaving, offer, answer)

/// v2 only: a call survives the reload of a page (resume.cpp). `proof` shows that the sender knows the token that its
/// former page gave us over the former connection, and ties it to this description (docs/security.md).
struct Resume {
  ResumeStep step{};
  Sdp sdp;
  std::vector<Candidate> candidates;  ///< as in Offer
  Secret proof;
  ODNIX_RECORD(Resume, step, sdp, candidates, proof)
};

/// v2 only, by data channel only: what the sender's next page will prove itself with.
struct ResumeKey {
  Secret token;
  ODNIX_RECORD(ResumeKey, token)
};

/// v2 only: an offer or an answer inside a running call, for an ICE restart, a new picture, a new connection. Old peers
/// never get one.
struct Renegotiate {
  DescriptionKind kind{};
  Sdp sdp;
  std::uint32_t round{};       ///< counts the offers of its maker on this link; an answer names its offer's
  std::uint32_t generation{};  ///< of its candidates: another one than before is an ICE restart
  std::uint32_t epoch{};  ///< which RTCPeerConnection of the link it is for; a higher one than before makes a new one
  ODNIX_RECORD(Renegotiate, kind, sdp, round, generation, epoch)
};

/// v2 only: the connection that two pages make while one of them rings (early.cpp): the callee's page offers, the
/// caller's answers.
struct Early {
  DescriptionKind kind{};
  Sdp sdp;
  std::vector<Candidate> candidates;  ///< as in Offer
  ODNIX_RECORD(Early, kind, sdp, candidates)
};

/// v2 only: the person accepted, and the early connection is that of the call.
struct Accept {
  ODNIX_UNIT(Accept)
};

// ---- group calls: nothing but these, Candidates, MediaState, Ringing, Ack and Ready, all inside webrtc.ringing (rules
// in docs/call-rules.md, "Groups") ----

/// A page that takes part in a group call.
struct Attendee {
  EndpointId page;
  UserId user;
  ODNIX_RECORD(Attendee, page, user)
};

/// A call goes on in this chat: who hears it early enough rings, whoever starts a call joins this one.
struct Invite {
  bool audio_only{};
  Duration age{};                ///< since it began to ring; clocks are never compared
  std::vector<Attendee> people;  ///< who is in it as far as the sender knows, with the sender
  ODNIX_RECORD(Invite, audio_only, age, people)
};

/// "I am in this call." To everybody on entering, to one page in answer.
struct Join {
  MediaState media;
  std::uint32_t since{};  ///< the sender's message number when it entered: a larger one is a new stay
  std::uint32_t redo{};   ///< the round whose path does not come: the offerer is asked for another; 0 = none
  ODNIX_RECORD(Join, media, since, redo)
};

/// "I am not, or no more, in this call."
struct Leave {
  EndReason reason{};
  bool over{};  ///< nobody is left in it, as far as the sender knows
  ODNIX_RECORD(Leave, reason, over)
};

/// The offer or answer of one link. The page with the smaller id offers.
struct LinkDescription {
  DescriptionKind kind{};
  Sdp sdp;
  std::vector<Candidate> candidates;  ///< as in Offer
  std::uint32_t round{};              ///< the offerer's number for this attempt; grows
  ODNIX_RECORD(LinkDescription, kind, sdp, candidates, round)
};

using Signal = std::variant<Offer, Answer, Candidates, End, Ringing, MediaState, Select, Ack, Ready, Resume, ResumeKey,
                            Renegotiate, Invite, Join, Leave, LinkDescription, Early, Accept>;

/// Signals that are repeated until their addressee acknowledges them. Offers and answers repeat by rules of their own.
[[nodiscard]] constexpr bool wants_ack(const Signal& signal) {
  return std::get_if<Candidates>(&signal) || std::get_if<End>(&signal) || std::get_if<MediaState>(&signal) ||
         std::get_if<Renegotiate>(&signal) || std::get_if<Join>(&signal) || std::get_if<Leave>(&signal) ||
         std::get_if<LinkDescription>(&signal) || std::get_if<Early>(&signal) || std::get_if<Accept>(&signal);
}

}  // namespace odnix::core
