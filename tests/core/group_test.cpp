// Calls of a group: who rings, who enters, who leaves, and that everybody finds everybody.
#include "support/group_room.hpp"

#include <algorithm>

#include "support/printers.hpp"

using namespace odnix::core;
using namespace std::chrono_literals;
using odnix::test::GroupRoom;

namespace {

std::vector<std::size_t> all(std::size_t count) {
  std::vector<std::size_t> list(count);
  for (std::size_t i = 0; i < count; ++i) list[i] = i;
  return list;
}

/// Everybody is in a call that the first one began.
void meet(GroupRoom& room, const std::vector<std::size_t>& members) {
  room.start(members.front());
  for (std::size_t i = 1; i < members.size(); ++i) room.accept(members[i]);
  room.pass(1s);
  REQUIRE(room.meshed(members));
}

template <class E>
std::size_t count(const GroupRoom& room, std::size_t page) {
  const auto& effects = room.pages[page].effects;
  return static_cast<std::size_t>(
      std::count_if(effects.begin(), effects.end(), [](const Effect& effect) { return std::get_if<E>(&effect); }));
}

}  // namespace

TEST_CASE("who starts a group's call invites the chat, and everybody rings") {
  GroupRoom room(4);
  room.start(0);
  CHECK(room.phase(0) == "out-ringing");
  for (const std::size_t other : {1, 2, 3}) {
    CHECK(room.phase(other) == "in-ringing");
    CHECK(room.call(other)->user == UserId{1});
    CHECK(count<OpenMedia>(room, other) == 0);
    CHECK(count<CreatePeer>(room, other) == 0);
  }
  CHECK(std::get_if<OutRinging>(&room.pages[0].state.phase)->rings_there);
}

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

TEST_CASE("a full mesh comes about, one link per pair, the smaller page offers") {
  const std::size_t people = GENERATE(2, 3, 4, 5, 6, 7, 8);
  GroupRoom room(people);
  meet(room, all(people));
  for (std::size_t i = 0; i < people; ++i) {
    CHECK(room.phase(i) == "active");
    CHECK(count<CreatePeer>(room, i) == people - 1);
    CHECK(count<CreateOffer>(room, i) == people - 1 - i);
    CHECK(count<OpenMedia>(room, i) == 1);
  }
}

TEST_CASE("the starter may have the largest page id") {
  GroupRoom room(3);
  meet(room, {2, 1, 0});
  CHECK(count<CreateOffer>(room, 2) == 0);
  CHECK(count<CreateOffer>(room, 0) == 2);
}

TEST_CASE("one who leaves ends no call but their own; the last other's leaving ends it") {
  GroupRoom room(3);
  meet(room, all(3));
  room.leave(0);
  CHECK(room.reason(0) == EndReason::hangup);
  CHECK(room.meshed({1, 2}));
  CHECK(room.call(1)->group->note->news == GroupNews::left);
  room.leave(1);
  CHECK(room.reason(2) == EndReason::hangup);
  CHECK(std::get_if<Ended>(&room.pages[2].state.phase)->by_remote);
  for (const std::size_t page : all(3)) {
    CHECK(count<CreatePeer>(room, page) == count<ClosePeer>(room, page));
    CHECK(count<CloseMedia>(room, page) == 1);
  }
}

TEST_CASE("a page that opens while it rings, rings; later it does not, but start joins") {
  GroupRoom room(2);
  meet(room, all(2));
  const std::size_t early = room.open(3);
  room.pass(400ms);
  CHECK(room.phase(early) == "in-ringing");
  room.pass(58s);
  const std::size_t late = room.open(4);
  room.pass(1s);
  CHECK(room.phase(late) == "idle");
  room.start(late);
  room.pass(1s);
  CHECK(room.meshed({0, 1, late}));
}

TEST_CASE("after a decline the call does not ring again, and start joins it") {
  GroupRoom room(3);
  room.start(0);
  room.decline(1);
  CHECK(room.call(0)->group->note->news == GroupNews::declined);
  room.accept(2);
  room.pass(15s);
  CHECK(room.reason(1).value_or(EndReason::declined) == EndReason::declined);
  CHECK(room.phase(1) != "in-ringing");
  room.start(1);
  room.pass(1s);
  CHECK(room.meshed(all(3)));
}

TEST_CASE("everybody declined: where the members are known the starter hears it at once") {
  GroupRoom room(3);
  room.start(0);
  room.decline(1);
  CHECK(room.phase(0) == "out-ringing");
  room.decline(2);
  CHECK(room.reason(0) == EndReason::declined);
}

TEST_CASE("everybody declined: else it rings on until the time is over") {
  GroupRoom room(3, false);
  room.start(0);
  room.decline(1);
  room.decline(2);
  CHECK(room.phase(0) == "out-ringing");
  room.pass(60s);
  CHECK(room.reason(0) == EndReason::timeout);
}

TEST_CASE("a cancelled ring stops everywhere at once, also where its invitation comes late") {
  GroupRoom room(3);
  room.pages[2].deaf = true;
  room.start(0);
  const SendMessage invitation = room.all_said<Invite>().front().message;
  room.pages[2].deaf = false;
  room.leave(0);
  CHECK(room.reason(1) == EndReason::cancelled);
  room.happens(2, MessageReceived{invitation.chat, UserId{1}, invitation.header, invitation.signal});
  CHECK(room.phase(2) == "idle");
}

TEST_CASE("a starter whose page vanished rings for 20 s more") {
  GroupRoom room(2);
  room.start(0);
  room.vanish(0);
  room.pass(19s);
  CHECK(room.phase(1) == "in-ringing");
  room.pass(2s);
  CHECK(room.reason(1) == EndReason::timeout);
}

TEST_CASE("who left may come back, also within seconds") {
  GroupRoom room(3);
  meet(room, all(3));
  const auto gap = GENERATE(0ms, 500ms, 5000ms, 20000ms);
  room.leave(1);
  room.pass(gap);
  room.start(1);
  room.pass(1s);
  CHECK(room.meshed(all(3)));
}

TEST_CASE("who left and was not heard leaving may come back") {
  GroupRoom room(3);
  meet(room, all(3));
  room.lost = [](const GroupRoom::Said& one, std::size_t) {
    return std::get_if<Leave>(&one.message.signal) != nullptr;
  };
  room.leave(1);
  room.lost = nullptr;
  room.start(1);
  room.pass(8s);
  CHECK(room.meshed(all(3)));
}

TEST_CASE("two starts at once: the smaller id stays, and nobody rings twice") {
  GroupRoom room(4);
  room.lost = [](const GroupRoom::Said&, std::size_t) { return true; };
  room.start(1);
  room.start(0);
  room.lost = nullptr;
  room.pass(3s);
  CHECK(room.call(0)->id == room.call(1)->id);
  CHECK(room.meshed({0, 1}));
  CHECK(room.phase(2) == "in-ringing");
  room.accept(2);
  room.accept(3);
  room.pass(1s);
  CHECK(room.meshed(all(4)));
  for (const std::size_t page : all(4)) CHECK(count<OpenMedia>(room, page) == 1);
}

TEST_CASE("two groups that did not hear of each other become one") {
  GroupRoom room(4);
  room.lost = [](const GroupRoom::Said& one, std::size_t to) { return (one.from < 2) != (to < 2); };
  room.start(2);
  room.accept(3);
  room.start(0);
  room.accept(1);
  room.pass(5s);
  REQUIRE(room.meshed({0, 1}));
  REQUIRE(room.meshed({2, 3}));
  room.lost = nullptr;
  room.pass(25s);
  CHECK(room.meshed(all(4)));
}

TEST_CASE("a page that vanished is let go after 30 s, and the others go on") {
  GroupRoom room(3);
  meet(room, all(3));
  room.vanish(2);
  CHECK(room.phase(0) == "active");
  room.pass(31s);
  CHECK(room.meshed({0, 1}));
  CHECK(room.call(0)->group->note->news == GroupNews::lost);
  room.vanish(1);
  CHECK(room.phase(0) == "reconnecting");
  room.pass(31s);
  CHECK(room.reason(0) == EndReason::connection_failed);
}

TEST_CASE("a link that fails is made anew while the others go on") {
  GroupRoom room(3);
  meet(room, all(3));
  const bool offerer = GENERATE(true, false);
  const std::size_t page = offerer ? 0 : 1;
  const PeerId peer = room.link(page, 1 - page)->peer;
  const PeerId other = room.link(page, 2)->peer;
  room.happens(page, ConnectionChanged{peer, ConnectionState::failed, IceState::disconnected});
  CHECK(room.phase(page) == "active");
  room.pass(2s);
  CHECK(room.meshed(all(3)));
  CHECK(room.link(page, 1 - page)->peer != peer);
  CHECK(room.link(page, 2)->peer == other);
}

TEST_CASE("a description that the browser refuses costs one link a second, and no call") {
  GroupRoom room(3);
  meet(room, all(3));
  room.happens(0, DescriptionFailed{room.link(0, 1)->peer, DescriptionStep::remote, "InvalidAccessError"});
  room.pass(3s);
  CHECK(room.meshed(all(3)));
}

TEST_CASE("whatever single message is lost, everybody finds everybody") {
  const std::size_t lost = GENERATE(range<std::size_t>(0, 40));
  const std::size_t deaf = GENERATE(0, 1, 2);
  GroupRoom room(3);
  std::size_t number = 0;
  room.lost = [&](const GroupRoom::Said&, std::size_t to) { return to == deaf && number++ == lost; };
  room.start(0);
  room.pass(3s);
  room.accept(1);
  room.accept(2);
  room.pass(25s);
  INFO("message " << lost << " to " << deaf);
  CHECK(room.meshed(all(3)));
}

TEST_CASE("without any path each link is let go by word, and the call ends") {
  GroupRoom room(2);
  room.paths = false;
  room.start(0);
  room.accept(1);
  room.pass(29s);
  CHECK(room.phase(0) == "connecting");
  room.pass(2s);
  CHECK(room.reason(0) == EndReason::connection_failed);
  CHECK(room.reason(1) == EndReason::connection_failed);
}

TEST_CASE("who joins a call that is gone ends after 30 s") {
  GroupRoom room(3);
  meet(room, all(2));
  room.lost = [](const GroupRoom::Said&, std::size_t to) { return to == 2; };
  room.leave(0);
  room.lost = nullptr;
  room.start(2);
  CHECK(room.phase(2) == "connecting");
  room.pass(31s);
  CHECK(room.reason(2) == EndReason::connection_failed);
}

TEST_CASE("the ninth hears that the call is full") {
  GroupRoom room(9);
  room.start(0);
  for (std::size_t i = 1; i < 8; ++i) room.accept(i);
  room.pass(1s);
  room.accept(8);
  CHECK(room.reason(8) == EndReason::full);
  room.pass(12s);
  CHECK(room.meshed(all(8)));
  room.leave(3);
  room.pass(12s);
  room.start(8);
  room.pass(1s);
  CHECK(room.meshed({0, 1, 2, 4, 5, 6, 7, 8}));
}

TEST_CASE("a second device stops ringing when its person answered on the first") {
  GroupRoom room(3);
  const std::size_t second = room.open(2);
  room.start(0);
  CHECK(room.phase(second) == "in-ringing");
  room.accept(1);
  room.pass(400ms);
  CHECK(room.reason(second) == EndReason::answered_elsewhere);
  CHECK(room.phase(2) == "in-ringing");
  room.pass(15s);
  CHECK(room.phase(second) == "idle");
}

TEST_CASE("two devices of one person may both be in the call: the server keeps them apart, the others see both") {
  GroupRoom room(2);
  const std::size_t second = room.open(2);
  meet(room, all(2));
  room.start(second);
  room.pass(1s);
  CHECK(room.linked(0, 1));
  CHECK(room.linked(0, second));
  CHECK(room.call(second)->links.size() == 1);
  CHECK(room.phase(second) == "active");
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
