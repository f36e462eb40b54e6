// The mesh of a group: one link per pair, each with its own fate, and everybody finds everybody.
#include "group_steps.hpp"

using namespace odnix::core;
using namespace std::chrono_literals;
using namespace odnix::scenario;
using odnix::test::GroupRoom;

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

TEST_CASE("the more links one line has to feed, the less each of them gets; with four the sound is lean, too") {
  struct Rung {
    std::size_t members;
    std::int32_t kbit;
    std::int32_t shrink;
    bool lean;
  };
  const auto rung = GENERATE(Rung{2, 2000, 100, false}, Rung{3, 1000, 100, false}, Rung{4, 650, 150, false},
                             Rung{5, 350, 200, true}, Rung{8, 250, 300, true});
  GroupRoom room(rung.members);
  meet(room, all(rung.members));
  for (const auto& link : Call{*room.call(0)}.links) room.happens(0, RemoteTrackAdded{link.peer, MediaKind::video});
  for (const auto& link : room.call(0)->links) {
    CHECK(link.quality.applied == LimitMedia{link.peer, rung.kbit, rung.shrink, true, rung.lean});
  }
}

TEST_CASE("the starter may have the largest page id") {
  GroupRoom room(3);
  meet(room, {2, 1, 0});
  CHECK(count<CreateOffer>(room, 2) == 0);
  CHECK(count<CreateOffer>(room, 0) == 2);
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

TEST_CASE("two whose link was given up by word, and who both stayed, meet again") {
  GroupRoom room(3);
  meet(room, all(3));
  const auto between = [](const GroupRoom::Said& one, std::size_t to) { return one.from + to == 1; };
  room.lost = [&](const GroupRoom::Said& one, std::size_t to) { return between(one, to) && !is<Leave>(one); };
  room.breaks(0, room.link(0, 1)->peer);
  room.breaks(1, room.link(1, 0)->peer);
  room.pass(31s);
  CHECK_FALSE(room.link(0, 1));
  CHECK_FALSE(room.link(1, 0));
  CHECK(room.phase(0) == "active");
  room.lost = nullptr;
  room.pass(31s);
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

TEST_CASE("a connection that the browser gives up is made anew; the third person does not notice") {
  GroupRoom room(3);
  meet(room, all(3));
  const std::size_t page = GENERATE(0U, 1U);  // who offers, and who answers
  const std::size_t made = count<CreatePeer>(room, page);
  const std::size_t thirds = count<CreatePeer>(room, 2);
  const auto& links = room.call(page)->links;
  const auto link = std::find_if(links.begin(), links.end(), [&](const Link& one) {
    return one.endpoint == room.pages[1 - page].state.self.endpoint;
  });
  REQUIRE(link != links.end());
  room.happens(page, PeerFailed{link->peer, "gone"});
  room.pass(15s);
  CHECK(room.meshed(all(3)));
  CHECK(count<CreatePeer>(room, page) == made + 1);
  CHECK(count<CreatePeer>(room, 2) == thirds);
}
