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
    if (candidates.round != 0) put(payload, "round", candidates.round);
    if (candidates.list.size() == 1 && candidates.round == 0) {
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
  const char* operator()(const core::Early& early) const {
    put(payload, "kind", "early");
    put(payload, "type", std::string(core::to_string(early.kind)));
    put(payload, "sdp", with_candidates(early.sdp.text, early.candidates));
    return "webrtc.ringing";
  }
  const char* operator()(const core::Accept&) const {
    put(payload, "kind", "accept");
    return "webrtc.ringing";
  }
  const char* operator()(const core::MediaState& state) const {
    put(payload, "kind", "state");
    put_media(state);
    return "webrtc.ringing";
  }
  const char* operator()(const core::Invite& invite) const {
    put(payload, "kind", "invite");
    put(payload, "audioOnly", invite.audio_only);
    put(payload, "age", invite.age.count());
    Json people(Json::value_t::array);
    for (const core::Attendee& attendee : invite.people) {
      Json person = object();
      put(person, "page", core::to_hex(attendee.page.value));
      put(person, "user", attendee.user.value);
      people.push_back(std::move(person));
    }
    put(payload, "people", std::move(people));
    return "webrtc.ringing";
  }
  const char* operator()(const core::Join& join) const {
    put(payload, "kind", "join");
    put_media(join.media);
    put(payload, "since", join.since);
    if (join.redo != 0) put(payload, "redo", join.redo);
    return "webrtc.ringing";
  }
  const char* operator()(const core::Leave& leave) const {
    put(payload, "kind", "leave");
    put(payload, "reason", to_word(leave.reason));
    if (leave.over) put(payload, "over", true);
    return "webrtc.ringing";
  }
  const char* operator()(const core::LinkDescription& description) const {
    put(payload, "kind", std::string(core::to_string(description.kind)));
    put(payload, "sdp", with_candidates(description.sdp.text, description.candidates));
    put(payload, "round", description.round);
    return "webrtc.ringing";
  }

 private:
  void put_media(const core::MediaState& media) const {
    put(payload, "microphone", media.microphone);
    put(payload, "camera", media.camera);
    if (media.sends != (media.microphone || media.camera)) put(payload, "sends", media.sends);
    if (media.sharing) put(payload, "sharing", true);
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
