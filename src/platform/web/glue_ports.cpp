#include "platform/web/glue_ports.hpp"

#include "core/describe.hpp"
#include "platform/web/glue.hpp"
#include "ports/device_numbers.hpp"

namespace odnix::platform {

void GlueRtc::create(const core::CreatePeer& options) {
  glue("createPeer", options.peer.value, options.offerer, options.video, options.rings, options.relayed);
}
void GlueRtc::create_offer(const core::CreateOffer& options) {
  glue("createOffer", options.peer.value, options.ice_restart, options.camera, options.share);
}
void GlueRtc::apply_remote(core::PeerId peer, core::DescriptionKind kind, std::string_view sdp) {
  glue("applyRemote", peer.value, text(to_string(kind)), text(sdp));
}
void GlueRtc::create_answer(core::PeerId peer) { glue("createAnswer", peer.value); }
void GlueRtc::rollback(core::PeerId peer) { glue("rollback", peer.value); }
void GlueRtc::add_candidate(core::PeerId peer, const core::Candidate& candidate) {
  glue("addCandidate", peer.value, text(candidate.line.text), text(candidate.mid), candidate.m_line_index,
       text(candidate.ufrag.text));
}
void GlueRtc::attach_media(core::PeerId peer) { glue("attachMedia", peer.value); }
void GlueRtc::limit_media(const core::LimitMedia& limits) {
  glue("limitMedia", limits.peer.value, limits.kbit, limits.shrink, limits.video, limits.lean, limits.rate);
}
void GlueRtc::admit(core::PeerId peer) { glue("admitPeer", peer.value); }
void GlueRtc::close(core::PeerId peer) { glue("closePeer", peer.value); }
void GlueRtc::open_channel(core::PeerId peer) { glue("openChannel", peer.value); }
void GlueRtc::send(core::PeerId peer, std::string_view message) { glue("sendByChannel", peer.value, text(message)); }

void GlueMedia::open(const core::OpenMedia& wish) {
  glue("openMedia", wish.request.value, wish.audio, wish.video, wish.microphone.value, wish.camera.value);
}
void GlueMedia::close_all() { glue("closeMedia"); }
void GlueMedia::set_microphone(bool on) { glue("setMicrophone", on); }
void GlueMedia::close_camera() { glue("closeCamera"); }
void GlueMedia::open_share(core::RequestId request) { glue("openShare", request.value); }
void GlueMedia::close_share() { glue("closeShare"); }
void GlueMedia::retry_playback() { glue("retryPlayback"); }
void GlueMedia::list_devices() { glue("listDevices"); }
void GlueMedia::tell_devices(const core::TellDevices& what) {
  glue("tellDevices", text(ports::device_numbers(what.list)), what.keep);
}
void GlueMedia::use_speaker(core::DeviceId id) { glue("useSpeaker", id.value); }
void GlueMedia::meter(bool on) { glue("meterMicrophone", on); }

void GlueTabs::tell(const core::TabMessage& message) {
  const auto number = [](const auto& id) { return id ? static_cast<double>(id->value) : 0.0; };
  glue("tellTabs", text(to_string(message.news)), text(core::to_hex(message.call)), number(message.chat),
       number(message.user), text(core::to_hex(static_cast<std::uint64_t>(message.session))));
}
void GlueTabs::request_ring_right() { glue("requestRingRight"); }
void GlueTabs::leave() { glue("leaveTabs"); }

void GlueKeep::keep(const core::Kept& k) {
  const auto hex = [](core::EndpointId id) { return text(core::to_hex(id.value)); };
  const auto number = [](const auto& id) { return static_cast<double>(id.value); };
  using emscripten::val;
  val record = val::object();
  record.set("call", text(core::to_hex(k.call)));
  record.set("chat", number(k.chat));
  record.set("self", number(k.self));
  record.set("user", number(k.user));
  record.set("from", hex(k.from));
  record.set("to", hex(k.to));
  record.set("ownToken", text(k.own_token.text));
  record.set("theirToken", text(k.their_token.text));
  record.set("outgoing", k.outgoing);
  record.set("video", k.video);
  record.set("microphone", k.microphone);
  record.set("camera", k.camera);
  record.set("listenOnly", k.listen_only);
  record.set("talked", static_cast<double>(k.talked.count()));
  record.set("sent", k.sent);
  record.set("name", text(k.name.text));
  record.set("avatar", text(k.avatar.text));
  glue("keepCall", record);
}
void GlueKeep::find() { glue("findKept"); }
void GlueKeep::prove(core::RequestId ticket, std::string_view token, std::string_view message) {
  glue("prove", ticket.value, text(token), text(message));
}

void GlueSound::play(core::Tone tone) { glue("playTone", text(to_string(tone))); }
void GlueSound::stop() { glue("stopTone"); }

void GluePage::state_changed(std::string_view state, std::string_view reason) {
  glue("stateChanged", text(state), text(reason));
}
void GluePage::problem(std::string_view code, std::string_view words) { glue("problem", text(code), text(words)); }
void GluePage::silence_banner() { glue("silenceBanner"); }
void GluePage::missed(const core::TellMissed& call, std::string_view name) {
  glue("callMissed", static_cast<double>(call.chat.value), static_cast<double>(call.user.value), text(name), call.video,
       static_cast<double>(call.age.count()));
}

}  // namespace odnix::platform
