// Checked after every step: what the page's browser holds is what its state says.
#include <algorithm>

#include "core/describe.hpp"
#include "sim/world.hpp"
#include "view/project.hpp"

namespace odnix::sim {
namespace {

/// The call that this person started or accepted.
const core::Call* own_call(const core::State& state) {
  return std::get_if<core::InRinging>(&state.phase) ? nullptr : core::call_of(state.phase);
}

/// A line for the camera or the screen may still come: it is being negotiated, waits for its turn, or was tried and
/// refused.
bool is_changing(const core::State& state, const core::Link& link, bool shares, bool faultless) {
  if (link.mesh) return link.mesh->pathless_since.has_value();
  const auto& n = link.negotiation;
  const bool served = std::any_of(state.sockets.begin(), state.sockets.end(), [](const core::Socket& socket) {
    return socket.key.chat && socket.status == core::SocketStatus::open;
  });
  const bool waits = (n.failures > 1 && !faultless) || !served || !state.unacked.empty();
  return link.dialect == core::Dialect::v2 &&
         (n.step != core::NegotiationStep::idle || ((!link.camera_line || (shares && !link.share_line)) && waits));
}

std::optional<core::Tone> expected_tone(const core::State& state) {
  if (const auto* rung = std::get_if<core::InRinging>(&state.phase)) {
    return rung->muted || !state.may_ring ? std::nullopt : std::optional(core::Tone::ringtone);
  }
  return std::get_if<core::OutRinging>(&state.phase) ? std::optional(core::Tone::ringback) : std::nullopt;
}

}  // namespace

void World::check_step(unsigned index, const core::Event& event, const Before& before) {
  Seat& seat = seats_[index];
  const core::State& state = seat.state;
  const core::Call* call = core::call_of(state.phase);
  if (before.call && (!call || call->id != *before.call)) {
    const auto* ended = std::get_if<core::Ended>(&state.phase);
    const bool shown = ended && ended->id == *before.call;
    seat.past.push_back({*before.call, before.session, shown ? std::optional(ended->reason) : std::nullopt, now_});
  }
  if (call && before.call != call->id) seat.rings_since = never;
  const bool leaves = std::get_if<core::PageHidden>(&event) && !std::get_if<core::PageHidden>(&event)->kept;
  if (leaves) return;  // its browser closes what is left

  std::size_t named = 0;
  if (call) {
    for (const auto& link : call->links) named += index_of(index, link.peer) != ~0u ? 1 : 0;
  }
  if (named != seat.peers.size()) fail(Invariant::closed_peers, index, "a peer connection is open that no call has");
  check_devices(index);
  check_pictures(index);
  if (seat.tone != expected_tone(state)) fail(Invariant::tones, index, "the tone is not what the state says");
  if (std::get_if<core::TimePassed>(&event)) {
    const auto deadline = core::next_deadline(state);
    if (deadline && *deadline <= time(seat)) fail(Invariant::deadline_progress, index, "the deadline did not move");
  }
  check_one_ring(index);
  check_people(index);
  if (profile_->group) {
    check_group_end(index, event, before);
  } else {
    check_end_shown(index, event, before);
  }
  check_size(index);
  // A running call's socket is asked every 12 s whether it lives.
  const auto minutes = static_cast<int>(now_ / 60000);
  if (seat.sent > (profile_->group ? 8000 : 1000) + 12 * minutes ||
      seat.steps > (profile_->group ? 80000 : 10000) + 60 * minutes)
    fail(Invariant::no_chatter, index, "it goes on and on");
  if (options_.thorough) {
    check_texts(index);
    check_view(index);
  }

  if (!own_call(state)) seat.consent = seat.camera_consent = false;
  seat.share_consent = false;
  const bool unsettled = std::get_if<core::Connecting>(&state.phase) || std::get_if<core::Reconnecting>(&state.phase) ||
                         std::get_if<core::Resuming>(&state.phase);
  const auto* message = std::get_if<core::MessageReceived>(&event);
  const auto* by_channel = std::get_if<core::ChannelMessage>(&event);
  const bool moved = (message && std::get_if<core::Resume>(&message->signal)) ||
                     (by_channel && std::get_if<core::Resume>(&by_channel->signal));
  if (!unsettled) {
    seat.settles_since = never;
  } else if (moved || seat.settles_since == never || !before.call || *before.call != call->id) {
    seat.settles_since = now_;
  }
}

void World::check_devices(unsigned index) {
  const Seat& seat = seats_[index];
  const core::Call* call = own_call(seat.state);
  if (!call) {
    if (seat.microphone || seat.camera) fail(Invariant::closed_media, index, "a device is open without a call");
    if (!seat.requests.empty()) fail(Invariant::closed_media, index, "a device is being opened without a call");
    if (seat.share != 0) fail(Invariant::closed_media, index, "a screen is shared without a call");
    if (seat.metered) fail(Invariant::closed_media, index, "a microphone is measured without a call");
    return;
  }
  const core::LocalMedia& media = call->media;
  const bool pending = !seat.requests.empty();
  if (pending != media.request.has_value() || seat.requests.size() > 1 ||
      (pending && seat.requests.front().id != media.request->value)) {
    fail(Invariant::closed_media, index, "the request under way is not the one that the state knows");
  }
  using core::DeviceState;
  const bool microphone_on = media.microphone == DeviceState::on;
  const bool microphone_open = microphone_on || media.microphone == DeviceState::muted;
  if (media.microphone != DeviceState::opening && seat.microphone != microphone_open) {
    fail(Invariant::closed_media, index, "the microphone is not as the state says");
  }
  if (microphone_open && seat.microphone_enabled != microphone_on) {
    fail(Invariant::closed_media, index, "muted is not muted");
  }
  if (media.camera != DeviceState::opening && seat.camera != (media.camera == DeviceState::on)) {
    fail(Invariant::closed_media, index, "the camera is not as the state says");
  }
  if ((seat.share != 0) != (media.share != core::ShareState::none) ||
      seat.share_open != (media.share == core::ShareState::on)) {
    fail(Invariant::closed_media, index, "the screen is not as the state says");
  }
  check_gadgets(index);
  if (!std::get_if<core::Active>(&seat.state.phase) || media.request || media.asks_listen_only) return;
  const int open = open_bits(index);
  for (const auto& [handle, peer] : seat.peers) {
    const core::Link* link = link_of(index, core::PeerId{handle});
    const Peer& own = peers_.at(peer);
    const int sent = own.attached & peers_.agreed_lines(own);
    if (!link || sent == open || is_changing(seat.state, *link, seat.share_open, profile_->faultless())) continue;
    fail(Invariant::closed_media, index, "what is open is not what is sent");
  }
}

void World::check_size(unsigned index) {
  const core::State& state = seats_[index].state;
  bool bounded = state.outbox.size() <= 64 && state.traces.size() <= 64 && state.silences.size() <= 16 &&
                 state.people.size() <= 16 && state.seen.size() <= 64 && state.unacked.size() <= 64 &&
                 state.sockets.size() <= 8 && state.claims.size() <= 4 &&
                 state.devices.present.size() <= core::max_devices && state.devices.order.size() <= core::max_devices;
  for (const auto& trace : state.traces) bounded = bounded && trace.early.size() <= 64;
  if (const core::Call* call = core::call_of(state.phase)) {
    bounded = bounded && call->links.size() <= 8 && call->media.tried.size() <= core::max_devices;
    for (const auto& link : call->links) {
      bounded = bounded && link.gathered.size() <= 64 && link.unsent.size() <= 64 && link.remote.size() <= 128;
    }
  }
  if (!bounded) fail(Invariant::bounded_state, index, "a list of the state is too long");
}

/// Every secret of this world begins with '#'.
void World::check_texts(unsigned index) {
  if (core::describe(seats_[index].state).find('#') != std::string::npos) {
    fail(Invariant::no_secrets, index, "describe(state) prints a secret");
  }
}

/// Whatever happens, there is a button that ends it.
void World::check_view(unsigned index) {
  const Seat& seat = seats_[index];
  const view::ViewModel shown = view::project(seat.state, time(seat));
  const bool nothing = std::get_if<core::Idle>(&seat.state.phase) != nullptr;
  bool way_out = nothing;
  for (const view::Control& control : shown.controls) {
    using view::ControlId;
    way_out = way_out || (control.enabled && (control.id == ControlId::hang_up || control.id == ControlId::cancel ||
                                              control.id == ControlId::decline || control.id == ControlId::dismiss));
  }
  if (!way_out || nothing != shown.controls.empty()) fail(Invariant::way_out, index, "no button ends this");
}

}  // namespace odnix::sim
