// A group's words on the wire: all of them inside webrtc.ringing.
#include "protocol/limits.hpp"
#include "protocol/wire.hpp"

using namespace odnix;
using namespace odnix::test;

namespace {

std::string people(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += R"(,{"page":"000000000000000b","user":2})";
  return R"("kind":"invite","people":[)" + (list.empty() ? list : list.substr(1)) + "]";
}

}  // namespace

TEST_CASE("a group's words", "[protocol]") {
  CHECK(
      sent(core::Invite{true, core::Duration{40}, {{{0xB}, {2}}}}, header()) ==
      R"({"type":"webrtc.ringing","payload":{"kind":"invite","audioOnly":true,"age":40,"people":[{"page":"000000000000000b","user":2}],)" +
          v2 + "}}");
  CHECK(sent(core::Join{{true, false, true}, 3, 0}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"join","microphone":true,"camera":false,"since":3,)" + v2 + "}}");
  CHECK(sent(core::Leave{core::EndReason::full, false}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"leave","reason":"full",)" + v2 + "}}");
  CHECK(sent(core::LinkDescription{core::DescriptionKind::offer, {"v=0"}, {}, 4}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"offer","sdp":"v=0","round":4,)" + v2 + "}}");
  CHECK(
      sent(core::Candidates{{{{"candidate:1"}, "0", 0, {"u"}}}, 0, 4}, header()) ==
      R"({"type":"webrtc.ringing","payload":{"round":4,"kind":"candidates","candidates":[{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"u"}],)" +
          v2 + "}}");
}

TEST_CASE("a group's words are read as they were said", "[protocol]") {
  for (const core::Signal& signal : std::vector<core::Signal>{
           core::Invite{}, core::Invite{true, core::Duration{40}, {{{0xB}, {2}}, {{0xC}, {3}}}},
           core::Join{{true, false, true}, 3, 0}, core::Join{{false, true}, 4294967295, 7},
           core::Leave{core::EndReason::declined, false}, core::Leave{core::EndReason::hangup, true},
           core::LinkDescription{core::DescriptionKind::offer, sdp(), {}, 4},
           core::LinkDescription{core::DescriptionKind::answer, sdp(true), {}, 4},
           core::Candidates{{candidate()}, 9}}) {
    CHECK(through_the_server(signal, header()) == from_anna(signal, header()));
  }
}

TEST_CASE("broken words of a group are refused", "[protocol]") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"people", R"("kind":"invite")"},
      {"people", R"("kind":"invite","people":{})"},
      {"people", R"("kind":"invite","people":[1])"},
      {"people", R"("kind":"invite","people":[{"user":2}])"},
      {"people", R"("kind":"invite","people":[{"page":"0000000000000000","user":2}])"},
      {"people", R"("kind":"invite","people":[{"page":"000000000000000b"}])"},
      {"people", R"("kind":"invite","people":[{"page":"000000000000000b","user":"2"}])"},
      {"people", people(protocol::limits::people + 1)},
      {"age", R"("kind":"invite","age":-1,"people":[])"},
      {"audio-only", R"("kind":"invite","audioOnly":1,"people":[])"},
      {"state", R"("kind":"join")"},
      {"state", R"("kind":"join","microphone":true,"camera":0)"},
      {"count", R"("kind":"join","microphone":true,"camera":true,"since":-1)"},
      {"count", R"("kind":"join","microphone":true,"camera":true,"since":1,"redo":4294967296)"},
      {"reason", R"("kind":"leave","reason":1)"},
      {"over", R"("kind":"leave","over":"yes")"},
      {"sdp", R"("kind":"offer","round":1)"},
      {"sdp", R"("kind":"answer","sdp":"")"},
      {"count", R"("kind":"offer","sdp":"v=0","round":"1")"},
      {"sdp-too-large", R"("kind":"offer","sdp":")" + std::string(protocol::limits::sdp_bytes + 1, 'x') + "\""},
      {"count", R"("kind":"candidates","candidates":[],"round":1.5)"},
  };
  for (const auto& [reason, members] : rows) {
    INFO(members.substr(0, 100));
    CHECK(outcome(protocol::decode(call_socket, extension(members))) == "rejected " + reason);
  }
  decoded_signal<core::Invite>(extension(people(protocol::limits::people)));
}
