// Faults that the simulation found, each told as the shortest story in which it shows.
#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("a camera that was given up while it opened is closed when it is there") {
  World w;
  w.happens(StartRequested{our_call, true});
  const RequestId request = w.request();
  w.happens(from_v2(offer(true), CallId{1, 1}));  // glare with an audio call
  REQUIRE(w.phase() == "Connecting");
  SECTION("both devices open") {
    w.happens(MediaOpened{request, true, true});
    CHECK(only<CloseCamera>(w.effects).size() == 1);
    CHECK(w.call().media.camera == DeviceState::closed);
    CHECK(w.call().media.microphone == DeviceState::on);
  }
  SECTION("they fail together: the microphone alone is tried") {
    w.happens(MediaFailed{request, MediaError::busy, {}, {}});
    CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{w.request(), true, false}});
    CHECK(w.call().media.camera == DeviceState::closed);
  }
}

TEST_CASE("the microphone is not opened while it rings, whatever the page asks for") {
  World w;
  w.rung();
  CHECK(w.happens(MicrophoneSwitched{true}).empty());
  CHECK(w.happens(CameraSwitched{true}).empty());
}

TEST_CASE("a device that changes while the answer is being applied reaches the caller's senders") {
  World w;
  w.ringing_out(true);
  w.happens(from_v2(Answer{their_sdp, {}}, our_call));
  CHECK(w.happens(CameraSwitched{false}) == Effects{CloseCamera{}, AttachMedia{w.peer()}});
}

TEST_CASE("who loses a glare says that its own call is over, so that nobody rings for it") {
  World w;
  w.ringing_out();
  SECTION("to a v2 peer") {
    w.happens(from_v2(offer(), CallId{1, 1}));
    REQUIRE(sent<End>(w.effects) == std::vector{End{EndReason::glare}});
    CHECK(only<SendMessage>(w.effects)[0].header->call == our_call);
  }
  SECTION("not to an old one: it would end its own call") {
    w.happens(from_old(offer()));
    CHECK(sent<End>(w.effects).empty());
  }
}

TEST_CASE("who still waits in a call that is over here is told again how it ended") {
  World w;
  SECTION("a caller that missed the decline") {
    w.rung();
    w.happens(DeclineRequested{});
    w.happens(from_v2(offer()));
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined}});
    CHECK(w.phase() == "Ended");
  }
  SECTION("an old caller that missed the decline") {
    w.rung_by_old();
    w.happens(DeclineRequested{});
    w.happens(from_old(offer()));
    REQUIRE(sent<End>(w.effects).size() == 1);
    CHECK_FALSE(only<SendMessage>(w.effects)[0].header);
  }
  SECTION("a second device that answers after the first declined") {
    w.ringing_out();
    w.happens(from_v2(End{EndReason::declined}, our_call));
    const Header header{our_call, elsewhere, here, 1};
    w.happens(MessageReceived{chat, bob, header, Answer{their_sdp, {}}});
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::declined_elsewhere}});
    CHECK(only<SendMessage>(w.effects)[0].header->to == elsewhere);
  }
  SECTION("a device that rings for a call that was cancelled") {
    w.ringing_out();
    w.happens(HangUpRequested{});
    const Header header{our_call, elsewhere, here, 1};
    w.happens(MessageReceived{chat, bob, header, Ringing{}});
    CHECK(sent<End>(w.effects) == std::vector{End{EndReason::cancelled}});
  }
}

TEST_CASE("a decline on one device stops the ring on the others") {
  World w;
  w.ringing_out();
  w.happens(from_v2(End{EndReason::busy}, our_call));
  CHECK(w.reason() == EndReason::busy);
  REQUIRE(sent<End>(w.effects) == std::vector{End{EndReason::declined_elsewhere}});
  CHECK_FALSE(only<SendMessage>(w.effects)[0].header->to);
}

TEST_CASE("a hang-up that waits for the socket is dropped before an old peer could take it for its next call's") {
  World w;
  w.rung_by_old().accepted().connected();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  w.happens(HangUpRequested{});
  REQUIRE(w.state.outbox.size() == 1);
  SECTION("soon enough") {
    w.pass(1s);
    w.happens(SocketOpened{SocketKey{chat}});
    CHECK(sent<End>(w.effects).size() == 1);
  }
  SECTION("too late") {
    w.now += 11s;
    w.happens(TimePassed{});
    w.happens(SocketOpened{SocketKey{chat}});
    CHECK(sent<End>(w.effects).empty());
  }
}
