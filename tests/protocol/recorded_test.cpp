// The frames of a real call between two old clients: we understand each of them, and say the same.
#include "support/recorded_frames.hpp"

#include <map>

#include "protocol/wire.hpp"

using namespace odnix;
using namespace odnix::test;

namespace {

/// A client's frame becomes a received one when the server adds who sent it.
std::string as_received(const RecordedFrame& frame) {
  std::string text = frame.text;
  if (frame.sent) text.insert(1, R"("from_user_id":1,)");
  return text;
}

}  // namespace

TEST_CASE("every recorded frame is understood", "[protocol][recorded]") {
  const auto frames = recorded_frames();
  REQUIRE(frames.size() == 27);
  std::map<std::string, int> seen;
  for (const RecordedFrame& frame : frames) {
    INFO(frame.text);
    const auto result = protocol::decode(frame.notify ? notify_socket : call_socket, as_received(frame));
    INFO(outcome(result));
    const auto* event = std::get_if<core::Event>(&result);
    REQUIRE(event != nullptr);
    const auto* message = std::get_if<core::MessageReceived>(event);
    ++seen[std::string(message ? core::name_of(message->signal) : core::name_of(*event))];
    if (message) CHECK(message->header == std::nullopt);
  }
  CHECK(seen ==
        std::map<std::string, int>{{"Answer", 2}, {"CallPushed", 1}, {"Candidates", 20}, {"End", 2}, {"Offer", 2}});
}

TEST_CASE("what a recorded client said, we say with the same bytes", "[protocol][recorded]") {
  int compared = 0;
  for (const RecordedFrame& frame : recorded_frames()) {
    if (!frame.sent) continue;
    const auto message = decoded<core::MessageReceived>(as_received(frame));
    CHECK(protocol::encode({chat, std::nullopt, message.signal}) == frame.text);
    ++compared;
  }
  CHECK(compared == 13);
}

TEST_CASE("the recorded push names its caller", "[protocol][recorded]") {
  for (const RecordedFrame& frame : recorded_frames()) {
    if (!frame.notify) continue;
    const auto push = decoded<core::CallPushed>(frame.text, notify_socket);
    CHECK(push.chat == core::ChatId{1});
    CHECK(push.user == core::UserId{1});
    CHECK_FALSE(push.audio_only);
    CHECK(push.name.text == "Alice");
    CHECK(push.avatar.text.substr(0, 26) == "data:image/svg+xml;base64,");
  }
}
