// Checked about once a virtual second, and when the world has come to rest: what two people have to agree on.
#include <algorithm>

#include "core/describe.hpp"
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

constexpr std::int64_t patience_of_ice = 25000;  ///< a dead path shows as `failed` after 17.4 s (faults.md)
constexpr std::int64_t patience_of_ring = 21000;
constexpr std::int64_t patience_of_old_ring = 61000;
constexpr std::int64_t patience_of_glare = 13000;  ///< offers are 10 s apart at most
constexpr std::int64_t patience_of_call = 30100;

bool in_call(const core::Phase& phase) {
  return std::get_if<core::Connecting>(&phase) || std::get_if<core::Active>(&phase) ||
         std::get_if<core::Reconnecting>(&phase) || std::get_if<core::Resuming>(&phase);
}

}  // namespace

/// The other end of the page's peer belongs to a page that means the same call.
bool World::agrees(unsigned index) const {
  const Seat& seat = seats_[index];
  const core::Call* call = core::call_of(seat.state.phase);
  if (call && call->group) return agrees_in_group(index);
  if (!call || call->links.empty()) return false;
  const std::uint32_t own = index_of(index, call->links.front().peer);
  if (own == ~0u) return false;
  auto other = peers_.match(own);
  if (!other) {  // a change of the call that failed on one side leaves the path as it was
    const Peer& peer = peers_.at(own);
    const bool linked = peer.path == Path::connected && peer.partner != 0 && peers_.at(peer.partner - 1).open &&
                        peers_.at(peer.partner - 1).partner == own + 1;
    if (!linked) return false;
    other = peer.partner - 1;
  }
  const Seat& there = seats_[peers_.at(*other).seat];
  if (!there.alive) return false;
  if (call->links.front().dialect == core::Dialect::v2 && peers_.at(own).path != Path::connected) return false;
  if (there.plan.old) return there.old.peer == *other + 1;
  const core::Call* theirs = core::call_of(there.state.phase);
  return theirs && in_call(there.state.phase) && theirs->links.front().peer.value == peers_.at(*other).handle &&
         (call->links.front().dialect != core::Dialect::v2 || theirs->id == call->id);
}

bool World::has_caller(unsigned index) const {
  const core::Call* call = core::call_of(seats_[index].state.phase);
  return std::any_of(seats_.begin(), seats_.end(), [&](const Seat& caller) {
    if (!caller.alive || caller.frozen) return false;
    if (caller.plan.old) { return call->session != 0 && caller.old.session == call->session && !caller.old.described; }
    const core::Call* theirs = core::call_of(caller.state.phase);
    if (theirs && theirs->group && theirs->id == call->id && is_accepted(caller.state.phase)) return true;
    const auto* ringing = std::get_if<core::OutRinging>(&caller.state.phase);
    return ringing && ringing->call.id == call->id;
  });
}

void World::watch() {
  for (unsigned i = 0; i < seats_.size() && !violation_; ++i) {
    Seat& seat = seats_[i];
    if (!seat.alive || seat.plan.old || seat.frozen) {
      seat.disagrees_since = seat.rings_since = seat.glares_since = never;
      continue;
    }
    watch_ring(i);
    watch_call(i);
    watch_glare(i);
    if (profile_->group) watch_group(i);
  }
}

void World::watch_ring(unsigned index) {
  Seat& seat = seats_[index];
  const auto* rung = std::get_if<core::InRinging>(&seat.state.phase);
  if (!rung || has_caller(index)) {
    seat.rings_since = never;
    return;
  }
  if (seat.rings_since == never) seat.rings_since = now_;
  const bool v2 = rung->call.group || rung->call.links.front().dialect == core::Dialect::v2;
  std::int64_t patience = v2 ? patience_of_ring : patience_of_old_ring;
  if (v2 && profile_->faultless() && profile_->seats_per_user == 1 && !profile_->group)
    patience = 500;  // the end arrives
  patience += profile_->worst_lag() + 3 * profile_->jitter;
  if (now_ - seat.rings_since > patience) fail(Invariant::ring_has_caller, index, "it rings, and nobody calls");
}

void World::watch_call(unsigned index) {
  Seat& seat = seats_[index];
  const bool active = std::get_if<core::Active>(&seat.state.phase) != nullptr;
  if (!active || agrees(index)) {
    seat.disagrees_since = never;
  } else {
    if (seat.disagrees_since == never) seat.disagrees_since = now_;
    if (now_ - seat.disagrees_since > patience_of_ice + profile_->worst_lag()) {
      fail(Invariant::agreement, index, "in a call that the other side is not in");
    }
  }
  if (seat.settles_since != never &&
      now_ - seat.settles_since > (profile_->group ? 3 : 1) * patience_of_call + profile_->worst_lag()) {
    fail(Invariant::settles, index, "accepted, but neither connected nor over");
  }
}

/// Two people who call each other must find each other.
void World::watch_glare(unsigned index) {
  Seat& seat = seats_[index];
  const bool plain = profile_->faultless() && seats_.size() == 2;
  if (!plain || !std::get_if<core::OutRinging>(&seat.state.phase)) {
    seat.glares_since = never;
    return;
  }
  const Seat& there = seats_[1 - index];
  const bool calls = there.plan.old ? there.old.phase == OldPhase::calling && there.old.session != 0
                                    : std::get_if<core::OutRinging>(&there.state.phase) != nullptr;
  if (!calls) {
    seat.glares_since = never;
    return;
  }
  if (seat.glares_since == never) seat.glares_since = now_;
  if (now_ - seat.glares_since > patience_of_glare + profile_->worst_lag()) {
    fail(Invariant::agreement, index, "both ring at each other, and neither takes the other's call");
  }
}

/// Whoever shares a screen is seen to, and nobody else.
void World::check_screens(unsigned index) {
  const core::Call& call = *core::call_of(seats_[index].state.phase);
  const core::Link& link = call.links.front();
  if (call.group || link.dialect != core::Dialect::v2 || !link.endpoint) return;
  for (const Seat& there : seats_) {
    const core::Call* theirs = there.alive ? core::call_of(there.state.phase) : nullptr;
    if (!theirs || there.state.self.endpoint != link.endpoint || theirs->id != call.id) continue;
    const bool told = link.remote_media && link.remote_media->sharing;
    if (told != there.share_open) fail(Invariant::screens, index, "a screen is shown that nobody shares, or not shown");
    const std::uint32_t own = index_of(index, link.peer);
    if (told && own != ~0u && link.negotiation.failures == 0 && !peers_.match(own))
      fail(Invariant::screens, index, "a screen is shared, and the descriptions of the two do not belong together");
  }
}

void World::check_end_of_world() {
  if (profile_->group) check_mesh();
  for (unsigned i = 0; i < seats_.size() && !violation_; ++i) {
    const Seat& seat = seats_[i];
    if (!seat.alive || seat.plan.old) continue;
    const core::Call* call = core::call_of(seat.state.phase);
    const bool asks = call && (call->media.asks_listen_only || call->media.request);
    const bool waits_for_person = std::get_if<core::Preparing>(&seat.state.phase) && asks;
    const bool talks = std::get_if<core::Active>(&seat.state.phase) != nullptr;
    if (talks) check_best_devices(i);
    if (talks && !agrees(i)) fail(Invariant::agreement, i, "left alone in a call");
    if (talks) check_screens(i);
    if (!talks && !waits_for_person && !std::get_if<core::Idle>(&seat.state.phase)) {
      fail(Invariant::not_for_ever, i, "still in " + std::string(core::name_of(seat.state.phase)));
    }
    if (!options_.thorough || options_.mutation != Mutation::none) continue;
    core::State again;
    for (const Recorded& tick : seat.record) { again = core::step(std::move(again), tick.event, tick.at).next; }
    if (core::describe(again) != core::describe(seat.state)) {
      fail(Invariant::same_again, i, "its journal leads elsewhere");
    }
  }
}

}  // namespace odnix::sim
