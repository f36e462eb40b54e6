// Events are cleaned before the call machine, the log and the journal see them.
#include "app/intake.hpp"

#include "support/page.hpp"
#include "support/printers.hpp"

using namespace odnix;
using namespace odnix::test;

TEST_CASE("a browser's error keeps its meaning and loses what it quotes", "[app]") {
  const auto [raw, clean] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"InvalidStateError: Called in wrong state: stable", "InvalidStateError: Called in wrong state: stable"},
      {"OperationError: Failed to parse SessionDescription. a=ice-pwd:secret Invalid value",
       "OperationError: Failed to parse SessionDescription. ..."},
      {"OperationError: a=fingerprint:sha-256 AA:BB", "OperationError: ..."},
      {"SyntaxError: 'c=IN IP4 192.0.2.1'", "SyntaxError: '..."},
      {"OperationError: Error processing ICE candidate:1 1 udp 192.0.2.1", "OperationError: Error processing ICE ..."},
      {"OperationError: no media section for ufrag uFrG", "OperationError: no media section for ..."},
      {"a=b", "..."},
      {"x = y", "x = y"},
  }));
  CHECK(app::clean_error(raw) == clean);
}

TEST_CASE("an error is short", "[app]") { CHECK(app::clean_error(std::string(100'000, 'e')).size() == 163); }

TEST_CASE("every closed socket gets its own jitter of at most a second", "[app]") {
  FakePorts world;
  world.random = 1000;
  std::vector<core::Duration> jitters;
  for (int i = 0; i < 3; ++i) {
    core::Event event{core::SocketClosed{{chat}, 1006}};
    app::prepare(event, world.ports().random);
    jitters.push_back(std::get_if<core::SocketClosed>(&event)->jitter);
  }
  CHECK(jitters == std::vector{core::Duration{1000}, core::Duration{0}, core::Duration{1}});
}

TEST_CASE("errors of all kinds are cleaned on their way in", "[app]") {
  const std::string raw = "OperationError: a=ice-ufrag:uFrG";
  const auto peer = core::PeerId{1};
  for (const core::Event& event : std::vector<core::Event>{
           core::DescriptionFailed{peer, {}, raw}, core::CandidateRefused{peer, raw}, core::PeerFailed{peer, raw}}) {
    Page page;
    page.open();
    page.tell(event);
    REQUIRE(!page.world.log_lines.empty());
    for (const auto& line : page.world.log_lines) CHECK(line.text.find("uFrG") == std::string::npos);
    CHECK(page.app.journal().find("uFrG") == std::string::npos);
  }
}
