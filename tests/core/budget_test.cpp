// What one person's words may make this page do, and whose calls do not ring at all.
#include "support/group_room.hpp"
#include "world.hpp"

using namespace odnix::scenario;

namespace {

CallId call_no(std::uint64_t number) { return {7, number}; }

/// Bob calls, and gives up at once.
bool rings_once(World& w, std::uint64_t number, UserId user = bob) {
  w.happens(from_v2(offer(), call_no(number), there, user));
  const bool rang = w.phase() == "InRinging";
  if (rang) w.happens(from_v2(End{EndReason::cancelled}, call_no(number), there, user));
  return rang;
}

template <class E>
std::size_t count(const std::vector<Effect>& effects) {
  return only<E>(effects).size();
}

}  // namespace

TEST_CASE("whoever rings again and again rings five times, then once in twelve seconds") {
  World w;
  for (std::uint64_t i = 0; i < 5; ++i) CHECK(rings_once(w, i));
  for (std::uint64_t i = 5; i < 50; ++i) CHECK_FALSE(rings_once(w, i));
  CHECK(rings_once(w, 50, carol));  // somebody else
  w.pass(11s);
  CHECK_FALSE(rings_once(w, 51));
  w.pass(1s);
  CHECK(rings_once(w, 52));
  CHECK_FALSE(rings_once(w, 53));
  w.pass(60s);
  for (std::uint64_t i = 60; i < 65; ++i) CHECK(rings_once(w, i));
}

TEST_CASE("a call that did not ring rings with a later copy of its offer") {
  World w;
  for (std::uint64_t i = 0; i < 5; ++i) rings_once(w, i);
  w.happens(from_v2(offer(), call_no(9)));
  CHECK(w.phase() == "Ended");
  w.pass(12s);
  w.happens(from_v2(offer(), call_no(9)));
  CHECK(w.phase() == "InRinging");
}

TEST_CASE("whoever is answered may call as often as they like") {
  World w;
  for (std::uint64_t i = 0; i < 40; ++i) {
    w.happens(from_v2(offer(), call_no(i)));
    REQUIRE(w.phase() == "InRinging");
    w.accepted();
    w.happens(HangUpRequested{});
  }
}

TEST_CASE("in a call, a stranger's calls are told as missed five times, and refused each time") {
  World w;
  w.in_call();
  std::size_t told = 0;
  std::size_t refused = 0;
  for (std::uint64_t i = 0; i < 50; ++i) {
    w.happens(from_v2(offer(), call_no(i), elsewhere, carol));
    told += count<TellMissed>(w.effects);
    refused += sent<End>(w.effects).size();
  }
  CHECK(told == 5);
  CHECK(refused == 50);
}

TEST_CASE("the other side cannot keep the browser busy with offers") {
  World w;
  w.in_call();
  const auto applied = [&w](std::uint32_t from, std::uint32_t to) {
    std::size_t count_of = 0;
    for (std::uint32_t round = from; round <= to; ++round) {
      w.happens(from_v2(Renegotiate{of_offer, their_sdp, round, 0, 0}, our_call));
      count_of += count<ApplyRemote>(w.effects);
      w.happens(RemoteDescriptionApplied{w.peer()});
      w.happens(LocalDescriptionReady{w.peer(), of_answer, our_sdp});
      w.all_acknowledged();
    }
    return count_of;
  };
  CHECK(applied(1, 200) == 16);
  w.pass(1s);
  CHECK(applied(201, 210) == 2);
  CHECK(w.phase() == "Active");
}

TEST_CASE("whoever says too much is not heard, and heard again after a pause") {
  World w;
  w.in_call();
  w.pass(60s);
  std::size_t heard = 0;
  const auto says = [&w](int count) {
    std::size_t taken = 0;
    for (int i = 0; i < count; ++i) {
      const bool camera = !w.call().links.front().remote_media || !w.call().links.front().remote_media->camera;
      w.happens(from_v2(MediaState{true, camera, true}, our_call));
      taken += w.call().links.front().remote_media && w.call().links.front().remote_media->camera == camera ? 1 : 0;
    }
    return taken;
  };
  heard = says(2000);
  CHECK(heard == 500);
  w.pass(1s);
  CHECK(says(2000) == 50);
  w.happens(from_v2(End{EndReason::busy}, {1, 1}, elsewhere, carol));  // another's words are heard all the same
  CHECK(w.state.traces.back().id == CallId{1, 1});
}

TEST_CASE("nor with a new call in place of the running one, again and again") {
  World w;
  w.in_call();
  std::size_t made = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    w.happens(from_v2(offer(), call_no(i)));
    made += count<CreatePeer>(w.effects);
  }
  CHECK(made == 16);
}

TEST_CASE("nor with connections while it rings") {
  World w;
  Self self = w.state.self;
  self.preconnect = Preconnect::always;
  w.happens(PageOpened{self});
  w.happens(SocketOpened{SocketKey{chat}});
  w.ringing_out();
  std::size_t made = 0;
  for (int i = 0; i < 100; ++i) {
    w.happens(from_v2(Early{DescriptionKind::offer, their_sdp, {}}, our_call));
    for (const auto& peer : only<CreatePeer>(w.effects)) {
      ++made;
      w.happens(DescriptionFailed{peer.peer, DescriptionStep::remote, "OperationError"});
    }
  }
  CHECK(made == 16);
  CHECK(w.phase() == "OutRinging");
}

TEST_CASE("nor with candidates: two generations at once, then four a second") {
  World w;
  w.in_call();
  std::size_t given = 0;
  const auto flood = [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t g = first; g <= last; ++g) {
      w.pass(500ms);
      w.happens(from_v2(Renegotiate{DescriptionKind::offer, their_sdp, g, g, 0}, our_call));
      w.happens(RemoteDescriptionApplied{w.peer()});
      w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::answer, our_sdp});
      w.all_acknowledged();
      for (int batch = 0; batch < 2; ++batch) {
        Candidates list;
        list.generation = g;
        for (int i = 0; i < 64; ++i) list.list.push_back(candidate(static_cast<int>(g) * 1000 + batch * 64 + i));
        w.happens(from_v2(std::move(list), our_call));
        for (const auto& add : only<AddCandidates>(w.effects)) given += add.list.size();
      }
    }
  };
  flood(1, 40);  // 20 s
  CHECK(given >= 128 + 19 * 4);
  CHECK(given <= 128 + 20 * 4);
}

TEST_CASE("a group: neither joining anew nor offering anew makes connections without end") {
  odnix::test::GroupRoom room(3);
  room.start(0);
  room.accept(1);
  room.pass(2s);
  REQUIRE(room.link(0, 1) != nullptr);
  const CallId id = room.call(0)->id;
  const auto made = [&] { return count<CreatePeer>(room.pages[0].effects); };
  const std::size_t before = made();
  const auto hears = [&](Signal signal, std::uint32_t seq) {
    const Header header{id, room.endpoint(1), room.endpoint(0), seq};
    room.happens(0, MessageReceived{ChatId{7}, UserId{2}, header, std::move(signal)});
  };
  for (std::uint32_t i = 0; i < 100; ++i) hears(Join{{}, 1000 + i, 0}, 1000 + i);
  CHECK(made() - before <= 16);
  const std::size_t then = made();
  for (std::uint32_t i = 0; i < 100; ++i)
    hears(Join{{}, 2000, room.link(0, 1) ? room.link(0, 1)->mesh->round : 0}, 3000 + i);
  for (std::uint32_t i = 0; i < 100; ++i)
    hears(LinkDescription{DescriptionKind::offer, their_sdp, {}, 5000 + i}, 5000 + i);
  CHECK(made() - then <= 1);
}

TEST_CASE("a group: pages that somebody makes up are not all greeted") {
  odnix::test::GroupRoom room(3);
  room.start(0);
  room.accept(1);
  room.pass(2s);
  const CallId id = room.call(0)->id;
  room.pages[0].effects.clear();
  for (std::uint32_t i = 0; i < 200; ++i) {
    Invite invite;
    for (std::uint64_t n = 0; n < 16; ++n) invite.people.push_back({EndpointId{0x10000 + i * 16 + n}, carol});
    const Header header{id, room.endpoint(1), std::nullopt, 1000 + i};
    room.happens(0, MessageReceived{ChatId{7}, UserId{2}, header, invite});
  }
  CHECK(sent<Join>(room.pages[0].effects).size() <= 16 * 17);  // to 16 pages, and to who announced them
}

// ---- blocked

TEST_CASE("a blocked person's call does not ring, is not missed, and hears nothing") {
  World w;
  w.happens(PersonBlocked{bob, true});
  w.happens(from_v2(offer()));
  CHECK(w.phase() == "Idle");
  CHECK(w.effects.empty());
  w.happens(from_old(offer()));
  CHECK(w.effects.empty());
  Offer late = offer();
  late.age = 58s;
  w.happens(from_v2(late, {9, 9}));
  CHECK(w.effects.empty());
  w.happens(CallPushed{ChatId{8}, bob, false, Secret{"Bob"}, {}});
  CHECK(w.effects.empty());
  w.happens(from_v2(offer(), {8, 8}, elsewhere, carol));
  CHECK(w.phase() == "InRinging");
}

TEST_CASE("who is blocked while they ring rings no more; unblocked, they ring again") {
  World w;
  w.rung();
  w.happens(PersonBlocked{bob, true});
  CHECK(w.phase() == "Ended");
  CHECK(sent<End>(w.effects).empty());
  w.happens(from_v2(offer(), {9, 9}));
  CHECK(w.phase() == "Ended");
  w.happens(PersonBlocked{bob, false});
  w.happens(from_v2(offer(), {10, 10}));
  CHECK(w.phase() == "InRinging");
}

TEST_CASE("a call with a blocked person that this person makes, or is in, goes on") {
  World w;
  w.in_call();
  w.happens(PersonBlocked{bob, true});
  CHECK(w.phase() == "Active");
  w.happens(HangUpRequested{});
  w.pass(5s);
  w.ringing_out();
  w.happens(from_v2(offer(), {1, 1}));  // both call at the same moment
  CHECK(w.phase() == "Connecting");
}

TEST_CASE("a blocked person's group call does not ring, and may be entered all the same") {
  odnix::test::GroupRoom room(3);
  room.happens(1, PersonBlocked{UserId{1}, true});
  room.start(0);
  CHECK(room.phase(1) == "idle");
  CHECK(room.phase(2) == "in-ringing");
  room.accept(2);
  room.pass(2s);
  room.start(1);
  room.pass(2s);
  CHECK(room.phase(1) == "active");
}
