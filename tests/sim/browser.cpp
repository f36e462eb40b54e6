// The virtual browser: runs what a page's call machine decided, and refuses what a browser would refuse.
#include <algorithm>

#include "sim/world.hpp"

namespace odnix::sim {

std::uint32_t World::index_of(unsigned index, core::PeerId id) const {
  for (const auto& [handle, peer] : seats_[index].peers) {
    if (handle == id.value) return peer;
  }
  return ~0u;
}

const core::Link* World::link_of(unsigned index, core::PeerId id) const {
  const core::Call* call = core::call_of(seats_[index].state.phase);
  if (!call) return nullptr;
  const auto found =
      std::find_if(call->links.begin(), call->links.end(), [id](const core::Link& link) { return link.peer == id; });
  return found == call->links.end() ? nullptr : &*found;
}

/// nullptr (and a violation) if there is no such open peer.
Peer* World::peer_of(unsigned index, core::PeerId id, std::string_view effect) {
  const std::uint32_t peer = index_of(index, id);
  if (peer != ~0u) return &peers_.at(peer);
  fail(Invariant::live_handles, index, std::string(effect) + " names peer " + std::to_string(id.value));
  return nullptr;
}

// ---- sockets

void World::run(unsigned index, core::OpenSocket& effect) {
  const unsigned which = effect.socket.chat ? 0 : 1;
  Line& line = seats_[index].lines[which];
  if (line.is == Line::Is::opening) fail(Invariant::live_handles, index, "OpenSocket: it is opening");
  const std::uint32_t life = ++line.lives;
  if (line.is == Line::Is::open) {
    line.fresh = life;
  } else {
    begin_line(line, life);
  }
  const bool refused = !server_up_ || decisions_.chance(Site::refusal, index, profile_->refusal);
  schedule(delay(Site::socket, index, 10, profile_->jitter), refused ? Kind::line_closes : Kind::line_opens, index,
           which, life);
}

void World::run(unsigned index, core::CloseSocket& effect) {
  close_line(seats_[index].lines[effect.socket.chat ? 0 : 1]);
}

void World::run(unsigned index, core::SendMessage& effect) {
  Seat& seat = seats_[index];
  const Line& line = seat.lines[0];
  if (line.is != Line::Is::open || effect.chat.value != seat.plan.chat) {
    fail(Invariant::live_handles, index, "SendMessage without a socket");
    return;
  }
  check_early(index, effect.signal, effect.header);
  const core::Call* call = core::call_of(seat.state.phase);
  const bool to_old = call && !call->links.empty() && call->links.front().dialect == core::Dialect::old;
  Frame frame;
  frame.made_at = now_;
  check_group_word(index, effect);
  if (auto* link = std::get_if<core::LinkDescription>(&effect.signal)) {
    const bool is_offer = link->kind == core::DescriptionKind::offer;
    link->sdp.text = sdp_text(is_offer, read_sdp(link->sdp.text).number, link->candidates.size());
    link->candidates.clear();
  }
  if (auto* offer = std::get_if<core::Offer>(&effect.signal)) {
    if (to_old && !std::get_if<core::OutRinging>(&seat.state.phase)) {
      fail(Invariant::old_offer_in_call, index, "an offer to an old peer in a call with it");
    }
    const SdpText text = read_sdp(offer->sdp.text);
    offer->sdp.text = sdp_text(true, text.number, offer->candidates.size());
    offer->session = text.number;
    offer->candidates.clear();
  } else if (auto* resume = std::get_if<core::Resume>(&effect.signal)) {
    const bool offers = resume->step == core::ResumeStep::offer;
    resume->sdp.text = sdp_text(offers, read_sdp(resume->sdp.text).number, resume->candidates.size());
    resume->candidates.clear();
  } else if (auto* early = std::get_if<core::Early>(&effect.signal)) {
    const bool offers = early->kind == core::DescriptionKind::offer;
    early->sdp.text = sdp_text(offers, read_sdp(early->sdp.text).number, early->candidates.size());
    early->candidates.clear();
  } else if (auto* answer = std::get_if<core::Answer>(&effect.signal)) {
    if (to_old) {
      if (std::find(seat.answered.begin(), seat.answered.end(), call->session) != seat.answered.end()) {
        fail(Invariant::old_second_answer, index, "a second answer to an old peer's offer");
      }
      seat.answered.push_back(call->session);
    }
    answer->sdp.text = sdp_text(false, read_sdp(answer->sdp.text).number, answer->candidates.size());
    answer->candidates.clear();
  } else if (std::get_if<core::Renegotiate>(&effect.signal)) {
    if (to_old || !effect.header || !effect.header->to) {
      fail(Invariant::old_renegotiation, index, "a renegotiation that an old peer hears");
    }
  } else if (std::get_if<core::End>(&effect.signal)) {
    check_end_said(index, effect);
    for (const Past& past : seat.past) {
      if (effect.header && past.id == effect.header->call) {
        frame.made_at = past.at;
        frame.session = past.session;
      }
    }
    if (effect.header && before_->call == effect.header->call) frame.session = before_->session;
    if (!effect.header) {
      const auto* message = std::get_if<core::MessageReceived>(event_);
      const auto* refused = message ? std::get_if<core::Offer>(&message->signal) : nullptr;
      if (refused) frame.session = refused->session;
    }
  }
  if (auto* end = std::get_if<core::End>(&effect.signal); end && !effect.header) {
    end->reason = core::EndReason::hangup;  // an old peer's end has no reason
  }
  frame.header = effect.header;
  frame.signal = std::move(effect.signal);
  ++seat.sent;
  send(index, std::move(frame));
}

// ---- peer connections

void World::run(unsigned index, core::CreatePeer& effect) {
  Seat& seat = seats_[index];
  if (effect.peer.value <= seat.last_handle) fail(Invariant::live_handles, index, "CreatePeer: a handle used before");
  const bool prepares = effect.rings && seat.state.self.preconnect != core::Preconnect::never;
  if (!seat.consent && !prepares) fail(Invariant::consent, index, "CreatePeer without the person's start or accept");
  seat.last_handle = effect.peer.value;
  const std::uint32_t peer = peers_.add(index, effect.peer.value, effect.offerer);
  peers_.at(peer).lines = effect.offerer ? (effect.video ? 3 : 1) : 0;
  peers_.at(peer).rings = effect.rings;
  peers_.at(peer).relayed = effect.relayed;
  seat.peers.emplace_back(effect.peer.value, peer);
}

void World::run(unsigned index, core::CreateOffer& effect) {
  Peer* peer = peer_of(index, effect.peer, "CreateOffer");
  if (!peer) return;
  const core::Link* link = link_of(index, effect.peer);
  if (link && link->dialect == core::Dialect::old && peer->operations + peer->local + peer->offer_out != 0) {
    fail(Invariant::old_renegotiation, index, "CreateOffer in a call with an old peer");
  }
  check_group_offer(index, effect.peer);
  if (effect.camera) peer->lines |= 2;
  if (effect.share) peer->lines |= share_bit(index);
  promise(index, Kind::offer_made, index_of(index, effect.peer), effect.ice_restart ? 1 : 0);
}

void World::run(unsigned index, core::ApplyRemote& effect) {
  Peer* peer = peer_of(index, effect.peer, "ApplyRemote");
  if (!peer) return;
  const SdpText text = read_sdp(effect.sdp.text);
  if (text.number == 0) {
    fail(Invariant::browser_contract, index, "ApplyRemote of nothing");
    return;
  }
  if (keeps_back(index, *peer) && !effect.bare)
    fail(Invariant::no_leak, index, "the caller's candidates while it rings");
  const auto candidates = static_cast<std::uint32_t>(effect.bare ? 0 : text.candidates);
  promise(index, Kind::remote_applied, index_of(index, effect.peer), text.number << 8 | candidates);
}

void World::run(unsigned index, core::CreateAnswer& effect) {
  Peer* peer = peer_of(index, effect.peer, "CreateAnswer");
  if (!peer) return;
  promise(index, Kind::answer_made, index_of(index, effect.peer));
}

void World::run(unsigned index, core::Rollback& effect) {
  if (!peer_of(index, effect.peer, "Rollback")) return;
  promise(index, Kind::rolled_back, index_of(index, effect.peer));
}

void World::run(unsigned index, core::AddCandidates& effect) {
  Peer* peer = peer_of(index, effect.peer, "AddCandidates");
  if (!peer) return;
  if (keeps_back(index, *peer)) fail(Invariant::no_leak, index, "the caller's candidates while it rings");
  if (peer->remote + peer->offer_in == 0) {
    fail(Invariant::browser_contract, index, "AddCandidates before the remote description");
    return;
  }
  hear(index_of(index, effect.peer), effect.list);
}

void World::run(unsigned index, core::AttachMedia& effect) {
  Peer* peer = peer_of(index, effect.peer, "AttachMedia");
  if (!peer) return;
  const Seat& seat = seats_[index];
  if (!seat.consent) fail(Invariant::consent, index, "AttachMedia without the person's start or accept");
  if (peer->rings) fail(Invariant::consent, index, "AttachMedia while it rings");
  peer->attached = static_cast<std::uint8_t>(open_bits(index) & peer->lines);
  if (peer->partner != 0) look_at_flow(peer->partner - 1, 1000);
}

void World::run(unsigned index, core::ClosePeer& effect) {
  const std::uint32_t peer = index_of(index, effect.peer);
  if (peer == ~0u) {
    fail(Invariant::live_handles, index, "ClosePeer names peer " + std::to_string(effect.peer.value));
    return;
  }
  close_peer(peer);
  std::erase_if(seats_[index].peers, [&](const auto& open) { return open.second == peer; });
}

// ---- devices

void World::run(unsigned index, core::OpenMedia& effect) {
  Seat& seat = seats_[index];
  if (effect.request.value <= seat.last_handle) fail(Invariant::live_handles, index, "OpenMedia: a handle used before");
  if (!seat.consent) fail(Invariant::consent, index, "OpenMedia without the person's start or accept");
  if (effect.video && !seat.camera_consent) fail(Invariant::camera_consent, index, "a camera that nobody asked for");
  if (!effect.audio && !effect.video) fail(Invariant::browser_contract, index, "OpenMedia for nothing");
  seat.last_handle = effect.request.value;
  seat.requests.push_back({effect.request.value, effect.audio, effect.video, effect.microphone, effect.camera});
  constexpr std::uint32_t works = 7;
  std::uint32_t fate = works;
  if (decisions_.chance(Site::device_fate, index, profile_->device_trouble)) {
    fate = decisions_.pick(Site::device_fate, index, 7);
  } else if (decisions_.chance(Site::device_fate, index, profile_->open_prompt)) {
    return;
  }
  const bool quick = profile_->scripted || decisions_.pick(Site::devices, index, 4) != 0;
  schedule(delay(Site::devices, index, 5, quick ? 60 : 9000), Kind::devices, index, effect.request.value, fate);
}

void World::devices_settle(unsigned index, std::uint32_t id, std::uint32_t fate) {
  Seat& seat = seats_[index];
  const auto found =
      std::find_if(seat.requests.begin(), seat.requests.end(), [id](const Request& r) { return r.id == id; });
  if (found == seat.requests.end()) return;  // forgotten: what opens late is stopped at once
  const Request request = *found;
  seat.requests.erase(found);
  if (fate < 7) {
    const auto error = static_cast<core::MediaError>(fate);
    const auto permission = error == core::MediaError::denied ? core::Permission::denied : core::Permission::unknown;
    tell(index, core::MediaFailed{core::RequestId{id}, error, permission, core::Permission::unknown});
    return;
  }
  std::vector<core::Device> named;
  if (profile_->device_acts) {
    std::optional<core::MediaError> error;
    if (request.audio) error = open_gadget(seat, core::DeviceKind::microphone, request.microphone);
    if (!error && request.video) error = open_gadget(seat, core::DeviceKind::camera, request.camera);
    if (error) {
      const auto permission = seat.denied ? core::Permission::denied : core::Permission::unknown;
      tell(index, core::MediaFailed{core::RequestId{id}, *error, permission, permission});
      return;
    }
    named = devices_of(seat);
    std::erase_if(named, [&](const core::Device& device) {
      return std::none_of(seat.gadgets.begin(), seat.gadgets.end(), [&](const Gadget& gadget) {
        const bool asked = gadget.kind == core::DeviceKind::camera ? request.video : request.audio;
        return gadget.open && asked && gadget.kind == device.kind && is_named(gadget, device);
      });
    });
  }
  if (request.audio) seat.microphone = true;
  if (request.video) seat.camera = true;
  tell(index, core::MediaOpened{core::RequestId{id}, request.audio, request.video, std::move(named), {}});
}

void World::run(unsigned index, core::CloseMedia&) {
  Seat& seat = seats_[index];
  seat.microphone = seat.camera = false;
  seat.microphone_enabled = true;
  seat.metered = false;
  close_share(seat);
  for (Gadget& gadget : seat.gadgets) gadget.open = false;
  seat.requests.clear();
}

void World::run(unsigned index, core::SetMicrophone& effect) { seats_[index].microphone_enabled = effect.on; }

void World::run(unsigned index, core::CloseCamera&) {
  seats_[index].camera = false;
  for (Gadget& gadget : seats_[index].gadgets) gadget.open = gadget.open && gadget.kind != core::DeviceKind::camera;
}

void World::run(unsigned index, core::OpenShare& effect) {
  Seat& seat = seats_[index];
  const core::Call* call = core::call_of(seat.state.phase);
  if (!std::exchange(seat.share_consent, false))
    fail(Invariant::share_consent, index, "a picker that nobody asked for");
  if (seat.share != 0) fail(Invariant::browser_contract, index, "two pickers at once");
  if (!call || !core::speaks_v2(*call)) fail(Invariant::old_renegotiation, index, "sharing with an old peer");
  seat.share = seat.last_handle = effect.request.value;
  seat.share_open = false;
  schedule(300 + delay(Site::devices, index, 0, 3000), Kind::share_settles, index, effect.request.value);
}

void World::run(unsigned index, core::CloseShare&) { close_share(seats_[index]); }

void World::close_share(Seat& seat) {
  seat.share = 0;
  seat.share_open = false;
}

/// The lines of both people's screens are told apart: the one with the lower seat has bit 2.
std::uint8_t World::share_bit(unsigned index) const {
  const core::Call* call = core::call_of(seats_[index].state.phase);
  const bool lower = call && call->links.front().endpoint > seats_[index].state.self.endpoint;
  return lower ? 4 : 8;
}

/// What is captured, as lines.
int World::open_bits(unsigned index) const {
  const Seat& seat = seats_[index];
  return (seat.microphone ? 1 : 0) | (seat.camera ? 2 : 0) | (seat.share_open ? share_bit(index) : 0);
}

/// The person chooses, or closes the picker; what is chosen may be ended by the browser's bar.
void World::share_settles(const Item& item) {
  Seat& seat = seats_[item.seat];
  if (!seat.alive || seat.share != item.a) return;
  const core::RequestId request{item.a};
  if (decisions_.chance(Site::device_fate, item.seat, profile_->device_trouble)) {
    close_share(seat);
    tell(item.seat, core::ShareEnded{request});
    return;
  }
  seat.share_open = true;
  tell(item.seat, core::ShareOpened{request});
}

void World::run(unsigned index, core::RetryPlayback&) { (void)index; }

// ---- the rest

void World::run(unsigned index, core::PlayTone& effect) {
  const bool repeats = effect.tone == core::Tone::ringtone || effect.tone == core::Tone::ringback;
  seats_[index].tone = repeats ? std::optional(effect.tone) : std::nullopt;
}

void World::run(unsigned index, core::StopTone&) { seats_[index].tone.reset(); }

void World::run(unsigned, core::SilencePageBanner&) {}

/// A missed call is somebody else's, and not the one that this person is in.
void World::run(unsigned index, core::TellMissed& effect) {
  const Seat& seat = seats_[index];
  if (effect.user.value == seat.plan.user) fail(Invariant::true_reason, index, "a missed call of one's own");
  const bool answered = std::get_if<core::AcceptRequested>(event_) || std::get_if<core::DeclineRequested>(event_);
  if (answered) fail(Invariant::true_reason, index, "answered or declined, and called missed");
}

void World::run(unsigned, core::ReportProblem&) {}

}  // namespace odnix::sim
