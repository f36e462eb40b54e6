// Text -> event. Each reader below fills one part of a message and answers the word for Rejected, or nothing if all is
// well ("" reads as success).
#include <algorithm>
#include <utility>

#include "core/describe.hpp"
#include "protocol/codec.hpp"
#include "protocol/fields.hpp"
#include "protocol/limits.hpp"
#include "protocol/precheck.hpp"
#include "protocol/sdp.hpp"
#include "protocol/words.hpp"

namespace odnix::protocol {
namespace {

using Error = std::string_view;
inline constexpr Error ok{};

/// What a payload came to; `known` is false for kinds that this version does not know.
struct Reading {
  Error error;
  bool known{true};
};

Error read_sdp(const Json& payload, std::string_view type, core::Sdp& out) {
  std::string_view said;
  if (text_field(payload, "type", said) == Field::wrong) return "type";
  if (!said.empty() && said != type) return "type";
  std::string_view sdp;
  if (text_field(payload, "sdp", sdp) != Field::good || sdp.empty()) return "sdp";
  if (const Error error = check_sdp(sdp); !error.empty()) return error;
  out.text = sdp;
  return ok;
}

/// A caller's clock may say anything; beyond an hour all ages are equally too old.
Error read_age(const Json& payload, core::Duration& out) {
  std::int64_t age = 0;
  if (integer_field(payload, "age", age) == Field::wrong || age < 0) return "age";
  out = std::min(core::Duration{age}, core::Duration{std::chrono::hours{1}});
  return ok;
}

Error read_offer(const Json& payload, bool v2, core::Signal& out) {
  core::Offer offer;
  if (const Error error = read_sdp(payload, "offer", offer.sdp); !error.empty()) return error;
  if (bool_field(payload, "audioOnly", offer.audio_only) == Field::wrong) return "audio-only";
  if (v2) {
    if (const Error error = read_age(payload, offer.age); !error.empty()) return error;
  }
  offer.session = session_of(offer.sdp.text);
  out = std::move(offer);
  return ok;
}

Error read_answer(const Json& payload, core::Signal& out) {
  core::Answer answer;
  if (const Error error = read_sdp(payload, "answer", answer.sdp); !error.empty()) return error;
  out = std::move(answer);
  return ok;
}

/// RTCIceCandidateInit. No text is the end-of-candidates mark, as in W3C WebRTC, section 4.8.1.
Error read_candidate(const Json& init, core::Candidate& out) {
  if (!init.is_object()) return "candidate";
  std::string_view line, mid, ufrag;
  std::int64_t index = -1;
  if (text_field(init, "candidate", line) == Field::wrong) return "candidate";
  if (text_field(init, "sdpMid", mid) == Field::wrong) return "candidate";
  if (text_field(init, "usernameFragment", ufrag) == Field::wrong) return "candidate";
  const Field has_index = integer_field(init, "sdpMLineIndex", index);
  if (has_index == Field::wrong) return "candidate";
  if (line.size() > limits::candidate_bytes || mid.size() > limits::mid_bytes || ufrag.size() > limits::ufrag_bytes) {
    return "candidate-too-large";
  }
  if (has_index == Field::good && (index < 0 || index > limits::m_line_index)) return "candidate";
  out.line.text = line;
  out.mid = mid;
  out.m_line_index = static_cast<std::int32_t>(index);
  out.ufrag.text = ufrag;
  return ok;
}

Error read_ice(const Json& payload, core::Signal& out) {
  const auto found = payload.find("candidate");
  if (found == payload.end()) return "candidate";
  core::Candidate candidate;
  candidate.m_line_index = -1;
  if (!found->is_null()) {
    if (const Error error = read_candidate(*found, candidate); !error.empty()) return error;
  }
  out = core::Candidates{{std::move(candidate)}};
  return ok;
}

Error read_batch(const Json& payload, core::Signal& out) {
  const Json* list = member(payload, "candidates");
  if (list == nullptr || !list->is_array()) return "candidates";
  if (list->size() > limits::candidates) return "too-many-candidates";
  core::Candidates batch;
  batch.list.reserve(list->size());
  for (const Json& init : *list) {
    core::Candidate candidate;
    if (const Error error = read_candidate(init, candidate); !error.empty()) return error;
    batch.list.push_back(std::move(candidate));
  }
  out = std::move(batch);
  return ok;
}

Error read_end(const Json& payload, core::Signal& out) {
  std::string_view word;
  if (text_field(payload, "reason", word) == Field::wrong) return "reason";
  out = core::End{end_reason(word)};
  return ok;
}

Error read_media_state(const Json& payload, core::Signal& out) {
  core::MediaState state;
  if (bool_field(payload, "microphone", state.microphone) != Field::good) return "state";
  if (bool_field(payload, "camera", state.camera) != Field::good) return "state";
  out = state;
  return ok;
}

/// webrtc.ringing carries everything that old peers must not see. They never send it themselves.
Reading read_extension(const Json& payload, bool v2, core::Signal& out) {
  if (!v2) return {ok, false};
  std::string_view kind;
  if (text_field(payload, "kind", kind) != Field::good) return {"kind"};
  if (kind == "candidates") return {read_batch(payload, out)};
  if (kind == "state") return {read_media_state(payload, out)};
  if (kind != "ringing") return {ok, false};
  out = core::Ringing{};
  return {ok};
}

/// The v2 fields. None at all is an old peer; a broken set is refused, for it can be tied to no call.
Reading read_header(const Json& payload, std::optional<core::Header>& out) {
  if (!payload.contains("v")) return {ok};
  std::int64_t version = 0;
  if (integer_field(payload, "v", version) != Field::good || version < 2) return {"version"};
  std::string_view call, from, to;
  if (text_field(payload, "call", call) != Field::good) return {"call-id"};
  if (text_field(payload, "from", from) != Field::good) return {"endpoint-id"};
  core::Header header;
  const auto call_id = core::call_id_from_hex(call);
  if (!call_id || call_id->hi == 0)
    return {"call-id"};  // hi == 0 is how we number old peers' calls: not for others to name
  const auto from_id = core::from_hex(from);
  if (!from_id || *from_id == 0) return {"endpoint-id"};
  header.call = *call_id;
  header.from = core::EndpointId{*from_id};
  std::int64_t number = 0;
  if (integer_field(payload, "seq", number) != Field::good || number < 1 || number > 0xffffffffLL) return {"seq"};
  header.seq = static_cast<std::uint32_t>(number);
  switch (text_field(payload, "to", to)) {
    case Field::absent: break;
    case Field::good: {
      const auto to_id = core::from_hex(to);
      if (!to_id || *to_id == 0) return {"endpoint-id"};
      header.to = core::EndpointId{*to_id};
      break;
    }
    case Field::wrong:  // a user's number is allowed here, but only groups need it
      if (integer_field(payload, "to", number) != Field::good) return {"endpoint-id"};
      return {ok, false};
  }
  out = header;
  return {ok};
}

Reading read_signal(std::string_view type, const Json& payload, bool v2, core::Signal& out) {
  if (type == "webrtc.offer") return {read_offer(payload, v2, out)};
  if (type == "webrtc.answer") return {read_answer(payload, out)};
  if (type == "webrtc.ice") return {read_ice(payload, out)};
  if (type == "webrtc.end") return {read_end(payload, out)};
  if (type == "webrtc.ringing") return read_extension(payload, v2, out);
  return {ok, false};
}

Decoded decode_message(core::ChatId chat, std::string_view type, const Json& frame) {
  if (type.substr(0, 7) != "webrtc.") return Ignored{};
  core::MessageReceived message{chat, {}, {}, {}};
  if (integer_field(frame, "from_user_id", message.user.value) != Field::good) return Rejected{"user-id"};
  const Json* payload = member(frame, "payload");
  if (payload == nullptr || !payload->is_object()) return Rejected{"payload"};
  Reading reading = read_header(*payload, message.header);
  if (reading.error.empty() && reading.known) {
    reading = read_signal(type, *payload, message.header.has_value(), message.signal);
  }
  if (!reading.error.empty()) return Rejected{reading.error};
  if (!reading.known) return Ignored{};
  return core::Event{std::move(message)};
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

}  // namespace

Decoded decode(const core::SocketKey& socket, std::string_view text) {
  if (const Error error = precheck(text); !error.empty()) return Rejected{error};
  const Json frame = Json::parse(text.data(), text.data() + text.size(), nullptr, false);
  if (frame.is_discarded()) return Rejected{"not-json"};
  if (!frame.is_object()) return Rejected{"not-an-object"};
  std::string_view type;
  if (text_field(frame, "type", type) != Field::good) return Rejected{"type"};
  return socket.chat ? decode_message(*socket.chat, type, frame) : decode_push(type, frame);
}

}  // namespace odnix::protocol
