#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("a second copy of a message changes nothing, in any order") {
  World w;
  w.in_call();
  const auto taken = [&w](int number, std::uint32_t seq) {
    return !w.happens(from_v2(Candidates{{candidate(number)}}, our_call, there, bob, seq)).empty();
  };
  CHECK(taken(1, 7));
  CHECK(taken(2, 8));
  CHECK_FALSE(taken(3, 7));
  CHECK(taken(4, 6));  // late, but new
  CHECK(taken(5, 100));
  CHECK_FALSE(taken(6, 36));  // 64 behind: counts as seen
  // 92 ahead passed the whole window at once: of the numbers in the new one none was seen, also not 28 = 92 - 64 behind
  CHECK(taken(7, 72));
  CHECK(taken(8, 400));
  CHECK_FALSE(taken(9, 336));
  CHECK(taken(10, 356));  // 44 behind, and 300 = 4 * 64 + 44
  CHECK_FALSE(taken(10, 356));
  CHECK(taken(11, 399));
}

TEST_CASE("what matters is acknowledged to its sender, every copy of it") {
  World w;
  w.in_call();
  MessageReceived state = from_v2(MediaState{false, true}, our_call, there, bob, 7);
  state.header->to = here;
  const Effects ack{SendMessage{chat, Header{our_call, here, there, 0}, Ack{7}}};
  CHECK(w.happens(state) == ack);
  CHECK(w.happens(state) == ack);
}

TEST_CASE("what is not for this page alone is not acknowledged") {
  World w;
  w.in_call();
  CHECK(w.happens(from_v2(MediaState{false, true}, our_call, there, bob, 7)).empty());
}

TEST_CASE(
    "a message is repeated after 1, 2, 4, 8 s until it is acknowledged; of our devices as long as the call runs") {
  World w;
  w.in_call();
  w.all_acknowledged();
  const TimePoint start = w.now;
  w.happens(MicrophoneSwitched{false});
  const auto seq = only<SendMessage>(w.effects)[0].header->seq;
  std::vector<std::int64_t> times;
  const auto collect = [&](Duration until) {
    while (!w.state.unacked.empty() && *next_deadline(w.state) <= start + until) {
      w.now = *next_deadline(w.state);
      w.happens(TimePassed{});
      for (const auto& message : only<SendMessage>(w.effects)) {
        CHECK(message.header->seq == seq);
        times.push_back((w.now - start) / 1s);
      }
    }
  };
  SECTION("never acknowledged") {
    collect(50s);
    CHECK(times == std::vector<std::int64_t>{1, 3, 7, 15, 31, 47});
  }
  SECTION("never acknowledged, and the call is over") {
    w.happens(HangUpRequested{});
    w.pass(40s);
    CHECK(w.state.unacked.empty());
  }
  SECTION("acknowledged after 2 s, by the right endpoint") {
    collect(2s);
    w.happens(from_v2(Ack{seq}, our_call, elsewhere, bob, 0));
    CHECK(w.state.unacked.size() == 1);
    w.happens(from_v2(Ack{seq}, our_call, there, bob, 0));
    CHECK(w.state.unacked.empty());
    collect(60s);
    CHECK(times == std::vector<std::int64_t>{1});
  }
}

TEST_CASE("a hang-up is repeated after the call is over, and only the hang-up") {
  World w;
  w.in_call();
  w.happens(MicrophoneSwitched{false});
  w.happens(HangUpRequested{});
  const auto again = w.pass(2s);
  CHECK(sent<MediaState>(again).empty());
  CHECK(sent<End>(again).size() == 1);
}

TEST_CASE("no memory of messages grows without bound") {
  World w;
  for (std::uint64_t i = 1; i < 500; ++i) {
    w.happens(from_v2(Candidates{{candidate(1)}}, CallId{i, i}, EndpointId{i}));
    w.happens(from_v2(End{EndReason::cancelled}, CallId{i, i}, EndpointId{i}, bob, 2));
    w.happens(CallPushed{ChatId{static_cast<std::int64_t>(i)}, UserId{static_cast<std::int64_t>(i)}, false, {}, {}});
  }
  CHECK(w.state.seen.size() <= 64);
  CHECK(w.state.traces.size() <= 64);
  CHECK(w.state.people.size() <= 16);
  CHECK(w.state.sockets.size() <= 8);
}
