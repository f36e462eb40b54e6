#include "protocol/sdp.hpp"
#include "protocol/wire.hpp"

using namespace odnix;
using namespace odnix::test;

TEST_CASE("to an old peer we speak byte for byte as an old peer", "[protocol]") {
  CHECK(sent(core::Offer{{"v=0\r\n"}, true, core::Duration{5}, 77}) ==
        R"({"type":"webrtc.offer","payload":{"sdp":"v=0\r\n","type":"offer","audioOnly":true}})");
  CHECK(sent(core::Answer{{"v=0\r\n"}}) == R"({"type":"webrtc.answer","payload":{"sdp":"v=0\r\n","type":"answer"}})");
  CHECK(
      sent(core::Candidates{{{{"candidate:1"}, "0", 0, {"u"}}}}) ==
      R"({"type":"webrtc.ice","payload":{"candidate":{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"u"}}})");
  CHECK(sent(core::End{core::EndReason::declined}) == R"({"type":"webrtc.end","payload":{}})");
}

TEST_CASE("to a new peer we add what an old one steps over", "[protocol]") {
  CHECK(sent(core::Offer{{"v=0\r\n"}, false, core::Duration{2000}}, header()) ==
        R"({"type":"webrtc.offer","payload":{"sdp":"v=0\r\n","type":"offer","audioOnly":false,"age":2000,)" + v2 +
            "}}");
  CHECK(sent(core::Answer{{"v=0"}}, header()) ==
        R"({"type":"webrtc.answer","payload":{"sdp":"v=0","type":"answer",)" + v2 + "}}");
  CHECK(sent(core::End{core::EndReason::answered_elsewhere}, header()) ==
        R"({"type":"webrtc.end","payload":{"reason":"answered-elsewhere",)" + v2 + "}}");
  CHECK(sent(core::Ringing{}, header()) == R"({"type":"webrtc.ringing","payload":{"kind":"ringing",)" + v2 + "}}");
  CHECK(sent(core::Select{{0xB}}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"select","endpoint":"000000000000000b",)" + v2 + "}}");
  CHECK(sent(core::Ack{7}, header()) == R"({"type":"webrtc.ringing","payload":{"kind":"ack","of":7,)" + v2 + "}}");
  CHECK(sent(core::Ready{}, header()) == R"({"type":"webrtc.ringing","payload":{"kind":"ready",)" + v2 + "}}");
  CHECK(sent(core::Renegotiate{core::DescriptionKind::answer, {"v=0"}, 3, 2, 1}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"renegotiate","type":"answer","sdp":"v=0","round":3,)"
        R"("generation":2,"epoch":1,)" +
            v2 + "}}");
  CHECK(sent(core::MediaState{true, false, true}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"state","microphone":true,"camera":false,)" + v2 + "}}");
  CHECK(sent(core::MediaState{false, false, true}, header()) ==  // muted, and heard to be silent
        R"({"type":"webrtc.ringing","payload":{"kind":"state","microphone":false,"camera":false,"sends":true,)" + v2 +
            "}}");
  CHECK(sent(core::MediaState{true, true, true, true}, header()) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"state","microphone":true,"camera":true,"sharing":true,)" + v2 +
            "}}");
}

TEST_CASE("a description without its candidates, and the candidates", "[protocol]") {
  const std::vector<core::Candidate> both{{{"candidate:1 1 udp 1 192.0.2.1 9 typ host"}, {}, 0, {}},
                                          {{"candidate:2 1 udp 1 192.0.2.2 9 typ host"}, {}, 1, {}}};
  const std::string bare = sdp_text(true);
  const std::string whole = protocol::with_candidates(bare, both) + "a=end-of-candidates\r\n";
  REQUIRE(whole.find("192.0.2.1") != std::string::npos);
  std::vector<core::Candidate> taken;
  CHECK(protocol::without_candidates(whole, &taken) == bare);
  CHECK(taken == both);
  CHECK(protocol::without_candidates("a=candidate:\n").empty());
  std::string flood = "m=audio 9\n";
  for (int i = 0; i < 200; ++i) flood += "a=candidate:" + std::to_string(i) + "\n";
  taken.clear();
  CHECK(protocol::without_candidates(flood, &taken) == "m=audio 9\n");
  CHECK(taken.size() == 64);
}

TEST_CASE("an addressee", "[protocol]") {
  core::Header with = header();
  with.to = my_page;
  CHECK(sent(core::Ringing{}, with) ==
        R"({"type":"webrtc.ringing","payload":{"kind":"ringing","v":2,"call":"00000000000000a10000000000000001",)"
        R"("from":"5555666677778888","to":"1111222233334444","seq":1}})");
}

TEST_CASE("one candidate goes alone, several go together", "[protocol]") {
  const core::Candidate bare{{"candidate:1"}, "", -1, {}};
  CHECK(sent(core::Candidates{{bare}}, header()) ==
        R"({"type":"webrtc.ice","payload":{"candidate":{"candidate":"candidate:1"},)" + v2 + "}}");
  CHECK(
      sent(core::Candidates{{bare, bare}}, header()) ==
      R"({"type":"webrtc.ringing","payload":{"kind":"candidates","candidates":[{"candidate":"candidate:1"},{"candidate":"candidate:1"}],)" +
          v2 + "}}");
}

TEST_CASE("what is sent is what is read", "[protocol]") {
  core::Header with = header(12);
  with.to = my_page;
  const std::optional<core::Header> h = GENERATE_COPY(std::optional(header()), std::optional(with));
  core::Offer offer{sdp(true), true, core::Duration{1234}};
  offer.session = protocol::session_of(offer.sdp.text);
  for (const core::Signal& signal : std::vector<core::Signal>{
           offer, core::Answer{sdp()}, core::Candidates{{candidate()}}, core::Candidates{{candidate(1), candidate(2)}},
           core::Candidates{}, core::Candidates{{core::Candidate{{}, "", -1, {}}}}, core::Ringing{},
           core::MediaState{true, false}, core::MediaState{false, true}, core::Select{{0xB}}, core::Ack{4294967295},
           core::Ready{}, core::Candidates{{candidate()}, 3}, core::Candidates{{candidate(1), candidate(2)}, 4},
           core::Renegotiate{core::DescriptionKind::offer, sdp(true), 1, 2, 3}}) {
    CHECK(through_the_server(signal, h) == from_anna(signal, h));
  }
  for (int i = 0; !core::to_string(static_cast<core::EndReason>(i)).empty(); ++i) {
    const core::End end{static_cast<core::EndReason>(i)};
    CHECK(through_the_server(end, h) == from_anna(end, h));
  }
}

TEST_CASE("without a header the base protocol comes through as well", "[protocol]") {
  for (const core::Signal& signal :
       std::vector<core::Signal>{core::Answer{sdp()}, core::Candidates{{candidate()}}, core::End{}}) {
    CHECK(through_the_server(signal, std::nullopt) == from_anna(signal));
  }
}

TEST_CASE("gathered candidates are written into their sections", "[protocol]") {
  core::Answer answer{{"v=0\r\nm=audio 9\r\na=mid:0\r\nm=video 9\r\na=mid:1\r\n"}};
  answer.candidates = {{{"candidate:A"}, "0", 0, {}}, {{"candidate:V"}, "1", 1, {}},
                       {{"candidate:B"}, "0", 0, {}}, {{""}, "0", 0, {}},
                       {{"candidate:?"}, "", -1, {}}, {{"candidate:9"}, "9", 9, {}}};
  const auto message = through_the_server(answer, header());
  const auto* read = std::get_if<core::Answer>(&message.signal);
  REQUIRE(read != nullptr);
  CHECK(read->sdp.text ==
        "v=0\r\nm=audio 9\r\na=mid:0\r\na=candidate:A\r\na=candidate:B\r\nm=video 9\r\na=mid:1\r\na=candidate:V\r\n");
}

TEST_CASE("text that is not UTF-8 or needs escapes is still sent as JSON", "[protocol]") {
  const std::string odd = std::string("a\"\\\x01\x7f") + "\xff" + "\xe2\x82\xac";
  CHECK(sent(core::Answer{{odd}}) ==
        "{\"type\":\"webrtc.answer\",\"payload\":{\"sdp\":\"a\\\"\\\\\\u0001\x7f\xef\xbf\xbd\xe2\x82\xac\",\"type\":"
        "\"answer\"}}");
}
