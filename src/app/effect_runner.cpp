#include "app/effect_runner.hpp"

#include <variant>

#include "core/describe.hpp"
#include "protocol/codec.hpp"
#include "protocol/sdp.hpp"
#include "view/person.hpp"

namespace odnix::app {
namespace {

struct Runner {
  const ports::Ports& to;

  void operator()(const core::OpenSocket& e) const { to.signaling.open(e.socket); }
  void operator()(const core::CloseSocket& e) const { to.signaling.close(e.socket); }
  void operator()(const core::SendMessage& e) const { to.signaling.send({e.chat}, protocol::encode(e)); }

  void operator()(const core::CreatePeer& e) const { to.rtc.create(e); }
  void operator()(const core::CreateOffer& e) const { to.rtc.create_offer(e); }
  void operator()(const core::ApplyRemote& e) const {
    to.rtc.apply_remote(e.peer, e.kind, e.bare ? protocol::without_candidates(e.sdp.text) : e.sdp.text);
  }
  void operator()(const core::LimitMedia& e) const { to.rtc.limit_media(e); }
  void operator()(const core::AdmitPeer& e) const { to.rtc.admit(e.peer); }
  void operator()(const core::CreateAnswer& e) const { to.rtc.create_answer(e.peer); }
  void operator()(const core::Rollback& e) const { to.rtc.rollback(e.peer); }
  void operator()(const core::AddCandidates& e) const {
    for (const core::Candidate& candidate : e.list) to.rtc.add_candidate(e.peer, candidate);
  }
  void operator()(const core::AddFrom& e) const {
    core::AddCandidates found{e.peer, {}};
    static_cast<void>(protocol::without_candidates(e.sdp.text, &found.list));
    (*this)(found);
  }
  void operator()(const core::AttachMedia& e) const { to.rtc.attach_media(e.peer); }
  void operator()(const core::ClosePeer& e) const { to.rtc.close(e.peer); }
  void operator()(const core::OpenChannel& e) const { to.rtc.open_channel(e.peer); }
  void operator()(const core::SendByChannel& e) const { to.rtc.send(e.peer, protocol::encode(e.message)); }

  void operator()(const core::OpenMedia& e) const { to.media.open(e); }
  void operator()(const core::CloseMedia&) const { to.media.close_all(); }
  void operator()(const core::SetMicrophone& e) const { to.media.set_microphone(e.on); }
  void operator()(const core::CloseCamera&) const { to.media.close_camera(); }
  void operator()(const core::OpenShare& e) const { to.media.open_share(e.request); }
  void operator()(const core::CloseShare&) const { to.media.close_share(); }
  void operator()(const core::RetryPlayback&) const { to.media.retry_playback(); }

  void operator()(const core::ListDevices&) const { to.media.list_devices(); }
  void operator()(const core::TellDevices& e) const { to.media.tell_devices(e); }
  void operator()(const core::UseSpeaker& e) const { to.media.use_speaker(e.id); }
  void operator()(const core::MeterMicrophone& e) const { to.media.meter(e.on); }

  void operator()(const core::PlayTone& e) const { to.sound.play(e.tone); }
  void operator()(const core::StopTone&) const { to.sound.stop(); }

  void operator()(const core::TellTabs& e) const { to.tabs.tell(e.message); }
  void operator()(const core::RequestRingRight&) const { to.tabs.request_ring_right(); }
  void operator()(const core::KeepCall& e) const { to.keep.keep(e.kept); }
  void operator()(const core::FindKept&) const { to.keep.find(); }
  void operator()(const core::Prove& e) const {
    const std::string text = core::to_hex(e.call) + core::to_hex(e.endpoint.value);
    to.keep.prove(e.ticket, e.token.text, text + protocol::fingerprints_of(e.sdp.text));
  }
  void operator()(const core::LeaveTabs&) const { to.tabs.leave(); }

  void operator()(const core::SilencePageBanner&) const { to.page.silence_banner(); }
  void operator()(const core::TellMissed& e) const { to.page.missed(e, view::clean_name(e.name.text)); }
  void operator()(const core::ReportProblem& e) const { to.page.problem(e.code, e.text); }
};

}  // namespace

void run_effects(const std::vector<core::Effect>& effects, const ports::Ports& ports) {
  for (const core::Effect& effect : effects) std::visit(Runner{ports}, effect);
}

}  // namespace odnix::app
