// An offer in every standing: who says it, for which call, how old, to whom.
#include "scenario.hpp"

using namespace odnix::scenario;

namespace {

constexpr CallId smaller{1, 1};
constexpr CallId larger{9, 9};

auto v2_offer(CallId call, EndpointId from = there, UserId user = bob) {
  return [=](const World&) -> Event { return from_v2(offer(), call, from, user); };
}
auto old_offer(std::int64_t session = 2, UserId user = bob) {
  return [=](const World&) -> Event { return from_old(offer(false, session), user); };
}
auto aged(Duration age) {
  return [=](const World&) -> Event { return from_v2(offer(false, 2, age)); };
}
Event for_another_page(const World&) {
  MessageReceived event = from_v2(offer());
  event.header->to = elsewhere;
  return event;
}
Event from_another_chat(const World&) {
  MessageReceived event = from_v2(offer(), their_call, there, carol);
  event.chat = ChatId{77};
  return event;
}
Event our_own_echo(const World&) { return from_v2(offer(), our_call, here, alice); }

}  // namespace

TEST_CASE("offers: when no call is there") {
  play({
      {"a v2 offer rings", idle, v2_offer(their_call), "InRinging: send ringing to B; play ringtone"},
      {"an old offer rings", idle, old_offer(), "InRinging: play ringtone"},
      {"an offer meant for another page does not", idle, for_another_page, "Idle:"},
      {"our own words played back do not", idle, our_own_echo, "Idle:"},
      {"56 s old still rings", idle, aged(56s), "InRinging: send ringing to B; play ringtone"},
      {"57 s old does not", idle, aged(57s), "Idle:"},
      {"an hour old does not", idle, aged(3600s), "Idle:"},
      {"a call from another chat rings", idle, from_another_chat, "InRinging: play ringtone"},
      {"while the last end is shown a new call rings", over, v2_offer(their_call),
       "InRinging: send ringing to B; play ringtone"},
      {"while the last end is shown an old call rings", over, old_offer(), "InRinging: play ringtone"},
      {"the call that was just hung up hears its end again", over, v2_offer(our_call),
       "Ended hangup: send end hangup to B"},
  });
}

TEST_CASE("offers: while our own call is prepared") {
  play({
      {"a smaller id wins: its call is taken at once", preparing, v2_offer(smaller),
       "Connecting: stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"a larger id loses", preparing, v2_offer(larger), "Preparing:"},
      {"an equal id ends both", preparing, v2_offer(our_call), "Ended glare: close peer 2; close media; stop tone"},
      {"an old peer's call wins", preparing, old_offer(),
       "Connecting: stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"somebody else of another chat does not ring", preparing, from_another_chat, "Preparing:"},
  });
}

TEST_CASE("offers: while our own call rings out") {
  play({
      {"a smaller id wins, our call is said to be over", calling, v2_offer(smaller),
       "Connecting: send end glare; stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"a larger id loses, nothing is said", calling, v2_offer(larger), "OutRinging:"},
      {"an equal id ends both", calling, v2_offer(our_call),
       "Ended glare: send end glare; close peer 2; close media; stop tone"},
      {"an old peer's call wins, nothing is said of ours", calling, old_offer(),
       "Connecting: stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"an offer meant for another page changes nothing", calling, for_another_page, "OutRinging:"},
      {"a call that is too old does not win", calling,
       [](const World&) -> Event { return from_v2(offer(false, 2, 58s), smaller); }, "OutRinging:"},
      {"somebody else of another chat does not ring", calling, from_another_chat, "OutRinging:"},
  });
}

TEST_CASE("offers: while a call rings here") {
  play({
      {"the same call again: the caller is told again that it rings", rung, v2_offer(their_call),
       "InRinging: send ringing to B"},
      {"a new call of the same person takes the ring over", rung, v2_offer(larger, elsewhere),
       "InRinging: send ringing to C; play ringtone"},
      {"a call of a third person hears busy", rung, v2_offer(larger, elsewhere, carol),
       "InRinging: send end busy to C"},
      {"an old peer's repeated offer changes nothing", rung_by_old, old_offer(2), "InRinging:"},
      {"an old peer's new call takes the ring over", rung_by_old, old_offer(3), "InRinging: play ringtone"},
      {"a third person's old client is not told anything", rung_by_old, old_offer(3, carol), "InRinging:"},
      {"a call from another chat does not ring", rung, from_another_chat, "InRinging:"},
  });
}

TEST_CASE("offers: in a call") {
  play({
      {"the accepted call again: the answer is said again", answering, v2_offer(their_call),
       "Connecting: send answer to B"},
      {"connected, the same", talking_as_callee, v2_offer(their_call), "Active: send answer to B"},
      {"our own call's id from the other side changes nothing", talking, v2_offer(our_call), "Active:"},
      {"the same page calls anew: the link is replaced without a ring", talking, v2_offer(larger),
       "Connecting: send end glare to B; stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"the same, while no path is there yet", answered, v2_offer(larger),
       "Connecting: send end glare to B; stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"the same, while the path is lost", lost, v2_offer(larger),
       "Connecting: send end glare to B; stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"another page of that person, while the path is lost: it was reloaded", lost, v2_offer(larger, elsewhere),
       "Connecting: send end glare to B; stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"another page of that person, connected: busy", talking, v2_offer(larger, elsewhere),
       "Active: send end busy to C"},
      {"a third person hears busy", talking, v2_offer(larger, elsewhere, carol), "Active: send end busy to C"},
      {"a third person's old client is not told: its end has no addressee", talking, old_offer(3, carol), "Active:"},
      {"an old peer calls anew", talking_to_old, old_offer(3),
       "Connecting: stop tone; close peer 2; make peer 3 video; apply offer 3"},
      {"a call from another chat does not ring", talking_as_callee, from_another_chat, "Active:"},
  });
}
