#include "world.hpp"

using namespace odnix::scenario;

namespace {

/// An active call whose data channel stands; nothing waits for an acknowledgement.
struct WithChannel : World {
  WithChannel() {
    in_call();
    all_acknowledged();
    happens(ChannelOpened{peer()});
  }
  ChannelMessage said(Signal signal, std::uint32_t seq = 50) const {
    return {peer(), Header{our_call, there, here, seq}, std::move(signal)};
  }
};

/// The signals of one type that went by the channel.
template <class S>
std::size_t by_channel(const Effects& effects) {
  std::size_t count = 0;
  for (const auto& effect : only<SendByChannel>(effects)) count += std::get_if<S>(&effect.message.signal) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("every offer asks for a data channel before it is made, an answer to a v2 peer too, one to an old peer not") {
  World caller;
  CHECK(caller.happens(StartRequested{our_call, true}) ==
        Effects{OpenMedia{RequestId{1}, true, true}, CreatePeer{PeerId{2}, true, true}, OpenChannel{PeerId{2}},
                CreateOffer{PeerId{2}, false}});
  World callee;
  callee.rung();
  CHECK(only<OpenChannel>(callee.happens(AcceptRequested{true})).size() == 1);
  World of_old;
  of_old.rung_by_old();
  CHECK(only<OpenChannel>(of_old.happens(AcceptRequested{true})).empty());
}

TEST_CASE(
    "with a channel the server carries nothing of a sound call, but now and then a word to see whether it lives") {
  WithChannel w;
  w.happens(MicrophoneSwitched{false});
  CHECK(by_channel<MediaState>(w.effects) == 1);
  CHECK(only<SendMessage>(w.effects).empty());
  const auto seq = only<SendByChannel>(w.effects)[0].message.header->seq;
  w.happens(w.said(Ack{seq}, 0));
  CHECK(w.state.unacked.empty());
  CHECK(only<SendMessage>(w.pass(11s)).empty());
  CHECK(only<SendMessage>(w.pass(1s)).size() == 1);
}

TEST_CASE("what the channel does not deliver within a second is repeated by the socket, under the same number") {
  WithChannel w;
  w.happens(MicrophoneSwitched{false});
  const auto seq = only<SendByChannel>(w.effects)[0].message.header->seq;
  const auto later = w.pass(1s);
  REQUIRE(only<SendMessage>(later).size() == 1);
  CHECK(only<SendMessage>(later)[0].header->seq == seq);
}

TEST_CASE("a channel that closes hands what is not acknowledged to the socket at once; the call goes on") {
  WithChannel w;
  w.happens(MicrophoneSwitched{false});
  w.happens(ChannelClosed{w.peer()});
  CHECK(w.phase() == "Active");
  CHECK(sent<MediaState>(w.pass(0s)).size() == 1);
  w.happens(MicrophoneSwitched{true});
  CHECK(only<SendByChannel>(w.effects).empty());
  CHECK(sent<MediaState>(w.effects).size() == 1);
}

TEST_CASE("a hang-up goes both ways, and by the channel alone while the server is away") {
  WithChannel w;
  SECTION("both") {
    w.happens(HangUpRequested{});
    CHECK(by_channel<End>(w.effects) == 1);
    CHECK(sent<End>(w.effects).size() == 1);
  }
  SECTION("without a server") {
    w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
    w.happens(HangUpRequested{});
    CHECK(by_channel<End>(w.effects) == 1);
    CHECK(sent<End>(w.effects).empty());
    // It is still said to the server once that is back: the channel may have been quicker closed than heard.
    w.pass(1s);
    CHECK(sent<End>(w.happens(SocketOpened{SocketKey{chat}})).size() == 1);
  }
  CHECK(w.reason() == EndReason::hangup);
}

TEST_CASE("the end comes before its channel closes") {
  WithChannel w;
  w.happens(HangUpRequested{});
  std::size_t end = 0, close = 0;
  for (std::size_t i = 0; i < w.effects.size(); ++i) {
    if (std::get_if<SendByChannel>(&w.effects[i])) end = i;
    if (std::get_if<ClosePeer>(&w.effects[i])) close = i;
  }
  CHECK(end < close);
}

TEST_CASE("while the path is in doubt everything goes both ways at once") {
  WithChannel w;
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  w.happens(MicrophoneSwitched{false});
  CHECK(by_channel<MediaState>(w.effects) == 1);
  CHECK(sent<MediaState>(w.effects).size() == 1);
}

TEST_CASE("what comes by the channel is acknowledged by it, and its second copy by the socket changes nothing") {
  WithChannel w;
  CHECK(w.happens(w.said(MediaState{false, true})) ==
        Effects{SendByChannel{w.peer(), SendMessage{chat, Header{our_call, here, there, 0}, Ack{50}}}});
  CHECK(w.call().links.front().remote_media == MediaState{false, true});
  MessageReceived copy = from_v2(MediaState{true, true}, our_call, there, bob, 50);
  w.happens(copy);
  CHECK(w.call().links.front().remote_media == MediaState{false, true});
  w.happens(w.said(End{EndReason::hangup}, 51));
  CHECK(w.reason() == EndReason::hangup);
}

TEST_CASE("of two reports of devices that overtake each other the newer counts") {
  WithChannel w;
  w.happens(w.said(MediaState{false, false}, 52));
  w.happens(from_v2(MediaState{true, true}, our_call, there, bob, 51));  // the socket was slower
  CHECK(w.call().links.front().remote_media == MediaState{false, false});
}

TEST_CASE("a peer speaks for its own page, in this call, to us; for nobody else") {
  WithChannel w;
  const Call before = w.call();
  ChannelMessage lie = w.said(End{EndReason::hangup});
  SECTION("another page") { lie.header.from = elsewhere; }
  SECTION("another call") { lie.header.call = their_call; }
  SECTION("to everybody") { lie.header.to.reset(); }
  SECTION("to another page") { lie.header.to = elsewhere; }
  SECTION("by a connection that is gone") { lie.peer = PeerId{99}; }
  CHECK(w.happens(lie).empty());
  CHECK(w.call() == before);
}

TEST_CASE("an old peer's browser may agree to a channel: its page never hears of it") {
  World w;
  w.ringing_out();
  w.happens(from_old(Answer{their_sdp, {}}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.connected();
  w.happens(ChannelOpened{w.peer()});
  w.happens(HangUpRequested{});
  CHECK(only<SendByChannel>(w.effects).empty());
  CHECK(sent<End>(w.effects).size() == 1);
}

TEST_CASE("messages that vanish are said again until none is missing: a gap closes by itself") {
  WithChannel w;
  w.happens(ChannelClosed{w.peer()});  // only the socket is left, and its server drops everything for a while
  w.happens(MicrophoneSwitched{false});
  w.happens(MicrophoneSwitched{true});
  w.happens(MicrophoneSwitched{false});
  std::vector<std::uint32_t> numbers;
  for (const auto& message : only<SendMessage>(w.pass(1s))) numbers.push_back(message.header->seq);
  REQUIRE(numbers.size() == 3);
  CHECK(numbers[0] + 1 == numbers[1]);
  CHECK(numbers[1] + 1 == numbers[2]);
  // The middle one is lost again: it alone is asked for by its silence.
  w.happens(from_v2(Ack{numbers[0]}, our_call, there, bob, 0));
  w.happens(from_v2(Ack{numbers[2]}, our_call, there, bob, 0));
  const auto again = only<SendMessage>(w.pass(3s));
  REQUIRE(again.size() == 1);
  CHECK(again[0].header->seq == numbers[1]);
}
