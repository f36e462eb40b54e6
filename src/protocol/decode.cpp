// Text -> event.
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/fields.hpp"
#include "protocol/limits.hpp"
#include "protocol/parse.hpp"
#include "protocol/precheck.hpp"
#include "protocol/read.hpp"

namespace odnix::protocol {
namespace {

Reading read_message(std::string_view type, const Json& frame, std::optional<core::Header>& header,
                     core::Signal& signal) {
  const Json* payload = member(frame, "payload");
  if (payload == nullptr || !payload->is_object()) return {"payload"};
  Reading reading = read_header(*payload, header);
  if (reading.error.empty() && reading.known) reading = read_signal(type, *payload, header.has_value(), signal);
  return reading;
}

Decoded outcome(const Reading& reading, core::Event event) {
  if (!reading.error.empty()) return Rejected{reading.error};
  if (!reading.known) return Ignored{};
  return event;
}

Decoded decode_message(core::ChatId chat, std::string_view type, const Json& frame) {
  if (type.substr(0, 7) != "webrtc.") return Ignored{};
  core::MessageReceived message{chat, {}, {}, {}};
  if (integer_field(frame, "from_user_id", message.user.value) != Field::good) return Rejected{"user-id"};
  const Reading reading = read_message(type, frame, message.header, message.signal);
  return outcome(reading, std::move(message));
}

/// At most `limit` bytes, cut between characters.
std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
  return text.substr(0, limit);
}

Decoded decode_push(std::string_view type, const Json& frame) {
  if (type != "incoming.call") return Ignored{};
  core::CallPushed push;
  std::string_view name, avatar;
  if (integer_field(frame, "from_user_id", push.user.value) != Field::good) return Rejected{"user-id"};
  if (number_or_digits_field(frame, "chat_id", push.chat.value) != Field::good) return Rejected{"chat-id"};
  if (bool_field(frame, "audioOnly", push.audio_only) == Field::wrong) return Rejected{"audio-only"};
  if (text_field(frame, "from_full_name", name) == Field::wrong) return Rejected{"name"};
  if (text_field(frame, "from_avatar", avatar) == Field::wrong) return Rejected{"avatar"};
  push.name.text = cut(name, limits::name_bytes);
  if (avatar.size() <= limits::avatar_bytes) push.avatar.text = avatar;
  return core::Event{std::move(push)};
}

/// The frame's tree and type; the type's text lies in the tree.
Error open_frame(std::string_view text, std::optional<Json>& frame, std::string_view& type) {
  if (const Error error = precheck(text); !error.empty()) return error;
  frame = parse(text);
  if (!frame) return "not-json";
  if (!frame->is_object()) return "not-an-object";
  return text_field(*frame, "type", type) == Field::good ? ok : Error{"type"};
}

}  // namespace

Decoded decode(const core::SocketKey& socket, std::string_view text) {
  std::optional<Json> frame;
  std::string_view type;
  if (const Error error = open_frame(text, frame, type); !error.empty()) return Rejected{error};
  return socket.chat ? decode_message(*socket.chat, type, *frame) : decode_push(type, *frame);
}

Decoded decode(core::PeerId peer, std::string_view text) {
  if (text.size() > limits::channel_bytes) return Rejected{"too-large"};
  std::optional<Json> frame;
  std::string_view type;
  if (const Error error = open_frame(text, frame, type); !error.empty()) return Rejected{error};
  std::optional<core::Header> header;
  core::ChannelMessage message{peer, {}, {}};
  const Reading reading = read_message(type, *frame, header, message.signal);
  if (reading.error.empty() && reading.known && !header) return Rejected{"version"};
  if (header) message.header = *header;
  return outcome(reading, std::move(message));
}

}  // namespace odnix::protocol
