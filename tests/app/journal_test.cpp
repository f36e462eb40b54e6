// A journal replays bit for bit, stays small, and holds no secret.
#include "app/journal.hpp"

#include "core/step.hpp"
#include "replay/read_value.hpp"
#include "replay/replay.hpp"
#include "support/page.hpp"
#include "support/printers.hpp"
#include "support/random_events.hpp"

using namespace odnix;
using namespace odnix::test;

namespace {

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// A call that rings, is accepted, connects and ends.
void whole_call(Page& page) {
  page.open();
  page.tell(ports::RawFrame{{},
                            R"({"type":"incoming.call","from_user_id":2,"chat_id":7,"audioOnly":false,)"
                            R"("from_full_name":"Wilhelmina","from_avatar":"/media/wilhelmina.png"})"});
  page.ring();
  page.receive(core::Candidates{{candidate(1), candidate(2)}}, header(2));
  page.press(view::ControlId::accept);
  const core::Call* call = core::call_of(page.app.state().phase);
  REQUIRE(call != nullptr);
  REQUIRE(call->links.size() == 1);
  const core::PeerId peer = call->links[0].peer;
  REQUIRE(call->media.request.has_value());
  page.tell(core::Event{core::MediaOpened{*call->media.request, true, true}});
  page.tell(core::Event{core::RemoteDescriptionApplied{peer}});
  page.tell(core::Event{core::CandidateGathered{peer, candidate(9)}});
  page.tell(core::Event{core::LocalDescriptionReady{peer, core::DescriptionKind::answer, sdp(true, 5)}});
  page.tell(core::Event{core::CandidateGathered{peer, candidate(8)}});
  page.pass(core::Duration{150});
  page.tell(core::Event{core::ConnectionChanged{peer, core::ConnectionState::connected, core::IceState::connected}});
  page.pass(core::Duration{5000});
  REQUIRE(page.state() == "active");
  page.tell(core::Event{core::CandidateRefused{peer, "OperationError: a=candidate:7 1 udp 1 192.0.2.77 9"}});
  page.receive(core::End{core::EndReason::hangup}, header(3));
  page.pass(core::Duration{60'000});
}

}  // namespace

TEST_CASE("a call's journal replays to the same states and effects", "[app][journal]") {
  Page page;
  whole_call(page);
  const replay::Report report = replay::replay(page.app.journal());
  INFO(report.problem);
  CHECK(report.outcome == replay::Outcome::same);
  CHECK(report.ticks == lines(page.app.journal()) - 1);
  CHECK(report.trace.find("= active") != std::string::npos);
}

TEST_CASE("a journal starts with its version and a base", "[app][journal]") {
  Page page;
  const std::string text = page.app.journal();
  CHECK(text == R"({"odnix-journal":1,"version":"1.2.3","base":)" + core::describe(core::State{}) + "}\n");
  CHECK(replay::replay(text).outcome == replay::Outcome::same);
}

TEST_CASE("no secret is in a journal, nor in the log", "[app][journal][security]") {
  Page page;
  whole_call(page);
  std::string all = page.app.journal() + replay::replay(page.app.journal()).trace;
  for (const auto& line : page.world.log_lines) all += line.text + "\n";
  const std::string secret = GENERATE("uFrG", "pAsSwOrD", "fingerprint", "AA:BB:CC", "192.0.2.",
                                      "candidate:", "typ host", "ice-pwd", "m=audio", "Wilhelmina", "wilhelmina");
  CAPTURE(secret);
  CHECK(all.find(secret) == std::string::npos);
  CHECK(all.find("MessageReceived") != std::string::npos);  // it is the journal that was searched
}

TEST_CASE("whatever happens, the journal replays", "[app][journal][property]") {
  const unsigned seed = GENERATE(range(0u, 60u));
  CAPTURE(seed);
  RandomEvents random(seed);
  app::Journal journal("1", {64, 64 * 1024});
  core::State state;
  core::TimePoint now = at(1000);
  for (int i = 0; i < 400; ++i) {
    now += random.pause();
    const core::Event event = i == 0 ? core::Event{core::PageOpened{self()}} : random.event(state);
    core::Step step = core::step(std::move(state), event, now);
    state = std::move(step.next);
    journal.record(now, event, state, step.effects);
  }
  const replay::Report report = replay::replay(journal.export_lines());
  INFO(report.problem);
  INFO(report.trace);
  CHECK(report.outcome == replay::Outcome::same);
  CHECK(report.ticks == journal.size());
  CHECK(journal.size() == 64);
}

TEST_CASE("random events reach every phase", "[app][journal][property]") {
  std::vector<std::string> seen;
  for (unsigned seed = 0; seed < 60; ++seed) {
    RandomEvents random(seed);
    core::State state = core::step({}, core::PageOpened{self()}, at(1000)).next;
    core::TimePoint now = at(1000);
    for (int i = 0; i < 400; ++i) {
      now += random.pause();
      const core::Event event = random.event(state);
      state = core::step(std::move(state), event, now).next;
      const std::string name(core::public_name(state.phase));
      if (std::find(seen.begin(), seen.end(), name) == seen.end()) seen.push_back(name);
    }
  }
  std::sort(seen.begin(), seen.end());
  CHECK(seen == std::vector<std::string>{"active", "connecting", "ended", "idle", "in-ringing", "out-ringing",
                                         "preparing", "reconnecting", "resuming"});
}

TEST_CASE("the journal keeps to its ticks and bytes", "[app][journal]") {
  app::Journal journal("1", {10, 2000});
  for (int i = 0; i < 50; ++i) journal.record(at(i), core::TimePassed{}, {}, {});
  CHECK(journal.size() == 10);
  core::Candidates batch;
  batch.list.assign(64, candidate());
  for (int i = 0; i < 5; ++i) {
    journal.record(at(i), from_anna(batch, header()), {}, {});
    CHECK(journal.bytes() <= 2000);
  }
}

TEST_CASE("replay tells where a journal and this build part", "[app][journal]") {
  Page page;
  whole_call(page);
  std::string text = page.app.journal();
  const auto at_state = text.find("\"state\":\"", text.find("AcceptRequested")) + 9;
  text[at_state] = text[at_state] == '0' ? '1' : '0';
  const replay::Report report = replay::replay(text);
  CHECK(report.outcome == replay::Outcome::diverged);
  CHECK(report.problem.find("recorded " + text.substr(at_state, 16)) != std::string::npos);
  CHECK(report.problem.find("replayed ") != std::string::npos);
  CHECK(report.trace.find("AcceptRequested") != std::string::npos);
  CHECK(report.trace.find("RemoteDescriptionApplied") == std::string::npos);  // it stops there
}

TEST_CASE("what is no journal is said so", "[app][journal]") {
  Page page;
  whole_call(page);
  const std::string good = page.app.journal();
  const std::string header_line = good.substr(0, good.find('\n') + 1);
  const auto [text, problem] = GENERATE_COPY(table<std::string, std::string>({
      {"", "line 1: empty\n"},
      {"hello\n", "line 1: no journal\n"},
      {"[]\n", "line 1: no journal\n"},
      {"{\"odnix-journal\":2}\n", "line 1: a journal of another version\n"},
      {"{\"odnix-journal\":1}\n", "line 1: base\n"},
      {"{\"odnix-journal\":1,\"base\":{\"State\":{}}}\n", "line 1: base.State.self\n"},
      {header_line + "x\n", "line 2: not JSON\n"},
      {header_line + "{}\n", "line 2: now\n"},
      {header_line + R"({"now":1,"event":{"Nothing":{}},"state":"","effects":""})", "line 2: event.Nothing\n"},
      {header_line + R"({"now":1,"event":{"TimePassed":{"x":1}},"state":"","effects":""})",
       "line 2: event.TimePassed.(unknown field)\n"},
      {header_line + R"({"now":1,"event":{"DeviceLost":{"kind":"smell"}},"state":"","effects":""})",
       "line 2: event.DeviceLost.kind\n"},
  }));
  const replay::Report report = replay::replay(text);
  CHECK(report.outcome == replay::Outcome::unreadable);
  CHECK(report.problem == problem);
}

TEST_CASE("text survives the way out and back byte by byte", "[app][journal]") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  std::string out, back;
  core::write_text(out, all);
  CHECK(replay::read(replay::Json::parse(out), back) == std::nullopt);
  CHECK(back == all);
}
