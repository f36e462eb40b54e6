// Answers, candidates and paths in every standing.
#include "scenario.hpp"

using namespace odnix::scenario;

namespace {

auto v2_answer(CallId call = our_call, EndpointId from = there) {
  return [=](const World&) -> Event { return from_v2(Answer{their_sdp, {}}, call, from); };
}
Event old_answer(const World&) { return from_old(Answer{their_sdp, {}}); }
auto candidates(CallId call, EndpointId from = there, int count = 2) {
  return [=](const World&) -> Event {
    Candidates batch;
    for (int i = 0; i < count; ++i) batch.list.push_back(candidate(i));
    return from_v2(batch, call, from);
  };
}
Event old_candidate(const World&) { return from_old(Candidates{{candidate(1)}}); }
auto path(ConnectionState connection, IceState ice) {
  return [=](const World& w) -> Event { return ConnectionChanged{w.peer(), connection, ice}; };
}
Event stale_path(const World&) { return ConnectionChanged{PeerId{99}, ConnectionState::failed, IceState::failed}; }
Event refused(const World& w) { return DescriptionFailed{w.peer(), DescriptionStep::remote, "OperationError"}; }
Event no_peer(const World& w) { return PeerFailed{w.peer(), "NotSupportedError"}; }

}  // namespace

TEST_CASE("answers in every standing") {
  play({
      {"nobody asked", idle, v2_answer(), "Idle:"},
      {"the first answer is taken, the other devices are told whose", calling, v2_answer(),
       "Connecting: send select; apply answer 2; stop tone"},
      {"an old peer's answer is taken", calling, old_answer, "Connecting: send select; apply answer 2; stop tone"},
      {"an answer to another call", calling, v2_answer(their_call), "OutRinging:"},
      {"while a call rings here", rung, v2_answer(their_call), "InRinging:"},
      {"a second copy from the same page", answered, v2_answer(), "Connecting:"},
      {"a second device hears answered-elsewhere", answered, v2_answer(our_call, elsewhere),
       "Connecting: send end answered_elsewhere to C"},
      {"the same once connected", talking, v2_answer(our_call, elsewhere), "Active: send end answered_elsewhere to C"},
      {"an old peer's second answer", answered_by_old, old_answer, "Connecting:"},
      {"an old device's answer to a call that a v2 page took", talking, old_answer, "Active:"},
      {"in a call that we were called for", talking_as_callee, v2_answer(their_call), "Active:"},
      {"after the end nothing comes of it", over, v2_answer(), "Ended hangup:"},
  });
}

TEST_CASE("candidates in every standing") {
  play({
      {"of a call nobody knows: kept, nothing done", idle, candidates(their_call), "Idle:"},
      {"an old peer's, of nothing", idle, old_candidate, "Idle:"},
      {"while it rings here: kept", rung, candidates(their_call), "InRinging:"},
      {"while our call rings: kept by sender", calling, candidates(our_call), "OutRinging:"},
      {"while we connect: added", answering, candidates(their_call), "Connecting: add candidates 2 x2"},
      {"answered: added", answered, candidates(our_call), "Connecting: add candidates 2 x2"},
      {"connected: added", talking, candidates(our_call), "Active: add candidates 2 x2"},
      {"connected, of another page: not", talking, candidates(our_call, elsewhere), "Active:"},
      {"an old peer's in its call: added", talking_to_old, old_candidate, "Active: add candidates 2 x1"},
      {"an old peer's in a v2 call: not", talking, old_candidate, "Active:"},
      {"of a call that is over", over, candidates(our_call), "Ended hangup:"},
      {"more than are worth it: the first 64", talking, candidates(our_call, there, 90),
       "Active: add candidates 2 x64"},
  });
}

TEST_CASE("candidates that came before their offer are applied with it") {
  World w;
  w.happens(candidates(their_call)(w));
  w.rung();
  w.happens(candidates(their_call, there, 3)(w));  // one more, two known
  w.happens(AcceptRequested{false});
  w.devices_open(false);
  w.happens(RemoteDescriptionApplied{w.peer()});
  CHECK(outcome(w) == "Connecting: add candidates 2 x3; attach 2; create answer 2");
}

TEST_CASE("paths in every standing") {
  using C = ConnectionState;
  using I = IceState;
  play({
      {"connected: the call is active, the devices are told", answered, path(C::connected, I::connected),
       "Active: send state mic cam to B"},
      {"connected, as callee", answering, path(C::connected, I::connected), "Active: send state mic cam to B"},
      {"connected, to an old peer: nothing is said", answered_by_old, path(C::connected, I::connected), "Active:"},
      {"again", talking, path(C::connected, I::completed), "Active:"},
      {"lost", talking, path(C::disconnected, I::disconnected), "Reconnecting: create offer 2"},
      {"lost, said by one of the two states only", talking, path(C::connected, I::disconnected),
       "Reconnecting: create offer 2"},
      {"lost before it was there", answered, path(C::disconnected, I::disconnected), "Connecting: create offer 2"},
      {"back", lost, path(C::connected, I::connected), "Active:"},
      {"failed while our call rings: nothing", calling, path(C::failed, I::failed), "OutRinging:"},
      {"of a peer nobody knows", talking, stale_path, "Active:"},
      {"of a peer nobody knows, without a call", idle, stale_path, "Idle:"},
  });
}

TEST_CASE("what the browser refuses ends the call with a word for the developer") {
  play({
      {"a description, while our call is prepared", preparing, refused,
       "Ended error: problem description-refused; close peer 2; close media; stop tone"},
      {"a description, while our call rings", calling, refused,
       "Ended error: problem description-refused; send end error; close peer 2; close media; stop tone"},
      {"a later one, once both sides agreed: the call goes on", answered, refused, "Connecting:"},
      {"the same as callee", answering, refused, "Connecting:"},
      {"a peer connection at all", preparing, no_peer,
       "Ended error: problem peer-connection-failed; close peer 2; close media; stop tone"},
      {"a peer connection, on accept", answering, no_peer,
       "Ended error: problem peer-connection-failed; send end error to B; close peer 2; close media; play ended"},
  });
}
