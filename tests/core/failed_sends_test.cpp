// The chat's socket is closed when something must be said: what waits, what is said when it opens again, and what is
// better never said.
#include "scenario.hpp"

using namespace odnix::scenario;

namespace {

struct Row {
  std::string_view story;
  World (*given)();
  Event event;
  std::string_view at_once;
  std::string_view when_open;
};

/// What the socket's return brings, after `pause`.
std::string reopened(World& w, Duration pause) {
  w.pass(pause);
  w.happens(TimePassed{});
  w.happens(SocketOpened{SocketKey{chat}});
  return outcome(w);
}

}  // namespace

TEST_CASE("a send that fails is made good when the socket is back") {
  const std::vector<Row> rows{
      {"decline", rung, DeclineRequested{}, "Ended declined: close media; stop tone",
       "Ended declined: send end declined to B; send ready"},
      {"decline to an old caller", rung_by_old, DeclineRequested{}, "Ended declined: close media; stop tone",
       "Ended declined: send end declined; send ready"},
      {"cancel", calling, HangUpRequested{}, "Ended cancelled: close peer 2; close media; stop tone",
       "Ended cancelled: send end cancelled; send ready"},
      {"hang-up before the path", answering, HangUpRequested{}, "Ended hangup: close peer 2; close media; play ended",
       "Ended hangup: send end hangup to B; send ready"},
      {"hang-up as caller before the path", answered, HangUpRequested{},
       "Ended hangup: close peer 2; close media; play ended", "Ended hangup: send end hangup to B; send ready"},
      {"hang-up in a call", talking, HangUpRequested{}, "Ended hangup: close peer 2; close media; play ended",
       "Ended hangup: send end hangup to B; send ready"},
      {"hang-up in an old peer's call", talking_to_old, HangUpRequested{},
       "Ended hangup: close peer 2; close media; play ended", "Ended hangup: send end hangup; send ready"},
      {"hang-up while the path is lost", lost, HangUpRequested{}, "Ended hangup: close peer 2; close media; play ended",
       "Ended hangup: send end hangup to B; send ready"},
      {"mute", talking, MicrophoneSwitched{false}, "Active: mute",
       "Active: send state mic cam to B; send state cam to B"},
      {"camera off", talking, CameraSwitched{false}, "Active: close cam; attach 2",
       "Active: send state mic cam to B; send state mic to B"},
      {"our candidate for an old peer", talking_to_old, CandidateGathered{PeerId{2}, candidate(9)},
       "Active:", "Active: send candidates x1"},
      {"the ring of the caller goes on", calling, TimePassed{}, "OutRinging:", "OutRinging: send offer"},
      {"preparing", preparing, TimePassed{}, "Preparing:", "Preparing:"},
      {"a ring here", rung, TimePassed{}, "InRinging:", "InRinging:"},
      {"in a call, nothing to say", talking, TimePassed{}, "Active:", "Active: send state mic cam to B"},
      {"after the end", over, TimePassed{}, "Ended hangup:", "Ended hangup: send end hangup to B; send ready"},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    World w = without_socket(row.given());
    w.happens(row.event);
    CHECK(outcome(w) == row.at_once);
    CHECK(reopened(w, 600ms) == row.when_open);
  }
}

TEST_CASE("an accept while the socket is away: the answer goes when it is back") {
  World w = without_socket(rung());
  w.accepted();
  CHECK(only<SendMessage>(w.effects).empty());
  CHECK(reopened(w, 600ms) == "Connecting: send answer to B");
}

TEST_CASE("a call started while the socket is away is offered when it opens") {
  World w = without_socket(idle());
  w.ringing_out();
  CHECK(outcome(w) == "OutRinging: attach 2; play ringback");
  CHECK(reopened(w, 5s) == "OutRinging: send offer");
}

TEST_CASE("what waits too long is better never said") {
  SECTION("the end of an old peer's call: it may be in another one by now") {
    World w = without_socket(talking_to_old());
    w.happens(HangUpRequested{});
    CHECK(reopened(w, 11s) == "Idle: send ready");
  }
  SECTION("the end of a v2 call is said again for as long as it may matter") {
    World w = without_socket(talking());
    w.happens(HangUpRequested{});
    CHECK(reopened(w, 11s) == "Idle: send end hangup to B; send ready");
  }
}

TEST_CASE("what was said and not acknowledged is said again, four times at most") {
  World w = talking();
  w.happens(HangUpRequested{});
  const auto said = sent<End>(w.pass(60s));
  CHECK(said == std::vector<End>(4, End{EndReason::hangup}));
}
