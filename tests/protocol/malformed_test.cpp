// Frames that break the protocol: each is refused with its word, and nothing else happens.
#include "protocol/wire.hpp"

using namespace odnix;
using namespace odnix::test;

namespace {

std::string offer(const std::string& members) { return relayed("webrtc.offer", "{" + members + "}"); }
std::string ice(const std::string& init) { return relayed("webrtc.ice", R"({"candidate":)" + init + "}"); }
std::string end(const std::string& members) { return relayed("webrtc.end", "{" + members + "}"); }
std::string push(const std::string& members) { return R"({"type":"incoming.call",)" + members + "}"; }

struct Row {
  const char* reason;
  std::string text;
};

const std::string call = R"("call":"00000000000000a10000000000000001")";
const std::string from = R"("from":"5555666677778888")";

std::vector<Row> broken_on_the_call_socket() {
  return {
      {"not-json", ""},
      {"not-json", " "},
      {"not-json", "hello"},
      {"not-json", "{"},
      {"not-json", "}"},
      {"not-json", "{]"},
      {"not-json", R"({"type":"webrtc.end",})"},
      {"not-json", R"({"type":"webrtc.end"} x)"},
      {"not-json", R"({'type':'webrtc.end'})"},
      {"not-json", R"({"type":webrtc.end})"},
      {"not-json", "\xef\xbb"},
      {"not-json", std::string("{\"type\":\"\xff\"}")},
      {"not-json", std::string("{\"type\":\"\xc3\"}")},
      {"not-json", std::string("{\"type\":\"\xed\xa0\x80\"}")},
      {"not-json", R"({"type":"\ud800"})"},
      {"not-json", R"({"type":"\u12"})"},
      {"not-json", std::string("{\"type\":\"a\0b\"}", 14)},
      {"not-json", R"({"type":"webrtc.end","from_user_id":NaN,"payload":{}})"},
      {"not-json", R"({"type":"webrtc.end","from_user_id":02,"payload":{}})"},
      {"not-an-object", "null"},
      {"not-an-object", "17"},
      {"not-an-object", "[]"},
      {"not-an-object", R"("webrtc.end")"},
      {"type", "{}"},
      {"type", R"({"type":null})"},
      {"type", R"({"type":1,"from_user_id":2,"payload":{}})"},
      {"type", R"({"type":["webrtc.end"],"from_user_id":2,"payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","from_user_id":null,"payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","from_user_id":"2","payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","from_user_id":2.0,"payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","from_user_id":true,"payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","from_user_id":9223372036854775808,"payload":{}})"},
      {"user-id", R"({"type":"webrtc.end","from_user_id":1e3,"payload":{}})"},
      {"payload", R"({"type":"webrtc.end","from_user_id":2})"},
      {"payload", relayed("webrtc.end", "null")},
      {"payload", relayed("webrtc.end", "[]")},
      {"payload", relayed("webrtc.offer", R"("sdp")")},
      {"payload", relayed("webrtc.ice", "3")},
      {"sdp", offer("")},
      {"sdp", offer(R"("sdp":null)")},
      {"sdp", offer(R"("sdp":"")")},
      {"sdp", offer(R"("sdp":5)")},
      {"sdp", offer(R"("sdp":{"sdp":"v=0"})")},
      {"type", offer(R"("sdp":"v=0","type":"answer")")},
      {"type", offer(R"("sdp":"v=0","type":0)")},
      {"audio-only", offer(R"("sdp":"v=0","audioOnly":"false")")},
      {"audio-only", offer(R"("sdp":"v=0","audioOnly":0)")},
      {"age", offer(R"("sdp":"v=0","age":-1,)" + v2)},
      {"age", offer(R"("sdp":"v=0","age":"1",)" + v2)},
      {"age", offer(R"("sdp":"v=0","age":1.5,)" + v2)},
      {"sdp", relayed("webrtc.answer", "{}")},
      {"type", relayed("webrtc.answer", R"({"sdp":"v=0","type":"offer"})")},
      {"candidate", relayed("webrtc.ice", "{}")},
      {"candidate", ice(R"("candidate:1")")},
      {"candidate", ice("[]")},
      {"candidate", ice("1")},
      {"candidate", ice(R"({"candidate":1})")},
      {"candidate", ice(R"({"candidate":"candidate:1","sdpMid":0})")},
      {"candidate", ice(R"({"candidate":"candidate:1","sdpMLineIndex":"0"})")},
      {"candidate", ice(R"({"candidate":"candidate:1","sdpMLineIndex":-1})")},
      {"candidate", ice(R"({"candidate":"candidate:1","sdpMLineIndex":65536})")},
      {"candidate", ice(R"({"candidate":"candidate:1","sdpMLineIndex":0.5})")},
      {"candidate", ice(R"({"candidate":"candidate:1","usernameFragment":{}})")},
      {"reason", end(R"("reason":1)")},
      {"reason", end(R"("reason":["busy"])")},
      {"version", end(R"("v":null,)" + call + "," + from + R"(,"seq":1)")},
      {"version", end(R"("v":"2",)" + call + "," + from + R"(,"seq":1)")},
      {"version", end(R"("v":1,)" + call + "," + from + R"(,"seq":1)")},
      {"version", end(R"("v":2.5,)" + call + "," + from + R"(,"seq":1)")},
      {"call-id", end(R"("v":2,)" + from + R"(,"seq":1)")},
      {"call-id", end(R"("v":2,"call":1,)" + from + R"(,"seq":1)")},
      {"call-id", end(R"("v":2,"call":"a1",)" + from + R"(,"seq":1)")},
      {"call-id", end(R"("v":2,"call":"00000000000000a1000000000000000g",)" + from + R"(,"seq":1)")},
      {"call-id", end(R"("v":2,"call":"00000000000000a100000000000000011",)" + from + R"(,"seq":1)")},
      {"call-id", end(R"("v":2,"call":"00000000000000000000000000000001",)" + from + R"(,"seq":1)")},
      {"endpoint-id", end(R"("v":2,)" + call + R"(,"seq":1)")},
      {"endpoint-id", end(R"("v":2,)" + call + R"(,"from":2,"seq":1)")},
      {"endpoint-id", end(R"("v":2,)" + call + R"(,"from":"0000000000000000","seq":1)")},
      {"endpoint-id", end(R"("v":2,)" + call + R"(,"from":" 555666677778888","seq":1)")},
      {"endpoint-id", end(R"("v":2,)" + call + R"(,"from":"-555666677778888","seq":1)")},
      {"endpoint-id", end(v2 + R"(,"to":"me")")},
      {"endpoint-id", end(v2 + R"(,"to":true)")},
      {"endpoint-id", end(v2 + R"(,"to":1.5)")},
      {"seq", end(R"("v":2,)" + call + "," + from)},
      {"seq", end(R"("v":2,)" + call + "," + from + R"(,"seq":-1)")},
      {"seq", end(R"("v":2,)" + call + "," + from + R"(,"seq":-1)")},
      {"seq", end(R"("v":2,)" + call + "," + from + R"(,"seq":4294967296)")},
      {"seq", end(R"("v":2,)" + call + "," + from + R"(,"seq":"1")")},
      {"kind", extension(R"("x":1)")},
      {"kind", extension(R"("kind":7)")},
      {"candidates", extension(R"("kind":"candidates")")},
      {"candidates", extension(R"("kind":"candidates","candidates":{})")},
      {"candidate", extension(R"("kind":"candidates","candidates":[null])")},
      {"candidate", extension(R"("kind":"candidates","candidates":[{"candidate":"candidate:1"},"candidate:2"])")},
      {"type", extension(R"("kind":"renegotiate","sdp":"v=0")")},
      {"type", extension(R"("kind":"renegotiate","type":"rollback","sdp":"v=0")")},
      {"sdp", extension(R"("kind":"renegotiate","type":"offer")")},
      {"sdp", extension(R"("kind":"renegotiate","type":"answer","sdp":"")")},
      {"count", extension(R"("kind":"renegotiate","type":"offer","sdp":"v=0","round":-1)")},
      {"count", extension(R"("kind":"renegotiate","type":"offer","sdp":"v=0","generation":"1")")},
      {"count", extension(R"("kind":"renegotiate","type":"offer","sdp":"v=0","epoch":4294967296)")},
      {"count", extension(R"("kind":"candidates","candidates":[],"generation":-1)")},
      {"state", extension(R"("kind":"state")")},
      {"state", extension(R"("kind":"state","microphone":true)")},
      {"state", extension(R"("kind":"state","microphone":1,"camera":false)")},
      {"state", extension(R"("kind":"state","microphone":true,"camera":false,"sends":1)")},
      {"state", extension(R"("kind":"state","microphone":true,"camera":false,"sharing":"yes")")},
  };
}

std::vector<Row> broken_on_the_notify_socket() {
  return {
      {"user-id", push(R"("chat_id":7)")},
      {"user-id", push(R"("from_user_id":"2","chat_id":7)")},
      {"chat-id", push(R"("from_user_id":2)")},
      {"chat-id", push(R"("from_user_id":2,"chat_id":null)")},
      {"chat-id", push(R"("from_user_id":2,"chat_id":"seven")")},
      {"chat-id", push(R"("from_user_id":2,"chat_id":"")")},
      {"chat-id", push(R"("from_user_id":2,"chat_id":"7 ")")},
      {"chat-id", push(R"("from_user_id":2,"chat_id":"99999999999999999999")")},
      {"chat-id", push(R"("from_user_id":2,"chat_id":7.0)")},
      {"audio-only", push(R"("from_user_id":2,"chat_id":7,"audioOnly":"yes")")},
      {"name", push(R"("from_user_id":2,"chat_id":7,"from_full_name":5)")},
      {"avatar", push(R"("from_user_id":2,"chat_id":7,"from_avatar":[])")},
      {"not-json", "incoming.call"},
      {"type", R"({"from_user_id":2,"chat_id":7})"},
  };
}

void check_all(const core::SocketKey& socket, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(outcome(protocol::decode(socket, row.text)) == std::string("rejected ") + row.reason);
  }
}

}  // namespace

TEST_CASE("every broken frame on a call socket is refused with its word", "[protocol]") {
  check_all(call_socket, broken_on_the_call_socket());
}

TEST_CASE("every broken frame on the notify socket is refused with its word", "[protocol]") {
  check_all(notify_socket, broken_on_the_notify_socket());
}

TEST_CASE("a sound frame cut short anywhere is refused, never more", "[protocol]") {
  const std::string whole =
      relayed("webrtc.ringing", "{" + v2 + R"(,"kind":"candidates","candidates":[{"candidate":"x"}]})");
  REQUIRE(std::holds_alternative<core::Event>(protocol::decode(call_socket, whole)));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK(outcome(protocol::decode(call_socket, whole.substr(0, length))) == "rejected not-json");
  }
}

TEST_CASE("any single byte of a frame may be anything", "[protocol]") {
  const std::string whole =
      relayed("webrtc.ice", "{" + v2 + R"(,"candidate":{"candidate":"\u0041","sdpMLineIndex":0}})");
  int answers = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = whole;
      text[at] = static_cast<char>(byte);
      answers += outcome(protocol::decode(call_socket, text)).empty() ? 0 : 1;
    }
  }
  CHECK(answers == static_cast<int>(whole.size()) * 256);
}
