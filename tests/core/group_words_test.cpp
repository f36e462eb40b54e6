// What a group says in its chat, to whom, and what it does not hear.
#include "group_steps.hpp"

using namespace odnix::core;
using namespace std::chrono_literals;
using namespace odnix::scenario;
using odnix::test::GroupRoom;

TEST_CASE("nothing is said before the devices are known to work") {
  GroupRoom room(2);
  room.pages[0].deaf = true;
  const auto before = room.said.size();
  Step next = step(room.pages[0].state, StartRequested{CallId{9, 9}, true}, room.now);
  CHECK(std::get_if<Preparing>(&next.next.phase));
  CHECK(room.said.size() == before);
}

TEST_CASE("invitations are repeated like offers and stop with the ring") {
  GroupRoom room(1);
  room.start(0);
  std::vector<std::int64_t> at;
  for (int second = 0; second < 70; ++second) {
    while (at.size() < room.all_said<Invite>().size()) at.push_back(second);
    room.pass(1s);
  }
  CHECK(at == std::vector<std::int64_t>{0, 2, 4, 8, 16, 26, 36, 46, 56});
  CHECK(room.reason(0) == EndReason::timeout);
}

TEST_CASE("an old page in the chat hears nothing that it understands, and its words change nothing") {
  GroupRoom room(3);
  const UserId old{9};
  const Signal signal = GENERATE(Signal{Offer{Sdp{"v=0"}, false, {}, 5, {}}}, Signal{End{EndReason::hangup}},
                                 Signal{Answer{Sdp{"v=0"}, {}}}, Signal{Candidates{{}, 0}});
  room.happens(1, MessageReceived{ChatId{7}, old, {}, signal});
  CHECK(room.phase(1) == "idle");
  room.start(0);
  room.happens(0, MessageReceived{ChatId{7}, old, {}, signal});
  room.happens(1, MessageReceived{ChatId{7}, old, {}, signal});
  CHECK(room.phase(0) == "out-ringing");
  CHECK(room.phase(1) == "in-ringing");
  room.accept(1);
  room.accept(2);
  room.pass(1s);
  for (const std::size_t page : all(3)) room.happens(page, MessageReceived{ChatId{7}, old, {}, signal});
  CHECK(room.meshed(all(3)));
}

TEST_CASE("a one-to-one offer of a new page does not ring in a group's chat") {
  GroupRoom room(2);
  room.happens(1, MessageReceived{ChatId{7}, UserId{1}, Header{CallId{4, 4}, EndpointId{16}, {}, 1},
                                  Offer{Sdp{"v=0"}, false, {}, 5, {}}});
  CHECK(room.phase(1) == "idle");
}

TEST_CASE("a group's words mean nothing in a private chat") {
  GroupRoom room(1);
  Self self = room.pages[0].state.self;
  self.group = false;
  room.happens(0, PageOpened{self});
  const Header header{CallId{4, 4}, EndpointId{99}, {}, 1};
  const Signal signal = GENERATE(Signal{Invite{false, {}, {}}}, Signal{Join{{}, 1, 0}}, Signal{Leave{}},
                                 Signal{LinkDescription{DescriptionKind::offer, Sdp{"v=0"}, {}, 1}});
  room.happens(0, MessageReceived{ChatId{7}, UserId{2}, header, signal});
  CHECK(room.phase(0) == "idle");
  CHECK(room.pages[0].state.traces.empty());
}

TEST_CASE("switching the microphone is one message for everybody") {
  GroupRoom room(5);
  meet(room, all(5));
  const auto before = room.all_said<MediaState>().size();
  room.happens(0, MicrophoneSwitched{false});
  CHECK(room.all_said<MediaState>().size() == before + 1);
  for (const std::size_t other : {1, 2, 3, 4}) CHECK_FALSE(room.link(other, 0)->remote_media->microphone);
  room.pass(20s);
  CHECK(room.all_said<MediaState>().size() == before + 1);
}

TEST_CASE("a word for everybody that one page missed is said to it again") {
  GroupRoom room(3);
  meet(room, all(3));
  room.pages[2].deaf = true;
  room.happens(0, MicrophoneSwitched{false});
  room.pages[2].deaf = false;
  CHECK(room.link(2, 0)->remote_media->microphone);
  room.pass(2s);
  CHECK_FALSE(room.link(2, 0)->remote_media->microphone);
}

TEST_CASE("an audio call opens no camera, and one may be switched on without a word to the browser's links") {
  GroupRoom room(2);
  room.start(0, false);
  room.accept(1, true);
  room.pass(1s);
  CHECK(room.call(1)->media.camera == DeviceState::closed);
  room.happens(1, CameraSwitched{true});
  CHECK(room.call(1)->media.camera == DeviceState::on);
  CHECK(room.link(0, 1)->remote_media->camera);
  CHECK(count<CreateOffer>(room, 0) == 1);
}

TEST_CASE("a call with somebody in another chat: the group hears busy, once") {
  GroupRoom room(3);
  const ChatId other{8};
  room.happens(1, CallPushed{other, UserId{5}, false, {}, {}});
  room.happens(1, SocketOpened{{other}});
  room.happens(1, MessageReceived{other, UserId{5}, {}, Offer{Sdp{"0 0"}, false, {}, 5, {}}});
  room.accept(1);
  REQUIRE(room.phase(1) == "connecting");
  room.start(0);
  CHECK(room.call(0)->group->note->news == GroupNews::busy);
  room.pass(20s);
  CHECK(room.all_said<Leave>().size() == 1);
}

TEST_CASE("the announcement goes on while the call does, by one page for all") {
  GroupRoom room(3);
  meet(room, all(3));
  room.pass(1s);
  const auto before = room.all_said<Invite>().size();
  room.pass(60s);
  const auto invites = room.all_said<Invite>();
  CHECK(invites.size() == before + 6);
  CHECK(invites.back().from == 0);
  CHECK(std::get_if<Invite>(&invites.back().message.signal)->people.size() == 3);
}

TEST_CASE("a page that cannot call is not rung by a group, and says nothing") {
  GroupRoom room(3);
  room.pages[1].state.self.can_call = false;
  const std::size_t before = room.pages[1].effects.size();
  room.start(0);
  CHECK(room.phase(1) == "idle");
  CHECK(room.phase(2) == "in-ringing");
  CHECK(room.pages[1].effects.size() == before);
}

TEST_CASE("words of a page that has left, and come late, do not bring it back") {
  GroupRoom room(3);
  meet(room, all(3));
  const CallId id = room.call(1)->id;
  room.leave(0);
  REQUIRE(room.meshed({1, 2}));
  const std::size_t before = count<CreatePeer>(room, 1);
  const std::uint32_t round = GENERATE(1U, 1000U);
  const Signal late = GENERATE_COPY(Signal{LinkDescription{DescriptionKind::offer, Sdp{"v=0"}, {}, round}},
                                    Signal{LinkDescription{DescriptionKind::answer, Sdp{"v=0"}, {}, round}},
                                    Signal{Join{{}, 1, 0}}, Signal{Candidates{}});
  room.happens(1, MessageReceived{ChatId{7}, UserId{1}, Header{id, EndpointId{16}, EndpointId{32}, 0}, late});
  CHECK(room.call(1)->links.size() == 1);
  CHECK(count<CreatePeer>(room, 1) == before);
}

TEST_CASE("an end that is heard before its invitation: the invitation does not ring") {
  GroupRoom room(1);
  const CallId id{4, 4};
  room.happens(
      0, MessageReceived{ChatId{7}, UserId{2}, Header{id, EndpointId{99}, {}, 2}, Leave{EndReason::cancelled, true}});
  room.happens(0, MessageReceived{ChatId{7}, UserId{2}, Header{id, EndpointId{99}, {}, 1},
                                  Invite{false, {}, {{EndpointId{99}, UserId{2}}}}});
  CHECK(room.phase(0) == "idle");
}
