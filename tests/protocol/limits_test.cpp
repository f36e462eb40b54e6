// Every limit holds exactly: the largest thing passes, one byte more is refused.
#include "protocol/limits.hpp"

#include "protocol/wire.hpp"

using namespace odnix;
using namespace odnix::test;
namespace limits = protocol::limits;

namespace {

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}
std::string on_call(const std::string& text) { return outcome(protocol::decode(call_socket, text)); }
std::string offer_of(const std::string& sdp) { return relayed("webrtc.offer", R"({"sdp":)" + quoted(sdp) + "}"); }
std::string ice_of(const std::string& member, const std::string& value) {
  return relayed("webrtc.ice", R"({"candidate":{")" + member + "\":" + value + "}}");
}
std::string batch_of(std::size_t count) {
  return relayed("webrtc.ringing", "{" + v2 + R"(,"kind":"candidates","candidates":[)" +
                                       repeat(R"({"candidate":"candidate:1"},)", count - 1) +
                                       R"({"candidate":"candidate:1"}]})");
}
bool is_event(const std::string& outcome) { return outcome.substr(0, 1) == "{"; }

}  // namespace

TEST_CASE("frame size", "[protocol][limits]") {
  const std::string start = R"({"type":"webrtc.end","from_user_id":2,"payload":{"x":")";
  const std::string finish = R"("}})";
  const std::string filler(limits::frame_bytes - start.size() - finish.size(), 'a');
  CHECK(is_event(on_call(start + filler + finish)));
  CHECK(on_call(start + filler + "a" + finish) == "rejected too-large");
  CHECK(on_call(std::string(5 * 1024 * 1024, 'x')) == "rejected too-large");
}

TEST_CASE("by a data channel a message may be a quarter as long", "[protocol][limits]") {
  const std::string start = R"({"type":"webrtc.end","payload":{)" + v2 + R"(,"x":")";
  const std::string filler(limits::channel_bytes - start.size() - 3, 'a');
  const auto on_channel = [](const std::string& text) { return outcome(protocol::decode(core::PeerId{3}, text)); };
  CHECK(is_event(on_channel(start + filler + R"("}})")));
  CHECK(on_channel(start + filler + R"(a"}})") == "rejected too-large");
}

TEST_CASE("JSON depth", "[protocol][limits]") {
  // The frame and its payload are two of them.
  const auto nested = [](std::size_t depth) {
    return relayed("webrtc.end", R"({"x":)" + repeat("[", depth - 2) + repeat("]", depth - 2) + "}");
  };
  CHECK(is_event(on_call(nested(limits::json_depth))));
  CHECK(on_call(nested(limits::json_depth + 1)) == "rejected too-deep");
  CHECK(on_call(std::string(200'000, '[')) == "rejected too-deep");
  CHECK(on_call(repeat(R"({"a":)", 40'000)) == "rejected too-deep");
  CHECK(on_call(R"({"type":")" + repeat("[{", 50) + R"("})") == "ignored");  // inside a string they are text
  CHECK(on_call(R"({"type":"\"[[[[[[[[[[[[[[[[[[[\\"})") == "ignored");      // also after an escaped quote
  CHECK(is_event(on_call(relayed("webrtc.end", R"({"x":[)" + repeat("[],", 500) + "0]}"))));  // beside is not inside
}

TEST_CASE("members and elements", "[protocol][limits]") {
  // relayed() has 5 separators of its own, `"x":` one more.
  const auto list = [](std::size_t separators) {
    return relayed("webrtc.end", R"({"x":[)" + repeat("0,", separators - 6) + "0]}");
  };
  CHECK(is_event(on_call(list(limits::json_separators))));
  CHECK(on_call(list(limits::json_separators + 1)) == "rejected too-many");
  CHECK(on_call("[" + std::string(limits::frame_bytes - 2, ',') + "]") == "rejected too-many");
}

TEST_CASE("session descriptions", "[protocol][limits]") {
  const std::string text(limits::sdp_bytes, 'v');
  CHECK(is_event(on_call(offer_of(text))));
  CHECK(on_call(offer_of(text + "v")) == "rejected sdp-too-large");
  CHECK(on_call(relayed("webrtc.answer", R"({"sdp":")" + text + R"(v"})")) == "rejected sdp-too-large");

  const std::string line = GENERATE("m=audio 9 X 0\r\n", "m=audio 9 X 0\n", "m=audio 9 X 0\r");
  CHECK(is_event(on_call(offer_of("v=0\r\n" + repeat(line, limits::sdp_media_lines)))));
  CHECK(on_call(offer_of("v=0\r\n" + repeat(line, limits::sdp_media_lines + 1))) == "rejected too-many-media-lines");
  CHECK(on_call(offer_of(repeat(line, limits::sdp_media_lines + 1))) == "rejected too-many-media-lines");
  CHECK(is_event(on_call(offer_of("v=0\r\na=" + repeat("m=", 50)))));  // m= in the middle of a line is no section

  const std::string address = GENERATE("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", "a=candidate:\n");
  CHECK(is_event(on_call(offer_of("v=0\r\n" + repeat(address, limits::sdp_candidates)))));
  CHECK(on_call(offer_of("v=0\r\n" + repeat(address, limits::sdp_candidates + 1))) == "rejected too-many-candidates");
}

TEST_CASE("candidates", "[protocol][limits]") {
  const auto [member, size] = GENERATE(table<std::string, std::size_t>({
      {"candidate", limits::candidate_bytes},
      {"sdpMid", limits::mid_bytes},
      {"usernameFragment", limits::ufrag_bytes},
  }));
  CHECK(is_event(on_call(ice_of(member, quoted(std::string(size, 'c'))))));
  CHECK(on_call(ice_of(member, quoted(std::string(size + 1, 'c')))) == "rejected candidate-too-large");

  CHECK(is_event(on_call(ice_of("sdpMLineIndex", "65535"))));
  CHECK(is_event(on_call(batch_of(limits::candidates))));
  CHECK(on_call(batch_of(limits::candidates + 1)) == "rejected too-many-candidates");
}

TEST_CASE("a batch of the most and longest candidates fits into a frame", "[protocol][limits]") {
  core::Candidates batch;
  const core::Candidate longest{{std::string(limits::candidate_bytes, 'c')},
                                std::string(limits::mid_bytes, 'm'),
                                65535,
                                {std::string(limits::ufrag_bytes, 'u')}};
  batch.list.assign(limits::candidates, longest);
  core::Header with = header();
  with.to = my_page;
  std::string text = protocol::encode({chat, with, batch});
  CHECK(text.size() <= limits::frame_bytes);
  text.insert(1, R"("from_user_id":2,)");
  CHECK(decoded_signal<core::Candidates>(text) == batch);
}

TEST_CASE("a long name is cut between characters, a large picture is left out, the call still rings",
          "[protocol][limits]") {
  const auto push = [](const std::string& name, const std::string& avatar) {
    return decoded<core::CallPushed>(R"({"type":"incoming.call","from_user_id":2,"chat_id":7,"from_full_name":)" +
                                         quoted(name) + R"(,"from_avatar":)" + quoted(avatar) + "}",
                                     notify_socket);
  };
  const std::string full(limits::name_bytes, 'a');
  CHECK(push(full, "").name.text == full);
  CHECK(push(full + "a", "").name.text == full);
  const std::string euro = "\xe2\x82\xac";
  CHECK(push(full.substr(1) + euro, "").name.text == full.substr(1));
  CHECK(push(full.substr(3) + euro + "x", "").name.text == full.substr(3) + euro);
  CHECK(push(repeat(euro, 200), "").name.text == repeat(euro, limits::name_bytes / 3));

  const std::string picture(limits::avatar_bytes, 'p');
  CHECK(push("", picture).avatar.text == picture);
  CHECK(push("", picture + "p").avatar.text.empty());
}
