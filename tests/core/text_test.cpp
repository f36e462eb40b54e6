#include "world.hpp"

using namespace odnix::scenario;

TEST_CASE("describe shows every field and no secret") {
  const Event event = from_v2(Offer{Sdp{"v=0 a=ice-pwd:hush"}, true, 5ms, 7, {}}, CallId{1, 2}, EndpointId{3});
  const std::string text = describe(event);
  CHECK(text.find("hush") == std::string::npos);
  CHECK(text == R"({"MessageReceived":{"chat":1,"user":2,"header":{"call":"00000000000000010000000000000002",)"
                R"("from":"0000000000000003","to":null,"seq":0},"signal":{"Offer":{"sdp":")" +
                    redacted("v=0 a=ice-pwd:hush") + R"(","audio_only":true,"age":5,"session":7,"candidates":[]}}}})");
}

TEST_CASE("redaction keeps equal texts equal, different ones different, and its own output unchanged") {
  CHECK(redacted("a") == redacted("a"));
  CHECK(redacted("a") != redacted("b"));
  CHECK(redacted(redacted("a")) == redacted("a"));
  CHECK(redacted("") == "");
  CHECK(redacted("~0123456789abcdefX12") != "~0123456789abcdefX12");
}

TEST_CASE("hex ids round trip and refuse anything else") {
  CHECK(call_id_from_hex(to_hex(CallId{1, ~0ull})) == CallId{1, ~0ull});
  for (const auto* bad : {"", "0", "000000000000000g", "0000000000000000 ", "00000000000000000"}) {
    CHECK_FALSE(from_hex(bad));
  }
  CHECK(from_hex("00000000000000FF") == 255u);
}

TEST_CASE("every state has a public name of its own") {
  CHECK(public_name(Phase{Idle{}}) == "idle");
  CHECK(public_name(Phase{OutRinging{}}) == "out-ringing");
  CHECK(public_name(Phase{Ended{}}) == "ended");
}
