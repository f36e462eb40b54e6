// Signal -> text. Members stand in the order in which the old client writes them; what we add comes after.
#include <utility>

#include "core/describe.hpp"
#include "protocol/codec.hpp"
#include "protocol/json.hpp"
#include "protocol/sdp.hpp"
#include "protocol/words.hpp"

namespace odnix::protocol {
namespace {

void put(Json& object, const char* name, Json value) { object[name] = std::move(value); }

Json object() { return Json(Json::value_t::object); }

Json init_of(const core::Candidate& candidate) {
  Json init = object();
  put(init, "candidate", candidate.line.text);
  if (!candidate.mid.empty()) put(init, "sdpMid", candidate.mid);
  if (candidate.m_line_index >= 0) put(init, "sdpMLineIndex", candidate.m_line_index);
  if (!candidate.ufrag.text.empty()) put(init, "usernameFragment", candidate.ufrag.text);
  return init;
}

void put_header(Json& payload, const core::Header& header) {
  put(payload, "v", 2);
  put(payload, "call", core::to_hex(header.call));
  put(payload, "from", core::to_hex(header.from.value));
  if (header.to) put(payload, "to", core::to_hex(header.to->value));
  put(payload, "seq", header.seq);
}

/// Fills the payload of one signal and answers the frame's type. `v2`: a header follows, so extras may be said.
struct PayloadWriter {
  Json& payload;
  bool v2;

  const char* operator()(const core::Offer& offer) const {
    put(payload, "sdp", with_candidates(offer.sdp.text, offer.candidates));
    put(payload, "type", "offer");
    put(payload, "audioOnly", offer.audio_only);
    if (v2) put(payload, "age", offer.age.count());
    return "webrtc.offer";
  }
  const char* operator()(const core::Answer& answer) const {
    put(payload, "sdp", with_candidates(answer.sdp.text, answer.candidates));
    put(payload, "type", "answer");
    return "webrtc.answer";
  }
  const char* operator()(const core::Candidates& candidates) const {
    if (candidates.generation != 0) put(payload, "generation", candidates.generation);
    if (candidates.list.size() == 1) {
      put(payload, "candidate", init_of(candidates.list.front()));
      return "webrtc.ice";
    }
    Json list(Json::value_t::array);
    for (const core::Candidate& candidate : candidates.list) list.push_back(init_of(candidate));
    put(payload, "kind", "candidates");
    put(payload, "candidates", std::move(list));
    return "webrtc.ringing";
  }
  const char* operator()(const core::End& end) const {
    if (v2) put(payload, "reason", to_word(end.reason));
    return "webrtc.end";
  }
  const char* operator()(const core::Ringing&) const {
    put(payload, "kind", "ringing");
    return "webrtc.ringing";
  }
  const char* operator()(const core::Select& select) const {
    put(payload, "kind", "select");
    put(payload, "endpoint", core::to_hex(select.chosen.value));
    return "webrtc.ringing";
  }
  const char* operator()(const core::Ack& ack) const {
    put(payload, "kind", "ack");
    put(payload, "of", ack.seq);
    return "webrtc.ringing";
  }
  const char* operator()(const core::Ready&) const {
    put(payload, "kind", "ready");
    return "webrtc.ringing";
  }
  const char* operator()(const core::Resume& resume) const {
    put(payload, "kind", "resume");
    put(payload, "type", std::string(to_string(resume.step)));
    if (resume.step != core::ResumeStep::leaving) {
      put(payload, "sdp", with_candidates(resume.sdp.text, resume.candidates));
      put(payload, "proof", resume.proof.text);
    }
    return "webrtc.ringing";
  }
  const char* operator()(const core::ResumeKey& key) const {
    put(payload, "kind", "key");
    put(payload, "token", key.token.text);
    return "webrtc.ringing";
  }
  const char* operator()(const core::Renegotiate& said) const {
    put(payload, "kind", "renegotiate");
    put(payload, "type", said.kind == core::DescriptionKind::offer ? "offer" : "answer");
    put(payload, "sdp", said.sdp.text);
    put(payload, "round", said.round);
    put(payload, "generation", said.generation);
    put(payload, "epoch", said.epoch);
    return "webrtc.ringing";
  }
  const char* operator()(const core::MediaState& state) const {
    put(payload, "kind", "state");
    put(payload, "microphone", state.microphone);
    put(payload, "camera", state.camera);
    if (state.sends != (state.microphone || state.camera)) put(payload, "sends", state.sends);
    return "webrtc.ringing";
  }
};

}  // namespace

std::string encode(const core::SendMessage& message) {
  Json payload = object();
  const char* type = std::visit(PayloadWriter{payload, message.header.has_value()}, message.signal);
  if (message.header) put_header(payload, *message.header);
  Json frame = object();
  put(frame, "type", type);
  put(frame, "payload", std::move(payload));
  return frame.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace odnix::protocol
