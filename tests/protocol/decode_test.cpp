#include "protocol/wire.hpp"

using namespace odnix;
using namespace odnix::test;

TEST_CASE("an offer of an old peer", "[protocol]") {
  const auto message = decoded<core::MessageReceived>(
      relayed("webrtc.offer", R"({"sdp":)" + quoted(sdp_text()) + R"(,"type":"offer","audioOnly":true})"));
  CHECK(message.chat == chat);
  CHECK(message.user == anna);
  CHECK(message.header == std::nullopt);
  const auto* offer = std::get_if<core::Offer>(&message.signal);
  REQUIRE(offer != nullptr);
  CHECK(offer->sdp.text == sdp_text());
  CHECK(offer->audio_only);
  CHECK(offer->age == core::Duration{});
  CHECK(offer->session > 0);
}

TEST_CASE("an offer of a new peer brings its header and age", "[protocol]") {
  const auto message = decoded<core::MessageReceived>(
      relayed("webrtc.offer",
              R"({"sdp":)" + quoted(sdp_text()) + R"(,"type":"offer","audioOnly":false,"age":1500,)" + v2 + "}"));
  CHECK(message.header == header());
  CHECK(std::get_if<core::Offer>(&message.signal)->age == core::Duration{1500});
}

TEST_CASE("an old peer's age means nothing, a wild one is an hour", "[protocol]") {
  const std::string sdp = quoted(sdp_text());
  CHECK(decoded_signal<core::Offer>(relayed("webrtc.offer", R"({"sdp":)" + sdp + R"(,"age":1500})")).age.count() == 0);
  CHECK(decoded_signal<core::Offer>(
            relayed("webrtc.offer", R"({"sdp":)" + sdp + R"(,"age":9223372036854775807,)" + v2 + "}"))
            .age == std::chrono::hours{1});
}

TEST_CASE("what an offer may leave out", "[protocol]") {
  const auto offer = decoded_signal<core::Offer>(relayed("webrtc.offer", R"({"sdp":)" + quoted(sdp_text()) + "}"));
  CHECK_FALSE(offer.audio_only);
}

TEST_CASE("a re-sent offer is the same session, another offer is not", "[protocol]") {
  const auto session = [](const std::string& sdp) {
    return decoded_signal<core::Offer>(relayed("webrtc.offer", R"({"sdp":)" + quoted(sdp) + "}")).session;
  };
  CHECK(session(sdp_text()) == session(sdp_text() + "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n"));
  CHECK(session(sdp_text(false, 1)) != session(sdp_text(false, 2)));
  CHECK(session("v=0\r\ns=-\r\n") == 0);
  CHECK(session("o=- 5 2 IN IP4 127.0.0.1") == session("v=0\no=- 5 2 IN IP4 127.0.0.1\n"));
}

TEST_CASE("an answer", "[protocol]") {
  const auto answer = decoded_signal<core::Answer>(
      relayed("webrtc.answer", R"({"sdp":)" + quoted(sdp_text()) + R"(,"type":"answer"})"));
  CHECK(answer.sdp.text == sdp_text());
}

TEST_CASE("one candidate", "[protocol]") {
  const auto list = decoded_signal<core::Candidates>(
                        relayed("webrtc.ice", R"({"candidate":{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host",)"
                                              R"("sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"uFrG"}})"))
                        .list;
  const core::Candidate wanted{{"candidate:1 1 udp 1 192.0.2.1 9 typ host"}, "0", 0, {"uFrG"}};
  CHECK(list == std::vector{wanted});
}

TEST_CASE("the end-of-candidates mark in every spelling is an empty line", "[protocol]") {
  const std::string payload =
      GENERATE(R"({"candidate":null})", R"({"candidate":{}})", R"({"candidate":{"candidate":""}})",
               R"({"candidate":{"candidate":null,"sdpMid":null,"sdpMLineIndex":null}})");
  CAPTURE(payload);
  const auto list = decoded_signal<core::Candidates>(relayed("webrtc.ice", payload)).list;
  CHECK(list == std::vector{core::Candidate{{}, "", -1, {}}});
}

TEST_CASE("a batch of candidates", "[protocol]") {
  const auto list =
      decoded_signal<core::Candidates>(
          relayed("webrtc.ringing",
                  "{" + v2 + R"(,"kind":"candidates","candidates":[{"candidate":"candidate:1","sdpMid":"0"},)" +
                      R"({"candidate":"candidate:2","sdpMLineIndex":1}]})"))
          .list;
  CHECK(list ==
        std::vector{core::Candidate{{"candidate:1"}, "0", -1, {}}, core::Candidate{{"candidate:2"}, "", 1, {}}});
}

TEST_CASE("every word for an end, and those that nobody knows", "[protocol]") {
  using core::EndReason;
  const auto [payload, reason] = GENERATE(table<std::string, EndReason>({
      {R"({})", EndReason::hangup},
      {R"({"reason":null})", EndReason::hangup},
      {R"({"reason":""})", EndReason::hangup},
      {R"({"reason":"hangup"})", EndReason::hangup},
      {R"({"reason":"declined"})", EndReason::declined},
      {R"({"reason":"busy"})", EndReason::busy},
      {R"({"reason":"timeout"})", EndReason::timeout},
      {R"({"reason":"cancelled"})", EndReason::cancelled},
      {R"({"reason":"answered-elsewhere"})", EndReason::answered_elsewhere},
      {R"({"reason":"declined-elsewhere"})", EndReason::declined_elsewhere},
      {R"({"reason":"glare"})", EndReason::glare},
      {R"({"reason":"replaced"})", EndReason::replaced},
      {R"({"reason":"media-failed"})", EndReason::media_failed},
      {R"({"reason":"connection-failed"})", EndReason::connection_failed},
      {R"({"reason":"error"})", EndReason::error},
      {R"({"reason":"media_failed"})", EndReason::hangup},
      {R"({"reason":"DECLINED"})", EndReason::hangup},
      {R"({"reason":"bored"})", EndReason::hangup},
  }));
  CAPTURE(payload);
  CHECK(decoded_signal<core::End>(relayed("webrtc.end", payload)).reason == reason);
}

TEST_CASE("ringing and media state are for new peers", "[protocol]") {
  CHECK(decoded_signal<core::Ringing>(relayed("webrtc.ringing", "{" + v2 + R"(,"kind":"ringing"})")) ==
        core::Ringing{});
  CHECK(decoded_signal<core::MediaState>(
            relayed("webrtc.ringing", "{" + v2 + R"(,"kind":"state","microphone":true,"camera":false})")) ==
        core::MediaState{true, false, true});
  CHECK(decoded_signal<core::MediaState>(relayed(
            "webrtc.ringing", "{" + v2 + R"(,"kind":"state","microphone":false,"camera":false,"sharing":true})")) ==
        core::MediaState{false, false, false, true});
}

TEST_CASE("a header with an addressee", "[protocol]") {
  core::Header wanted = header(4294967295);
  wanted.to = my_page;
  const auto message = decoded<core::MessageReceived>(
      relayed("webrtc.end", R"({"v":2,"call":"00000000000000A10000000000000001","from":"5555666677778888",)"
                            R"("to":"1111222233334444","seq":4294967295})"));
  CHECK(message.header == wanted);
}

TEST_CASE("a push", "[protocol]") {
  const auto push = decoded<core::CallPushed>(
      R"({"type": "incoming.call", "from_user_id": 2, "chat_id": 7, "audioOnly": true, "from_full_name": "\u0410nna", "from_avatar": "/media/a.png"})",
      notify_socket);
  CHECK(push == core::CallPushed{chat, anna, true, {"\xd0\x90nna"}, {"/media/a.png"}});
}

TEST_CASE("a push without a name or a face, and with a chat number in quotes", "[protocol]") {
  const auto push = decoded<core::CallPushed>(
      R"({"type":"incoming.call","from_user_id":2,"chat_id":"7","audioOnly":false,"from_full_name":null,"from_avatar":null})",
      notify_socket);
  CHECK(push == core::CallPushed{chat, anna, false, {}, {}});
}

TEST_CASE("sound frames that say nothing to us", "[protocol]") {
  const auto [socket, text] = GENERATE(table<core::SocketKey, std::string>({
      {call_socket, relayed("webrtc.video", "{}")},
      {call_socket, relayed("webrtc.", "{}")},
      {call_socket, relayed("chat.message", "{}")},
      {call_socket, R"({"type":"chat.typing"})"},
      {call_socket, R"({"type":"incoming.call","from_user_id":2,"chat_id":7})"},
      {call_socket, relayed("webrtc.ringing", "{}")},
      {call_socket, relayed("webrtc.ringing", R"({"kind":"ringing"})")},
      {call_socket, relayed("webrtc.ringing", "{" + v2 + R"(,"kind":"of-later"})")},
      {call_socket, relayed("webrtc.ringing", "{" + v2 + R"(,"kind":""})")},
      {call_socket, relayed("webrtc.end", "{" + v2 + R"(,"to":2})")},
      {notify_socket, R"({"type":"notification","text":"hello"})"},
      {notify_socket, relayed("webrtc.end", "{}")},
  }));
  CAPTURE(text);
  CHECK(outcome(protocol::decode(socket, text)) == "ignored");
}

TEST_CASE("unknown fields are stepped over", "[protocol]") {
  const std::string text = R"({"x":[1,{"y":null}],"type":"webrtc.end","from_user_id":2,"later":1.5,)"
                           R"("payload":{"reason":"busy","why":{"deep":[[[]]]},"note":"\u00e9"}})";
  CHECK(decoded_signal<core::End>(text).reason == core::EndReason::busy);
}

TEST_CASE("a later version is read as far as we know it", "[protocol]") {
  const auto message = decoded<core::MessageReceived>(
      relayed("webrtc.end",
              R"({"v":3,"call":"00000000000000a10000000000000001","from":"5555666677778888","seq":1,"new":true})"));
  CHECK(message.header == header());
}

TEST_CASE("the largest and smallest user numbers", "[protocol]") {
  const auto user = [](const std::string& number) {
    return decoded<core::MessageReceived>(R"({"type":"webrtc.end","payload":{},"from_user_id":)" + number + "}")
        .user.value;
  };
  CHECK(user("9223372036854775807") == INT64_MAX);
  CHECK(user("-9223372036854775808") == INT64_MIN);
  CHECK(user("0") == 0);
}

TEST_CASE("of two members of one name the later counts, as in browsers", "[protocol]") {
  CHECK(decoded_signal<core::End>(relayed("webrtc.end", R"({"reason":"busy","reason":"declined"})")).reason ==
        core::EndReason::declined);
}

TEST_CASE("by a data channel: the same text, without a server's word for the sender", "[protocol]") {
  const auto on_channel = [](const std::string& text) { return outcome(protocol::decode(core::PeerId{3}, text)); };
  const protocol::Decoded said = protocol::decode(core::PeerId{3}, R"({"type":"webrtc.end","payload":{)" + v2 + "}}");
  REQUIRE(std::get_if<core::Event>(&said));
  CHECK(*std::get_if<core::Event>(&said) ==
        core::Event{core::ChannelMessage{core::PeerId{3}, header(), core::End{core::EndReason::hangup}}});
  CHECK(on_channel(R"({"type":"webrtc.end","payload":{}})") == "rejected version");
  CHECK(on_channel(R"({"type":"webrtc.end"})") == "rejected payload");
  CHECK(on_channel("[]") == "rejected not-an-object");
  CHECK(on_channel(R"({"type":"incoming.call","payload":{)" + v2 + "}}") == "ignored");
}

TEST_CASE("what a reloaded page says is read as it was written; what is broken is refused", "[protocol]") {
  const auto read = [](const core::Signal& signal) {
    std::string text = protocol::encode({chat, header(), signal});
    text.insert(1, R"("from_user_id":2,)");
    return decoded<core::MessageReceived>(text).signal;
  };
  const core::Resume leaving{core::ResumeStep::leaving, {}, {}, {}};
  const core::Resume back{core::ResumeStep::offer, {sdp_text()}, {}, {"abc"}};
  const core::Resume answer{core::ResumeStep::answer, {sdp_text()}, {}, {"def"}};
  for (const core::Signal& signal :
       {core::Signal{leaving}, core::Signal{back}, core::Signal{answer}, core::Signal{core::ResumeKey{{"token"}}}}) {
    CHECK(read(signal) == signal);
  }
  const auto on_call = [](const std::string& more) {
    const std::string sdp = R"(,"sdp":)" + quoted(sdp_text());
    return outcome(protocol::decode(call_socket, relayed("webrtc.ringing", "{" + v2 + sdp + more + "}")));
  };
  CHECK(on_call(R"(,"kind":"resume")") == "rejected type");
  CHECK(on_call(R"(,"kind":"resume","type":"back")") == "rejected type");
  CHECK(on_call(R"(,"kind":"resume","type":"offer")") == "rejected proof");
  CHECK(on_call(R"(,"kind":"resume","type":"offer","proof":")" + std::string(65, 'a') + "\"") == "rejected proof");
  CHECK(on_call(R"(,"kind":"key")") == "rejected proof");
}

TEST_CASE("what pages say while it rings is read as it was written", "[protocol]") {
  const core::Early early{core::DescriptionKind::answer, {sdp_text()}, {}};
  for (const core::Signal& signal : {core::Signal{early}, core::Signal{core::Accept{}}}) {
    std::string text = protocol::encode({chat, header(), signal});
    CHECK(text.rfind(R"({"type":"webrtc.ringing")", 0) == 0);
    text.insert(1, R"("from_user_id":2,)");
    CHECK(decoded<core::MessageReceived>(text).signal == signal);
  }
  const auto on_call = [](const std::string& more) {
    return outcome(
        protocol::decode(call_socket, relayed("webrtc.ringing", "{" + v2 + R"(,"kind":"early")" + more + "}")));
  };
  CHECK(on_call("") == "rejected type");
  CHECK(on_call(R"(,"type":"offer")") == "rejected sdp");
}
