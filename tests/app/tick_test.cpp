// The tick: what happens in which order, and what does not happen when nothing changed.
#include "core/step.hpp"
#include "support/page.hpp"
#include "support/printers.hpp"

using namespace odnix;
using namespace odnix::test;
using Calls = std::vector<std::string>;

TEST_CASE("a page opens its sockets and shows nothing", "[app]") {
  Page page;
  page.app.start(self());
  CHECK(page.world.take_calls() ==
        Calls{"open chat 7", "open notify", "request ring right", "tell tabs hello", "find kept"});
  CHECK(page.world.shown.empty());
  CHECK(page.world.page_states.empty());
  CHECK(page.world.alarms.size() == 1);
}

TEST_CASE("what was posted before the start waits for it", "[app]") {
  Page page;
  page.inbox.post(ports::StartCommand{true});
  page.app.run();  // the wake of that post
  CHECK(page.world.calls.empty());
  page.app.start(self());
  CHECK(page.world.take_calls() ==
        Calls{"open chat 7", "open notify", "request ring right", "tell tabs hello", "find kept"});
  CHECK(page.wakes_later == 1);
  page.app.run();
  CHECK(page.world.calls.front() == "open media 1 audio video");
  CHECK(page.state() == "preparing");
}

TEST_CASE("starting twice is starting once", "[app]") {
  Page page;
  page.app.start(self());
  page.app.start(self());
  CHECK(page.world.calls.size() == 5);
}

TEST_CASE("effects run in the order in which the call machine names them", "[app]") {
  Page page;
  page.open();
  page.tell(ports::StartCommand{false});
  CHECK(page.world.take_calls() == Calls{"open media 1 audio", "create peer 2 offerer", "open channel peer 2",
                                         "create offer peer 2", "tell tabs busy", "page preparing"});
}

TEST_CASE("the state is stored before its effects run", "[app]") {
  Page page;
  page.open();
  Calls states;
  page.world.during_call = [&](const std::string&) { states.push_back(page.state()); };
  page.tell(ports::StartCommand{true});
  REQUIRE(!states.empty());
  for (const std::string& state : states) CHECK(state == "preparing");
}

TEST_CASE("a port that reports at once is heard after the tick", "[app]") {
  Page page;
  page.open();
  std::string during;
  page.world.during_call = [&](const std::string& call) {
    if (call != "open media 1 audio") return;
    page.inbox.post(core::Event{core::MediaFailed{core::RequestId{1}, core::MediaError::denied}});
    page.app.run();  // even a port that calls back in changes nothing while the tick runs
    during = page.state() + (page.inbox.empty() ? "" : " waiting");
  };
  page.tell(ports::StartCommand{false});
  CHECK(during == "preparing waiting");
  CHECK(page.inbox.empty());
  CHECK(page.seen().screen == view::Screen::notice);  // the failure came back as an event and is shown
}

TEST_CASE("the page hears of each state once, and of the reason at the end", "[app]") {
  Page page;
  page.open();
  page.ring();
  page.ring();
  page.receive(core::End{core::EndReason::answered_elsewhere}, header(2));
  page.pass(std::chrono::seconds{60});
  CHECK(page.world.page_states == Calls{"in-ringing", "ended answered-elsewhere", "idle"});
}

TEST_CASE("states that pass within one run are all told", "[app]") {
  Page page;
  page.open();
  page.inbox.post(ports::StartCommand{false});
  page.inbox.post(ports::EndCommand{});
  page.app.run();
  CHECK(page.world.page_states == Calls{"preparing", "idle"});
  CHECK(page.world.shown.empty());  // and nothing flashes up
}

TEST_CASE("nothing is drawn while what is seen stays the same", "[app]") {
  Page page;
  page.open();
  page.ring();
  REQUIRE(page.world.shown.size() == 1);
  page.ring();
  page.tell(core::Event{core::TimePassed{}});
  page.receive(core::Candidates{{candidate()}}, header(3));
  page.tell(core::Event{core::FrameRejected{{chat}, "test"}});
  CHECK(page.world.shown.size() == 1);
  page.receive(core::End{core::EndReason::cancelled}, header(4));
  CHECK(page.world.shown.size() == 2);
}

TEST_CASE("one alarm per run, for the earliest of all deadlines", "[app]") {
  Page page;
  page.open();
  page.ring();
  REQUIRE(page.world.alarms.size() == 1);
  CHECK(page.world.alarms.back() == core::next_deadline(page.app.state()));
  page.inbox.post(core::Event{core::TimePassed{}});
  page.inbox.post(core::Event{core::TimePassed{}});
  page.app.run();
  CHECK(page.world.alarms.size() == 2);
}

TEST_CASE("an idle page has no alarm", "[app]") {
  Page page;
  page.open();
  page.tell(core::Event{core::TimePassed{}});
  CHECK(page.world.alarms.back() == std::nullopt);
}

TEST_CASE("a run with nothing to do touches nothing", "[app]") {
  Page page;
  page.open();
  page.app.run();
  CHECK(page.world.alarms.empty());
  CHECK(page.world.calls.empty());
}

TEST_CASE("a flood is taken in portions, in order, and the browser breathes in between", "[app]") {
  Page page;
  page.open();
  for (int i = 0; i < 150; ++i) page.inbox.post(core::Event{core::FrameRejected{{chat}, std::to_string(i)}});
  CHECK(page.wakes == 1);
  page.app.run();
  CHECK(page.world.log_lines.back().text == core::describe(core::FrameRejected{{chat}, "63"}));
  CHECK(page.wakes_later == 1);
  page.app.run();
  CHECK(page.wakes_later == 2);
  page.app.run();
  CHECK(page.wakes_later == 2);
  CHECK(page.wakes == 1);
  CHECK(page.inbox.empty());
  CHECK(page.world.log_lines.back().text == core::describe(core::FrameRejected{{chat}, "149"}));
}

TEST_CASE("a slow run ends after some milliseconds but always gets on", "[app]") {
  Page page;
  page.open();
  page.per_look = core::Duration{3};
  for (int i = 0; i < 10; ++i) page.inbox.post(core::Event{core::TimePassed{}});
  int runs = 0;
  while (!page.inbox.empty()) {
    page.app.run();
    ++runs;
  }
  CHECK(runs > 2);
  CHECK(runs <= 10);
  CHECK(page.wakes_later == runs - 1);
}

TEST_CASE("a page that goes in the middle of a flood says so: no task of it would run any more", "[app]") {
  Page page;
  page.open();
  page.tell(ports::StartCommand{false});
  for (int i = 0; i < 150; ++i) page.inbox.post(core::Event{core::FrameRejected{{chat}, std::to_string(i)}});
  page.app.run();
  page.forget();
  page.inbox.post_first(core::Event{core::PageHidden{}});
  CHECK(page.wakes == 1);
  page.app.run();
  CHECK(page.state() == "idle");
  CHECK(page.world.calls.front() == "close peer 2");
  CHECK(!page.inbox.empty());
}

TEST_CASE("an inbox without a pause of its own falls back to its wake", "[app]") {
  int wakes = 0;
  ports::Inbox inbox([&] { ++wakes; });
  inbox.post(ports::EndCommand{});
  inbox.post(ports::EndCommand{});
  CHECK(wakes == 1);
  inbox.resume_later();
  CHECK(wakes == 2);
}

TEST_CASE("frames become messages, and broken ones a warning at most once a second", "[app]") {
  Page page;
  page.open();
  for (int i = 0; i < 40; ++i) page.tell(ports::RawFrame{{chat}, "nonsense"});
  page.tell(ports::RawFrame{{}, "[]"});
  CHECK(page.world.warnings() == Calls{"refused 1 frame(s), the last: not-json"});
  page.now += std::chrono::seconds{1};
  page.tell(ports::RawFrame{{chat}, std::string(300 * 1024, ' ')});
  CHECK(page.world.warnings().back() == "refused 41 frame(s), the last: too-large");
  page.tell(ports::RawFrame{{chat}, R"({"type":"something.new"})"});
  page.now += std::chrono::seconds{1};
  page.tell(ports::RawFrame{{chat}, R"({"type":"something.new"})"});
  CHECK(page.world.warnings().size() == 2);
  CHECK(page.state() == "idle");
  page.ring();
  CHECK(page.state() == "in-ringing");  // never fatal
}

TEST_CASE("reports about handles that are closed change nothing", "[app]") {
  Page page;
  page.open();
  page.ring();
  const core::State before = page.app.state();
  page.forget();
  const core::PeerId gone{4711};
  const core::RequestId old{4711};
  for (const core::Event& event : std::vector<core::Event>{
           core::LocalDescriptionReady{gone, core::DescriptionKind::offer, sdp()}, core::RemoteDescriptionApplied{gone},
           core::DescriptionFailed{gone, core::DescriptionStep::remote, "x"},
           core::CandidateGathered{gone, candidate()}, core::CandidateRefused{gone, "x"},
           core::ConnectionChanged{gone, core::ConnectionState::failed, core::IceState::failed},
           core::RemoteTrackAdded{gone, core::MediaKind::video}, core::PeerFailed{gone, "x"},
           core::MediaOpened{old, true, true}, core::MediaFailed{old, core::MediaError::busy}}) {
    CAPTURE(event);
    page.tell(event);
    CHECK(page.app.state() == before);
  }
  CHECK(page.world.calls.empty());
  CHECK(page.world.shown.empty());
}

TEST_CASE("a message goes out as the text that the codec makes of it", "[app]") {
  Page page;
  page.open();
  page.ring();
  page.forget();
  page.press(view::ControlId::decline);
  REQUIRE(page.world.sent.size() == 1);
  CHECK(page.world.sent[0].socket == core::SocketKey{chat});
  CHECK(page.world.sent[0].text ==
        R"({"type":"webrtc.end","payload":{"reason":"declined","v":2,"call":"00000000000000a10000000000000001",)"
        R"("from":"1111222233334444","to":"5555666677778888","seq":2}})");
}

TEST_CASE("what is said for a crash is ready while there is somebody to tell, and names the page that has the call",
          "[app]") {
  Page page;
  page.open();
  page.ring();
  CHECK(page.world.last_words.empty());
  page.press(view::ControlId::accept_audio);
  const core::Header to_anna{call_1, my_page, annas_page, 0};
  CHECK(page.world.last_words == "chat 7 " + protocol::encode({chat, to_anna, core::End{core::EndReason::error}}));
  page.tell(ports::EndCommand{});
  CHECK(page.world.last_words.empty());
}

TEST_CASE("more frames than a page gets to are passed over, and said; then all is as before", "[app]") {
  Page page;
  page.open();
  const std::string large(250 * 1024, ' ');
  for (int i = 0; i < 100; ++i) page.inbox.post_frame({{chat}, large});
  page.app.run();
  const Calls warnings = page.world.warnings();
  CHECK(std::count(warnings.begin(), warnings.end(), "passed over 84 frame(s): more came than this page gets to") == 1);
  while (!page.inbox.empty()) page.app.run();
  page.inbox.post_frame({{chat}, large});
  page.app.run();
  CHECK(page.world.warnings().size() == warnings.size());
}
