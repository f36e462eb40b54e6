// What must hold, each with the name that a failing run prints.
#pragma once

#include <cstdint>
#include <string>

#include "core/reflect.hpp"

namespace odnix::sim {

/// agreement: who is in a call is in the same call as the other, or ends within the patience of the timers.
/// ring_has_caller: it rings only while somebody calls (plus the time that it takes to learn that they do not).
/// one_ring: of the tabs of one browser at most one makes the sound.
/// consent: no device is opened, no peer made and no track attached before this person's own start or accept.
/// camera_consent: nor a camera before they asked for pictures.
/// share_consent: the browser's picker of screens opens at this person's own press of the button, once, and at nothing
/// else.
/// screens: at rest, a screen is shown large exactly to who is in a call with somebody that shares one.
/// closed_peers, closed_media, tones: after a call nothing of it is open; devices and tones are as the state says.
/// live_handles: no effect names a peer, request or socket that is closed or unknown.
/// browser_contract: no operation that a browser would refuse in that signalling state.
/// true_reason: a call ends with the reason that made it end, said and shown.
/// old_second_answer, old_offer_in_call, old_end_unrelated: what breaks an old peer (protocol.md, rules 1 to 8).
/// old_renegotiation: nor is a running call with an old peer ever changed: no offer is made, none is said.
/// deadline_progress: step(TimePassed) at a deadline moves the deadline.
/// settles: an accepted call is connected or over within 30 s.
/// comes_back: a path that was cut comes back when the network does; no call ends for its sake 15 s later.
/// not_for_ever: when people are silent and faults have stopped, nobody stays in a call that does not run.
/// nothing_fails_by_itself: where nothing is lost, refused or cut, no call ends for a technical reason.
/// best_device: the device that runs is the one the state says; a lost one is replaced, a chosen one that is there
/// used.
/// bounded_state: no list of the state grows beyond its limit.
/// no_chatter: messages and steps come to an end.
/// way_out: whatever is shown, a button ends it.
/// same_people: a call that was taken up again goes on with the same person, and only with who has the token.
/// own_voice: by a data channel a peer says what its own page may say, and nothing for others.
/// no_leak: while it rings, no answer and no candidate leaves a page but by what its preconnect allows.
/// in_whispers: in a group's chat nothing but webrtc.ringing is said.
/// one_offers: of each pair the page with the smaller id offers, and has one connection to the other.
/// mesh: once faults have stopped, everybody in a group's call is linked with everybody else.
/// picture_returns: a picture that is paused has a time at which it comes back, and the browser was told what is so.
/// no_secrets: describe() never prints a text that is secret.
/// same_again: a journal's redacted events give the same states.
ODNIX_ENUM(Invariant, agreement, ring_has_caller, one_ring, consent, camera_consent, closed_peers, closed_media, tones,
           live_handles, browser_contract, true_reason, old_second_answer, old_offer_in_call, old_end_unrelated,
           old_renegotiation, deadline_progress, settles, not_for_ever, nothing_fails_by_itself, bounded_state,
           no_chatter, way_out, no_secrets, same_again, own_voice, same_people, comes_back, best_device, no_leak,
           in_whispers, one_offers, mesh, picture_returns, share_consent, screens)

struct Violation {
  Invariant invariant{};
  unsigned seat{};
  std::int64_t at{};  ///< virtual milliseconds
  std::string what;
};

}  // namespace odnix::sim
