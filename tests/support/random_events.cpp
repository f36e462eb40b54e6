#include "support/random_events.hpp"

#include <string>
#include <vector>

#include "support/builders.hpp"

namespace odnix::test {

/// SplitMix64: the standard library's generators are portable, its distributions are not.
std::uint32_t RandomEvents::below(std::uint32_t limit) {
  if (bytes_ != nullptr) {
    std::uint32_t value = 0;
    for (std::uint32_t reach = 1; reach < limit && left_ > 0; reach *= 256, --left_) value = value * 256 + *bytes_++;
    return value % limit;
  }
  state_ += 0x9e3779b97f4a7c15ull;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return static_cast<std::uint32_t>((z ^ (z >> 31)) % limit);
}

core::Duration RandomEvents::pause() {
  switch (below(12)) {
    case 0: return std::chrono::seconds{below(70)};
    case 1: return core::Duration{below(3000)};
    default: return core::Duration{below(50)};
  }
}

core::Event RandomEvents::event(const core::State& now) {
  const auto* preparing = std::get_if<core::Preparing>(&now.phase);
  if (preparing != nullptr && coin()) return helpful(preparing->call);
  if (below(10) == 0) {  // the data channel, and what survives a page
    const core::PeerId id = peer(now);
    const core::Call* call = core::call_of(now.phase);
    const core::EndpointId there = call && !call->links.empty() && call->links[0].endpoint
                                       ? *call->links[0].endpoint
                                       : core::EndpointId{0x50 + below(3)};
    const core::CallId call_id = call ? call->id : core::CallId{1 + below(3), below(3)};
    const core::Secret text{std::string("secret ") + static_cast<char>('a' + below(3))};
    core::Resume resume{any(core::ResumeStep::answer), sdp(coin()), {}, text};
    switch (below(8)) {
      case 0: return core::ChannelOpened{id, text};
      case 1: return core::ChannelClosed{id};
      case 2: return core::ChannelMessage{id, {call_id, there, my_page, below(9)}, core::ResumeKey{text}};
      case 3: return core::ChannelMessage{id, {call_id, there, my_page, below(9)}, signal()};
      case 4: return core::Proved{core::RequestId{1 + below(now.handles + 1)}, text};
      case 5:
        return core::KeptFound{{call_id,
                                chat,
                                me,
                                anna,
                                core::EndpointId{0x60},
                                there,
                                text,
                                text,
                                coin(),
                                coin(),
                                coin(),
                                coin(),
                                coin(),
                                core::Duration{below(9000)},
                                below(100),
                                text,
                                {}},
                               core::Duration{below(20000)}};
      case 6: return core::PageHidden{coin(), true};
      default:
        return core::MessageReceived{
            chat, anna, core::Header{call_id, core::EndpointId{0x50 + below(4)}, my_page, below(9)}, std::move(resume)};
    }
  }
  switch (below(12)) {
    case 0:
    case 1: return about_page();
    case 2: return about_sockets();
    case 3:
    case 4: return about_media(now);
    case 5:
    case 6:
    case 7: return about_peer(now);
    case 8: return core::TimePassed{};
    default: return message(now);
  }
}

/// What gets an outgoing call on: left to chance alone, few would ever ring.
core::Event RandomEvents::helpful(const core::Call& call) {
  if (call.media.request) return core::MediaOpened{*call.media.request, true, coin()};
  if (call.media.asks_listen_only) return core::ListenOnlyChosen{};
  return core::LocalDescriptionReady{call.links[0].peer, core::DescriptionKind::offer, sdp(call.video)};
}

core::Event RandomEvents::about_page() {
  switch (below(20)) {
    case 0: return core::PageHidden{coin()};
    case 1:
    case 2: return core::PageShown{};
    case 3:
    case 4:
    case 5: return core::StartRequested{{1 + below(3), below(3)}, coin()};
    case 6:
    case 7:
    case 8:
    case 9:
    case 10: return core::AcceptRequested{coin()};
    case 11: return core::DeclineRequested{};
    case 12: return core::HangUpRequested{};
    case 13: return core::MicrophoneSwitched{coin()};
    case 14:
      if (coin()) return core::ShareSwitched{coin()};
      return core::CameraSwitched{coin()};
    case 15:
    case 16: return core::ListenOnlyChosen{};
    case 17: return core::RingMuted{};
    case 18: return core::PlaybackRequested{};
    default: return core::NoticeDismissed{};
  }
}

core::Event RandomEvents::about_sockets() {
  const core::SocketKey key = coin() ? core::SocketKey{chat} : core::SocketKey{};
  switch (below(6)) {
    case 0: return core::SocketClosed{key, 1006, core::Duration{below(1001)}};
    case 1: return core::CallPushed{chat, coin() ? anna : me, coin(), {"Wilhelmina"}, {"/media/w.png"}};
    case 2:
      if (coin()) return core::NetworkChanged{coin()};
      if (coin()) return core::RelayKnown{coin(), below(4) == 0};
      if (coin()) return core::DevicesGranted{coin(), coin()};
      return core::FrameRejected{key, "not-json"};
    default: return core::SocketOpened{key};
  }
}

core::PeerId RandomEvents::peer(const core::State& now) {
  const core::Call* call = core::call_of(now.phase);
  if (call != nullptr && !call->links.empty() && below(8) != 0)
    return call->links[below(4) == 0 ? call->links.size() - 1 : 0].peer;
  return core::PeerId{below(6)};
}

core::Event RandomEvents::about_peer(const core::State& now) {
  const core::PeerId id = peer(now);
  switch (below(14)) {
    case 0:
    case 1:
      return core::LocalDescriptionReady{id, any(core::DescriptionKind::answer),
                                         sdp(coin(), static_cast<int>(below(3)))};
    case 2:
    case 3: return core::RemoteDescriptionApplied{id};
    case 4: return core::CandidateGathered{id, candidate(static_cast<int>(below(70)))};
    case 5: return core::CandidateRefused{id, "OperationError"};
    case 6:
      if (below(6) == 0) return core::DescriptionFailed{id, any(core::DescriptionStep::remote), "OperationError"};
      return core::RemoteTrackAdded{id, any(core::MediaKind::video)};
    case 7: return core::RemoteTrackChanged{id, any(core::MediaKind::video), coin()};
    case 8:
      if (coin()) return core::MediaFlowChanged{id, coin()};
      if (below(4) == 0) return core::RelayRenewed{id};
      if (below(8) == 0) return core::StatisticsTaken{id, 40, 3, 5, 80, 900, 15};
      if (coin()) return core::LineMeasured{id, static_cast<std::int32_t>(below(4) * 30), coin(), coin()};
      if (below(6) == 0) return core::PeerFailed{id, "NotSupportedError"};
      return core::PlaybackChanged{coin()};
    case 9:
    case 10: return core::ConnectionChanged{id, any(core::ConnectionState::closed), any(core::IceState::closed)};
    case 11: return core::ConnectionChanged{id, core::ConnectionState::disconnected, core::IceState::disconnected};
    default: return core::ConnectionChanged{id, core::ConnectionState::connected, core::IceState::connected};
  }
}

core::Event RandomEvents::about_media(const core::State& now) {
  const core::Call* call = core::call_of(now.phase);
  const bool known = call != nullptr && call->media.request && below(8) != 0;
  const core::RequestId request = known ? *call->media.request : core::RequestId{below(6)};
  const auto device = [this] {
    const std::uint32_t id = 1 + below(4);
    return core::Device{any(core::DeviceKind::speaker), {id}, below(3), id == 1, false};
  };
  const auto devices = [&] {
    std::vector<core::Device> list;
    for (std::uint32_t i = below(6); i > 0; --i) list.push_back(device());
    return list;
  };
  switch (below(24)) {
    case 7:
      if (call != nullptr && coin()) return core::ShareOpened{call->media.share_request};
      return core::ShareEnded{call != nullptr ? call->media.share_request : request};
    case 0: return core::DeviceLost{any(core::MediaKind::video), any(core::Permission::denied)};
    case 8: return core::DevicesTold{devices(), below(3) == 0};
    case 9: return core::DevicesChanged{coin()};
    case 10: return core::DeviceChosen{any(core::DeviceKind::speaker), {below(5)}};
    case 11:
      return below(3) == 0 ? core::Event{core::SpeakerFailed{}} : core::MicrophoneMeasured{static_cast<int>(below(40))};
    case 12: return core::DeviceHeld{any(core::MediaKind::video), coin()};
    case 13: return core::MediaOpened{request, coin(), coin(), devices(), {"Device"}};
    case 14:
      return below(3) == 0 ? core::Event{core::PersonBlocked{core::UserId{2 + below(2)}, below(3) == 0}}
                           : core::DevicesChanged{false};
    case 1:
    case 2:
      return core::MediaFailed{request, any(core::MediaError::unknown), any(core::Permission::denied),
                               any(core::Permission::denied)};
    default: return core::MediaOpened{request, below(4) != 0, coin()};
  }
}

core::Signal RandomEvents::signal() {
  switch (below(13)) {
    case 0:
    case 1:
    case 2: {
      core::Offer offer{sdp(coin(), static_cast<int>(below(3))), coin()};
      offer.session = below(3);
      offer.age = below(8) == 0 ? core::Duration{below(70'000)} : core::Duration{};
      return offer;
    }
    case 3:
    case 4: return core::Answer{sdp(coin())};
    case 5:
    case 6: {
      core::Candidates batch;
      const std::uint32_t count = below(8) == 0 ? 64 : 1 + below(3);
      batch.generation = below(8) == 0 ? below(3) : 0;
      for (std::uint32_t i = 0; i < count; ++i) batch.list.push_back(candidate(static_cast<int>(below(90))));
      return batch;
    }
    case 7: return core::End{any(core::EndReason::error)};
    case 8: return core::Ringing{};
    case 9: return core::Renegotiate{any(core::DescriptionKind::answer), sdp(coin()), below(5), below(3), below(2)};
    case 10: return core::Early{any(core::DescriptionKind::answer), sdp(coin()), {}};
    case 11: return core::Accept{};
    default: return core::MediaState{coin(), coin(), coin()};
  }
}

core::Event RandomEvents::message(const core::State& now) {
  std::optional<core::Header> with;
  if (below(3) != 0) {
    with = header(1 + below(5), {1 + below(3), below(3)}, core::EndpointId{0x50 + below(3)});
    const core::Call* call = core::call_of(now.phase);
    if (call != nullptr && coin()) with->call = call->id;
    if (call != nullptr && !call->links.empty() && call->links[0].endpoint && coin())
      with->from = *call->links[0].endpoint;
    if (below(4) == 0) with->to = coin() ? my_page : core::EndpointId{0x77};
  }
  core::MessageReceived event = from_anna(signal(), with);
  if (below(10) == 0) event.user = core::UserId{3};
  if (below(10) == 0) event.chat = core::ChatId{8};
  return event;
}

}  // namespace odnix::test
