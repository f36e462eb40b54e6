// The ports whose other half is web/glue/*.js. They pass values over and keep nothing; reports come back through
// bindings.cpp.
#pragma once

#include "ports/ports.hpp"

namespace odnix::platform {

class GlueRtc : public ports::RtcPort {
 public:
  void create(const core::CreatePeer& options) override;
  void create_offer(const core::CreateOffer& options) override;
  void apply_remote(core::PeerId peer, core::DescriptionKind kind, std::string_view sdp) override;
  void create_answer(core::PeerId peer) override;
  void rollback(core::PeerId peer) override;
  void add_candidate(core::PeerId peer, const core::Candidate& candidate) override;
  void admit(core::PeerId peer) override;
  void limit_media(const core::LimitMedia& limits) override;
  void attach_media(core::PeerId peer) override;
  void close(core::PeerId peer) override;
  void open_channel(core::PeerId peer) override;
  void send(core::PeerId peer, std::string_view message) override;
};

class GlueMedia : public ports::MediaPort {
 public:
  void open(const core::OpenMedia& wish) override;
  void close_all() override;
  void set_microphone(bool on) override;
  void close_camera() override;
  void retry_playback() override;
  void open_share(core::RequestId request) override;
  void close_share() override;
  void list_devices() override;
  void tell_devices(const core::TellDevices& what) override;
  void meter(bool on) override;
  void use_speaker(core::DeviceId id) override;
};

class GlueTabs final : public ports::TabsPort {
 public:
  void tell(const core::TabMessage& message) override;
  void request_ring_right() override;
  void leave() override;
};

class GlueKeep final : public ports::KeepPort {
 public:
  void keep(const core::Kept& kept) override;
  void find() override;
  void prove(core::RequestId ticket, std::string_view token, std::string_view message) override;
};

class GlueSound final : public ports::SoundPort {
 public:
  void play(core::Tone tone) override;
  void stop() override;
};

class GluePage final : public ports::PagePort {
 public:
  void state_changed(std::string_view state, std::string_view reason) override;
  void problem(std::string_view code, std::string_view text) override;
  void silence_banner() override;
  void missed(const core::TellMissed& call, std::string_view name) override;
};

}  // namespace odnix::platform
