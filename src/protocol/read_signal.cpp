#include <algorithm>
#include <utility>

#include "core/describe.hpp"
#include "protocol/fields.hpp"
#include "protocol/limits.hpp"
#include "protocol/read.hpp"
#include "protocol/sdp.hpp"
#include "protocol/words.hpp"

namespace odnix::protocol {
namespace {

Error read_text_of_sdp(const Json& payload, core::Sdp& out) {
  std::string_view sdp;
  if (text_field(payload, "sdp", sdp) != Field::good || sdp.empty()) return "sdp";
  if (const Error error = check_sdp(sdp); !error.empty()) return error;
  out.text = sdp;
  return ok;
}

Error read_sdp(const Json& payload, std::string_view type, core::Sdp& out) {
  std::string_view said;
  if (text_field(payload, "type", said) == Field::wrong) return "type";
  if (!said.empty() && said != type) return "type";
  return read_text_of_sdp(payload, out);
}

/// 0 … 4294967295; absent reads as 0.
Error read_count(const Json& payload, const char* name, std::uint32_t& out) {
  std::int64_t number = 0;
  if (integer_field(payload, name, number) == Field::wrong || number < 0 || number > 0xffffffffLL) return "count";
  out = static_cast<std::uint32_t>(number);
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

/// RTCSdpType, of which these two are ever said.
Error read_type(const Json& payload, core::DescriptionKind& out) {
  std::string_view type;
  if (text_field(payload, "type", type) != Field::good || (type != "offer" && type != "answer")) return "type";
  out = type == "offer" ? core::DescriptionKind::offer : core::DescriptionKind::answer;
  return ok;
}

Error read_early(const Json& payload, core::Signal& out) {
  core::Early early;
  if (const Error error = read_type(payload, early.kind); !error.empty()) return error;
  const Error error = read_text_of_sdp(payload, early.sdp);
  out = std::move(early);
  return error;
}

Error read_renegotiate(const Json& payload, core::Signal& out) {
  core::Renegotiate said;
  if (const Error error = read_type(payload, said.kind); !error.empty()) return error;
  if (const Error error = read_sdp(payload, core::to_string(said.kind), said.sdp); !error.empty()) return error;
  if (const Error error = read_count(payload, "round", said.round); !error.empty()) return error;
  if (const Error error = read_count(payload, "generation", said.generation); !error.empty()) return error;
  if (const Error error = read_count(payload, "epoch", said.epoch); !error.empty()) return error;
  out = std::move(said);
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
  std::uint32_t generation = 0;
  if (const Error error = read_count(payload, "generation", generation); !error.empty()) return error;
  out = core::Candidates{{std::move(candidate)}, generation};
  return ok;
}

Error read_batch(const Json& payload, core::Signal& out) {
  const Json* list = member(payload, "candidates");
  if (list == nullptr || !list->is_array()) return "candidates";
  if (list->size() > limits::candidates) return "too-many-candidates";
  core::Candidates batch;
  if (const Error error = read_count(payload, "generation", batch.generation); !error.empty()) return error;
  if (const Error error = read_count(payload, "round", batch.round); !error.empty()) return error;
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

Error read_media(const Json& payload, core::MediaState& out) {
  if (bool_field(payload, "microphone", out.microphone) != Field::good) return "state";
  if (bool_field(payload, "camera", out.camera) != Field::good) return "state";
  out.sends = out.microphone || out.camera;
  if (bool_field(payload, "sends", out.sends) == Field::wrong) return "state";
  if (bool_field(payload, "sharing", out.sharing) == Field::wrong) return "state";
  return ok;
}

Error read_media_state(const Json& payload, core::Signal& out) {
  core::MediaState state;
  if (const Error error = read_media(payload, state); !error.empty()) return error;
  out = state;
  return ok;
}

Error read_select(const Json& payload, core::Signal& out) {
  std::string_view digits;
  if (text_field(payload, "endpoint", digits) != Field::good) return "endpoint-id";
  const auto chosen = core::from_hex(digits);
  if (!chosen || *chosen == 0) return "endpoint-id";
  out = core::Select{{*chosen}};
  return ok;
}

Error read_ack(const Json& payload, core::Signal& out) {
  std::int64_t number = 0;
  if (integer_field(payload, "of", number) != Field::good || number < 1 || number > 0xffffffffLL) return "ack";
  out = core::Ack{static_cast<std::uint32_t>(number)};
  return ok;
}

Error read_hex(const Json& payload, const char* name, core::Secret& out) {
  std::string_view digits;
  if (text_field(payload, name, digits) != Field::good || digits.empty() || digits.size() > limits::proof_bytes) {
    return "proof";
  }
  out.text = digits;
  return ok;
}

Error read_resume(const Json& payload, core::Signal& out) {
  core::Resume resume;
  std::string_view step;
  if (text_field(payload, "type", step) != Field::good) return "type";
  if (step != "leaving") {
    resume.step = step == "answer" ? core::ResumeStep::answer : core::ResumeStep::offer;
    if (const Error error = read_sdp(payload, to_string(resume.step), resume.sdp); !error.empty()) return error;
    if (const Error error = read_hex(payload, "proof", resume.proof); !error.empty()) return error;
  }
  out = std::move(resume);
  return ok;
}

Error read_key(const Json& payload, core::Signal& out) {
  core::ResumeKey key;
  const Error error = read_hex(payload, "token", key.token);
  out = std::move(key);
  return error;
}

Error read_invite(const Json& payload, core::Signal& out) {
  core::Invite invite;
  if (bool_field(payload, "audioOnly", invite.audio_only) == Field::wrong) return "audio-only";
  if (const Error error = read_age(payload, invite.age); !error.empty()) return error;
  const Json* list = member(payload, "people");
  if (list == nullptr || !list->is_array() || list->size() > limits::people) return "people";
  for (const Json& item : *list) {
    std::string_view page;
    core::Attendee attendee;
    if (!item.is_object() || text_field(item, "page", page) != Field::good) return "people";
    const auto id = endpoint_of(page);
    if (!id || integer_field(item, "user", attendee.user.value) != Field::good) return "people";
    attendee.page = *id;
    invite.people.push_back(attendee);
  }
  out = std::move(invite);
  return ok;
}

Error read_join(const Json& payload, core::Signal& out) {
  core::Join join;
  if (const Error error = read_media(payload, join.media); !error.empty()) return error;
  if (const Error error = read_count(payload, "since", join.since); !error.empty()) return error;
  if (const Error error = read_count(payload, "redo", join.redo); !error.empty()) return error;
  out = join;
  return ok;
}

Error read_leave(const Json& payload, core::Signal& out) {
  std::string_view word;
  core::Leave leave;
  if (text_field(payload, "reason", word) == Field::wrong) return "reason";
  if (bool_field(payload, "over", leave.over) == Field::wrong) return "over";
  leave.reason = end_reason(word);
  out = leave;
  return ok;
}

Error read_link(const Json& payload, core::DescriptionKind kind, core::Signal& out) {
  core::LinkDescription description;
  description.kind = kind;
  if (const Error error = read_text_of_sdp(payload, description.sdp); !error.empty()) return error;
  if (const Error error = read_count(payload, "round", description.round); !error.empty()) return error;
  out = std::move(description);
  return ok;
}

/// webrtc.ringing carries everything that old peers must not see. They never send it themselves.
Reading read_extension(const Json& payload, bool v2, core::Signal& out) {
  if (!v2) return {ok, false};
  std::string_view kind;
  if (text_field(payload, "kind", kind) != Field::good) return {"kind"};
  if (kind == "candidates") return {read_batch(payload, out)};
  if (kind == "state") return {read_media_state(payload, out)};
  if (kind == "select") return {read_select(payload, out)};
  if (kind == "renegotiate") return {read_renegotiate(payload, out)};
  if (kind == "ack") return {read_ack(payload, out)};
  if (kind == "resume") return {read_resume(payload, out)};
  if (kind == "early") return {read_early(payload, out)};
  if (kind == "key") return {read_key(payload, out)};
  if (kind == "invite") return {read_invite(payload, out)};
  if (kind == "join") return {read_join(payload, out)};
  if (kind == "leave") return {read_leave(payload, out)};
  if (kind == "offer") return {read_link(payload, core::DescriptionKind::offer, out)};
  if (kind == "answer") return {read_link(payload, core::DescriptionKind::answer, out)};
  if (kind == "ringing") {
    out = core::Ringing{};
  } else if (kind == "accept") {
    out = core::Accept{};
  } else if (kind == "ready") {
    out = core::Ready{};
  } else {
    return {ok, false};
  }
  return {ok};
}

}  // namespace

Reading read_signal(std::string_view type, const Json& payload, bool v2, core::Signal& out) {
  if (type == "webrtc.offer") return {read_offer(payload, v2, out)};
  if (type == "webrtc.answer") return {read_answer(payload, out)};
  if (type == "webrtc.ice") return {read_ice(payload, out)};
  if (type == "webrtc.end") return {read_end(payload, out)};
  if (type == "webrtc.ringing") return read_extension(payload, v2, out);
  return {ok, false};
}

}  // namespace odnix::protocol
