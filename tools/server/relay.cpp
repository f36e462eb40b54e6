#include "relay.hpp"

#include <algorithm>
#include <array>

#include "python_json.hpp"
#include "python_string.hpp"

namespace odnix::devserver {
namespace {

constexpr std::array<std::string_view, 5> kRelayed{"webrtc.offer", "webrtc.answer", "webrtc.ice", "webrtc.end",
                                                   "webrtc.ringing"};

Verdict drop(std::string_view why) { return {Verdict::Action::Drop, {}, {}, {}, {}, why}; }
Verdict fail(std::string_view why) { return {Verdict::Action::Fail, {}, {}, {}, {}, why}; }

std::string nullable(const std::optional<std::string>& text) { return text ? quote_json(*text) : "null"; }

std::string incoming_call(const Chat& chat, const User& sender, bool audio_only) {
  return "{\"type\": \"incoming.call\", \"from_user_id\": " + std::to_string(sender.id) +
         ", \"chat_id\": " + std::to_string(chat.id) + ", \"audioOnly\": " + (audio_only ? "true" : "false") +
         ", \"from_full_name\": " + nullable(sender.name) + ", \"from_avatar\": " + nullable(sender.avatar) + "}";
}

}  // namespace

Verdict judge(const Chat& chat, const User& sender, std::string_view text) {
  const JsonDocument message = read_json(text);
  switch (message.status) {
    case JsonDocument::Status::NotJson: return drop("not JSON");
    case JsonDocument::Status::TooDeep: return fail("JSON nested too deep");
    case JsonDocument::Status::Ok: break;
  }
  if (message.kind != JsonKind::Object) return fail("JSON that is not an object");

  const JsonValue* type = message.find("type");
  if (type == nullptr || type->kind != JsonKind::String) return drop("no type");
  const std::string name = type->text.substr(1, type->text.size() - 2);
  if (std::find(kRelayed.begin(), kRelayed.end(), name) == kRelayed.end()) return drop("type is not relayed");

  // A missing payload is the empty one; null is not: the real server then fails in reading an offer's fields.
  const JsonValue* given = message.find("payload");
  Verdict verdict;
  verdict.payload = given == nullptr ? "{}" : given->text;
  if (name == "webrtc.offer") {
    if (given != nullptr && given->kind != JsonKind::Object) return fail("offer whose payload is not an object");
    if (chat.kind == Chat::Kind::Private) {
      const JsonDocument offer = read_json(verdict.payload);
      const JsonValue* audio_only = offer.find("audioOnly");
      verdict.push = incoming_call(chat, sender, audio_only != nullptr && audio_only->truthy);
    }
  }
  verdict.action = Verdict::Action::Relay;
  verdict.type = name;
  verdict.relayed = "{\"type\": \"" + name + "\", \"from_user_id\": " + std::to_string(sender.id) +
                    ", \"payload\": " + verdict.payload + "}";
  return verdict;
}

}  // namespace odnix::devserver
