#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("a chat page opens both sockets, another page only the notify socket") {
  World w;
  Self self = w.state.self;
  CHECK(only<OpenSocket>(w.happens(PageOpened{self})) ==
        std::vector{OpenSocket{SocketKey{chat}}, OpenSocket{SocketKey{}}});
  self.chat.reset();
  CHECK(only<OpenSocket>(w.happens(PageOpened{self})) == std::vector{OpenSocket{SocketKey{}}});
  self.notify = false;
  CHECK(only<OpenSocket>(w.happens(PageOpened{self})).empty());
}

TEST_CASE("a socket that will not open is tried again after 0, 0.3, 1.2, 2.7, 4.8 s and then every 5 s, plus jitter") {
  World w;
  Self self = w.state.self;
  self.notify = false;
  w.happens(PageOpened{self});
  std::vector<std::int64_t> pauses;
  int reports = 0;
  for (int i = 0; i < 7; ++i) {
    w.happens(SocketClosed{SocketKey{chat}, 1006, 7ms});
    reports += static_cast<int>(only<ReportProblem>(w.effects).size());
    pauses.push_back((*next_deadline(w.state) - w.now).count() - 7);
    w.now = *next_deadline(w.state);
    CHECK(w.happens(TimePassed{}) == Effects{OpenSocket{SocketKey{chat}}});
  }
  CHECK(pauses == std::vector<std::int64_t>{0, 300, 1200, 2700, 4800, 5000, 5000});
  CHECK(reports == 1);
}

TEST_CASE("a socket that stood is reopened at once; one that opens and falls is not hammered") {
  World w;
  w.pass(10s);
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  CHECK(*next_deadline(w.state) == w.now);
  w.happens(TimePassed{});
  w.happens(SocketOpened{SocketKey{chat}});
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  CHECK(*next_deadline(w.state) - w.now == 300ms);
}

TEST_CASE("a socket that neither opens nor fails is given up after 10 s") {
  World w;
  w.happens(SocketClosed{SocketKey{}, 1006, 0ms});
  w.happens(TimePassed{});
  const auto effects = w.pass(10s);
  CHECK(only<CloseSocket>(effects).size() == 1);
}

TEST_CASE("while the server is away a call rings on, and offers the same call when it is back") {
  World w;
  w.ringing_out();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  CHECK(sent<Offer>(w.pass(5s)).empty());
  w.happens(SocketOpened{SocketKey{chat}});
  CHECK(sent<Offer>(w.effects).size() == 1);
  CHECK(only<SendMessage>(w.effects)[0].header->call == our_call);
}

TEST_CASE("a hang-up while the server is away arrives when it is back, and nothing else of that call") {
  World w;
  w.in_call();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  CHECK(only<SendMessage>(w.happens(MicrophoneSwitched{false})).empty());
  CHECK(only<SendMessage>(w.happens(HangUpRequested{})).empty());
  w.happens(TimePassed{});
  w.happens(SocketOpened{SocketKey{chat}});
  REQUIRE(only<SendMessage>(w.effects).size() == 2);  // and that who rings may offer again
  CHECK(only<SendMessage>(w.effects)[0].signal == Signal{End{EndReason::hangup}});
  CHECK(only<SendMessage>(w.effects)[1].signal == Signal{Ready{}});
}

TEST_CASE("a page that opens its chat while somebody rings asks for the offer") {
  World w;
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  w.happens(TimePassed{});
  CHECK(sent<Ready>(w.happens(SocketOpened{SocketKey{chat}})).size() == 1);
  w.in_call();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  w.happens(TimePassed{});
  CHECK(sent<Ready>(w.happens(SocketOpened{SocketKey{chat}})).empty());
}

TEST_CASE("in a call, a push from another chat opens its socket so that its caller hears busy") {
  World w;
  w.in_call();
  const ChatId other{9};
  w.happens(CallPushed{other, carol, false, Secret{"Carol"}, {}});
  CHECK(only<OpenSocket>(w.effects) == std::vector{OpenSocket{SocketKey{other}}});
  w.happens(SocketOpened{SocketKey{other}});
  CHECK(sent<Ready>(w.effects).size() == 1);
  MessageReceived call = from_v2(offer(), their_call, elsewhere, carol);
  call.chat = other;
  CHECK(sent<End>(w.happens(call)) == std::vector{End{EndReason::busy}});
  CHECK(w.phase() == "Active");
  CHECK(only<CloseSocket>(w.pass(30s)) == std::vector{CloseSocket{SocketKey{other}}});
}

TEST_CASE("a dead socket does not hurt a running call") {
  World w;
  w.in_call();
  w.happens(SocketClosed{SocketKey{chat}, 1006, 0ms});
  w.pass(60s);
  CHECK(w.phase() == "Active");
}

namespace {

World quiet_call() {
  World w;
  w.in_call();
  w.happens(ChannelOpened{w.peer(), Secret{"token"}});
  w.all_acknowledged();
  return w;
}

std::vector<SendMessage> asked(const Effects& effects) {
  std::vector<SendMessage> all;
  for (const auto& message : only<SendMessage>(effects)) {
    if (std::get_if<MediaState>(&message.signal)) all.push_back(message);
  }
  return all;
}

}  // namespace

TEST_CASE(
    "a call's socket that brings nothing for 12 s is asked, by itself and by nothing else; what it brings is an "
    "answer") {
  World w = quiet_call();
  for (int i = 0; i < 5; ++i) {
    CHECK(asked(w.pass(11900ms)).empty());
    const auto effects = w.pass(100ms);
    REQUIRE(asked(effects).size() == 1);
    CHECK(only<SendByChannel>(effects).empty());
    const Header header = *asked(effects)[0].header;
    CHECK(header.to == there);
    w.happens(from_v2(Ack{header.seq}, our_call));
  }
  w.pass(11900ms);
  w.happens(from_v2(MediaState{true, true, true}, our_call, there, bob, 9));  // they asked
  CHECK(asked(w.pass(11900ms)).empty());
  CHECK(asked(w.pass(100ms)).size() == 1);
}

TEST_CASE("a socket that lets no answer through for 4 s is replaced; what was said is said by the next") {
  World w = quiet_call();
  w.pass(12s);
  CHECK(only<OpenSocket>(w.pass(3900ms)).empty());
  const auto replaced = w.pass(100ms);
  CHECK(only<CloseSocket>(replaced).empty());  // it may be good, and hears on meanwhile
  CHECK(only<OpenSocket>(replaced) == std::vector{OpenSocket{SocketKey{chat}}});
  CHECK(w.phase() == "Active");
  REQUIRE(asked(w.happens(SocketOpened{SocketKey{chat}})).size() == 1);
  w.happens(from_v2(Ack{asked(w.effects)[0].header->seq}, our_call));
  CHECK(asked(w.pass(12s)).size() == 1);
}

TEST_CASE("an answer by the data channel says nothing of the socket") {
  World w = quiet_call();
  MessageReceived ack = from_v2(Ack{asked(w.pass(12s))[0].header->seq}, our_call);
  ack.header->to = here;
  w.happens(ChannelMessage{w.peer(), *ack.header, ack.signal});
  CHECK(only<OpenSocket>(w.pass(4s)).size() == 1);
}

TEST_CASE("when the next socket brings no answer either, theirs is the one that is gone: asked again after a minute") {
  World w = quiet_call();
  w.pass(16s);
  w.happens(SocketOpened{SocketKey{chat}});
  CHECK(only<OpenSocket>(w.pass(63900ms)).empty());
  CHECK(only<OpenSocket>(w.pass(100ms)).size() == 1);
}

TEST_CASE("nobody is asked who cannot answer: an old peer, a call that rings, and one whose path is lost") {
  World old;
  old.rung_by_old().accepted().connected();
  CHECK(only<SendMessage>(old.pass(60s)).empty());

  World rings;
  rings.ringing_out();
  CHECK(asked(rings.pass(30s)).empty());

  World lost = quiet_call();
  lost.happens(ConnectionChanged{lost.peer(), ConnectionState::disconnected, IceState::disconnected});
  CHECK(asked(lost.pass(29s)).empty());
}
