// Calls that nobody took, told to the page.
#include "world.hpp"

using namespace odnix::scenario;

namespace {

std::vector<TellMissed> missed(const std::vector<Effect>& effects) { return only<TellMissed>(effects); }

}  // namespace

TEST_CASE("a ring that ends unanswered is a missed call: by time, by the caller") {
  World w;
  w.rung();
  SECTION("the caller gave up") {
    w.pass(4s);
    w.happens(from_v2(End{EndReason::cancelled}));
    CHECK(missed(w.effects) == std::vector{TellMissed{chat, bob, {"Bob"}, true, 4s}});
  }
  SECTION("nobody came") { CHECK(missed(w.pass(60s)).size() == 1); }
}

TEST_CASE("a call that was answered, declined, or taken on another device is not missed") {
  const std::vector<Event> ends{AcceptRequested{true}, DeclineRequested{}, from_v2(End{EndReason::declined_elsewhere}),
                                from_v2(Select{elsewhere})};
  for (const Event& end : ends) {
    World w;
    w.rung();
    CHECK(missed(w.happens(end)).empty());
  }
  World ours;
  ours.ringing_out();
  CHECK(missed(ours.pass(60s)).empty());
}

TEST_CASE("a call in the middle of another one: refused, told once, and said in a line") {
  World w;
  w.in_call();
  w.happens(from_v2(offer(true), {9, 9}, elsewhere, carol));
  CHECK(missed(w.effects) == std::vector{TellMissed{chat, carol, {"Bob"}, false, 0ms}});
  CHECK(w.call().notice->kind == NoticeKind::tried_to_call);
  w.happens(from_v2(offer(true), {9, 9}, elsewhere, carol));
  CHECK(missed(w.effects).empty());
  w.happens(from_v2(offer(true), {9, 10}, elsewhere, carol));
  CHECK(missed(w.effects).size() == 1);
}

TEST_CASE("an old peer's repeated offer in the middle of another call is one missed call") {
  World w;
  w.in_call();
  w.happens(from_old(offer(), carol));
  CHECK(missed(w.effects).size() == 1);
  w.happens(from_old(offer(), carol));
  CHECK(missed(w.effects).empty());
}

TEST_CASE("an offer that comes too late does not ring, and is a missed call with its age, once") {
  World w;
  w.happens(from_v2(offer(false, 2, 58s)));
  CHECK(w.phase() == "Idle");
  CHECK(missed(w.effects) == std::vector{TellMissed{chat, bob, {"Bob"}, true, 58s}});
  w.happens(from_v2(offer(false, 2, 59s)));
  CHECK(missed(w.effects).empty());
}
