// Calls of a group: who rings, who enters, who leaves and comes back.
#include "group_steps.hpp"

using namespace odnix::core;
using namespace std::chrono_literals;
using namespace odnix::scenario;
using odnix::test::GroupRoom;

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

TEST_CASE("everybody declined: the starter hears it at once where the members are known, else it rings on") {
  const bool known = GENERATE(true, false);
  GroupRoom room(3, known);
  room.start(0);
  room.decline(1);
  CHECK(room.phase(0) == "out-ringing");
  room.decline(2);
  if (!known) {
    CHECK(room.phase(0) == "out-ringing");
    room.pass(60s);
  }
  CHECK(room.reason(0) == (known ? EndReason::declined : EndReason::timeout));
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

TEST_CASE("who left may come back, also within seconds, and where nobody heard them leave") {
  GroupRoom room(3);
  meet(room, all(3));
  const auto gap = GENERATE(0ms, 500ms, 5000ms, 20000ms);
  const bool heard = GENERATE(true, false);
  if (!heard) room.lost = [](const GroupRoom::Said& one, std::size_t) { return is<Leave>(one); };
  room.leave(1);
  room.lost = nullptr;
  room.pass(gap);
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

TEST_CASE("nobody shares a screen with a group: the press does nothing") {
  GroupRoom room(2);
  for (GroupRoom::Page& page : room.pages) page.state.self.can_share = true;
  meet(room, all(2));
  REQUIRE(room.call(0)->connected_at);
  const std::size_t before = room.pages[0].effects.size();
  room.happens(0, ShareSwitched{true});
  CHECK(room.pages[0].effects.size() == before);
  CHECK_FALSE(may_share(room.pages[0].state, *room.call(0)));
  CHECK(room.call(0)->media.share == ShareState::none);
}
