// The names of pages and calls are known to everybody in a chat; who somebody is, the server vouches for. Nobody speaks
// for another person's page, and one word of a stranger sends nobody out of a call.
#include "core/group_steps.hpp"
#include "world.hpp"

using namespace odnix::scenario;
using odnix::test::GroupRoom;

namespace {

constexpr UserId mallory{99};
constexpr std::uint32_t last_number = 4294967295;

/// What somebody in the group's chat says to page 1.
MessageReceived to_second(const GroupRoom& room, UserId user, EndpointId from, Signal signal,
                          std::uint32_t seq = last_number) {
  return {ChatId{7}, user, Header{room.call(1)->id, from, room.endpoint(1), seq}, std::move(signal)};
}

}  // namespace

TEST_CASE(
    "in a group somebody speaks as the page of another person: it changes nothing, and that person is still heard") {
  GroupRoom room(3);
  meet(room, all(3));
  const std::size_t peers = count<CreatePeer>(room, 1);
  const Signal word = GENERATE(Signal{Leave{EndReason::hangup, false}}, Signal{MediaState{false, false}},
                               Signal{Join{{}, 900, 0}}, Signal{Candidates{{}, 0, 100000}}, Signal{Ack{1}},
                               Signal{LinkDescription{DescriptionKind::offer, Sdp{"4294967296 0"}, {}, 100000}});
  const std::size_t before = room.pages[1].effects.size();
  room.happens(1, to_second(room, mallory, room.endpoint(0), word));
  CHECK(room.pages[1].effects.size() == before);  // it is not even acknowledged
  CHECK(room.meshed({0, 1, 2}));
  CHECK(count<CreatePeer>(room, 1) == peers);
  room.happens(0, MicrophoneSwitched{false});
  REQUIRE(room.link(1, 0) != nullptr);
  CHECK_FALSE(room.link(1, 0)->remote_media->microphone);
}

TEST_CASE("nor does it keep out who has not come yet") {
  GroupRoom room(3);
  meet(room, {0, 1});
  const Signal word = GENERATE(Signal{Leave{EndReason::hangup, false}}, Signal{MediaState{}}, Signal{Candidates{}});
  for (const std::size_t page : {std::size_t{0}, std::size_t{1}}) {
    const Header header{room.call(page)->id, room.endpoint(2), room.endpoint(page), last_number};
    room.happens(page, MessageReceived{ChatId{7}, mallory, header, word});
  }
  room.accept(2);
  room.pass(1s);
  CHECK(room.meshed({0, 1, 2}));
}

TEST_CASE("who is in a call does not leave it because somebody says that it is full") {
  GroupRoom room(3);
  meet(room, all(3));
  const UserId user = GENERATE(UserId{3}, mallory);
  room.happens(1, to_second(room, user, user == mallory ? EndpointId{0x99} : room.endpoint(2),
                            Leave{EndReason::full, false}, 900));
  CHECK(room.phase(1) == "active");
  CHECK(room.linked(0, 1));
}

TEST_CASE("nobody is moved to the call of somebody who is blocked") {
  GroupRoom room(3);
  meet(room, all(3));
  const CallId id = room.call(1)->id;
  room.pages[1].state.self.blocked = {mallory};
  const Invite invite{false, Duration{0}, {{EndpointId{0x99}, mallory}}};
  room.happens(1, MessageReceived{ChatId{7}, mallory, Header{CallId{0, 1}, EndpointId{0x99}, {}, 1}, invite});
  CHECK(room.call(1)->id == id);
  CHECK(room.meshed({0, 1, 2}));
}

TEST_CASE("in a group the newest word about devices counts, in whatever order they come") {
  GroupRoom room(2);
  meet(room, all(2));
  const auto since = room.link(1, 0)->mesh->since;
  room.happens(1, to_second(room, UserId{1}, room.endpoint(0), MediaState{true, false, true}, 60));
  const Signal older =
      GENERATE_COPY(Signal{MediaState{false, true, true}}, Signal{Join{{false, true, true}, since, 0}});
  room.happens(1, to_second(room, UserId{1}, room.endpoint(0), older, 50));
  CHECK(room.link(1, 0)->remote_media == MediaState{true, false, true});
}

TEST_CASE("between two people somebody else in the chat neither ends the call nor uses up its numbers") {
  World w = World{}.in_call();
  const std::size_t before = w.state.unacked.size();
  const Signal word = GENERATE(Signal{End{}}, Signal{MediaState{}}, Signal{Ack{1}},
                               Signal{Renegotiate{DescriptionKind::offer, their_sdp, 9, 0, 7}});
  CHECK(w.happens(from_v2(word, our_call, there, mallory, last_number)).empty());
  CHECK(w.phase() == "Active");
  CHECK(w.state.unacked.size() == before);
  w.happens(from_v2(End{}, our_call, there, bob, 70));
  CHECK(w.reason() == EndReason::hangup);
}

TEST_CASE("a ring ends by the word of who rings, and of nobody else") {
  World w;
  w.rung(true);
  const UserId user = GENERATE(mallory, bob);
  w.happens(from_v2(Select{EndpointId{0x77}}, their_call, there, user, 5));
  CHECK(w.phase() == (user == bob ? "Ended" : "InRinging"));
}
