// What a group's call has to hold beyond others: words, offers, ends, and that everybody finds everybody.
#include <algorithm>

#include "core/timing.hpp"
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

using core::EndReason;

constexpr std::int64_t patience_of_mesh = 30000;

bool attends(const core::Phase& phase) {
  return std::get_if<core::Connecting>(&phase) || std::get_if<core::Active>(&phase) ||
         std::get_if<core::Reconnecting>(&phase);
}

bool was_attending(const Before& before) {
  for (const core::Phase& phase :
       {core::Phase{core::Connecting{}}, core::Phase{core::Active{}}, core::Phase{core::Reconnecting{}}}) {
    if (before.phase == phase.index()) return true;
  }
  return false;
}

const core::Link* link_to(const core::Call& call, core::EndpointId endpoint) {
  const auto found =
      std::find_if(call.links.begin(), call.links.end(), [&](const auto& link) { return link.endpoint == endpoint; });
  return found == call.links.end() ? nullptr : &*found;
}

}  // namespace

void World::check_group_word(unsigned index, const core::SendMessage& message) {
  if (!profile_->group) return;
  const core::Signal& signal = message.signal;
  const auto* candidates = std::get_if<core::Candidates>(&signal);
  const bool aloud = std::get_if<core::Offer>(&signal) || std::get_if<core::Answer>(&signal) ||
                     std::get_if<core::End>(&signal) || std::get_if<core::Select>(&signal) ||
                     (candidates && candidates->round == 0);
  if (aloud || !message.header) fail(Invariant::in_whispers, index, "old pages in the group's chat hear this");
}

void World::check_group_offer(unsigned index, core::PeerId peer) {
  if (!profile_->group) return;
  const core::Call* call = core::call_of(seats_[index].state.phase);
  if (!call) return;
  for (const auto& link : call->links) {
    if (link.peer == peer && *link.endpoint < seats_[index].state.self.endpoint) {
      fail(Invariant::one_offers, index, "the page with the larger id offers");
    }
    if (link_to(*call, *link.endpoint) != &link) fail(Invariant::one_offers, index, "two links to one page");
  }
}

/// Every reason has something that made it so.
void World::check_group_end(unsigned index, const core::Event& event, const Before& before) {
  const auto* ended = std::get_if<core::Ended>(&seats_[index].state.phase);
  if (!ended || !before.call || *before.call != ended->id) return;
  const auto* message = std::get_if<core::MessageReceived>(&event);
  const auto* leave = message ? std::get_if<core::Leave>(&message->signal) : nullptr;
  const auto* invite = message ? std::get_if<core::Invite>(&message->signal) : nullptr;
  const bool leaves = std::get_if<core::PageHidden>(&event) || std::get_if<core::HangUpRequested>(&event);
  const bool passed = std::get_if<core::TimePassed>(&event) != nullptr;
  const bool rang = before.phase == core::Phase{core::InRinging{}}.index();
  const bool called = before.phase == core::Phase{core::OutRinging{}}.index();
  bool true_reason = false;
  switch (ended->reason) {
    case EndReason::hangup:
      true_reason = was_attending(before) && (ended->by_remote ? leave != nullptr : leaves);
      break;
    case EndReason::cancelled: true_reason = ended->by_remote ? rang && leave && leave->over : called && leaves; break;
    case EndReason::declined:
      true_reason = ended->by_remote ? called && leave != nullptr
                                     : rang && (leaves || std::get_if<core::DeclineRequested>(&event));
      break;
    case EndReason::timeout:
      true_reason = passed && (ended->by_remote ? rang && (now_ >= before.until ||
                                                           now_ - before.since >= core::timing::caller_silent.count())
                                                : called && now_ >= before.until);
      break;
    case EndReason::media_failed: true_reason = leaves && before.asks_listen_only; break;
    case EndReason::answered_elsewhere: true_reason = rang && invite; break;
    case EndReason::full: true_reason = leave && leave->reason == EndReason::full; break;
    case EndReason::connection_failed:
      true_reason = was_attending(before) && (ended->by_remote ? leave != nullptr : passed);
      // Alone in a call that others left at the same moment is no failure of a link.
      if (profile_->faultless() && before.endpoint) {
        fail(Invariant::nothing_fails_by_itself, index, "a link failed where nothing fails");
      }
      break;
    case EndReason::busy:
    case EndReason::declined_elsewhere:
    case EndReason::glare:
    case EndReason::replaced:
    case EndReason::error: break;
  }
  if (!true_reason)
    fail(Invariant::true_reason, index, "shown: " + std::string(to_string(ended->reason)) + ", for no reason");
}

/// Every link that is said to have a path has one, to a page in the same call.
bool World::agrees_in_group(unsigned index) const {
  const core::Call* call = core::call_of(seats_[index].state.phase);
  return std::all_of(call->links.begin(), call->links.end(), [&](const core::Link& link) {
    if (link.mesh->pathless_since) return true;
    const std::uint32_t own = index_of(index, link.peer);
    const auto other = own == ~0u ? std::nullopt : peers_.match(own);
    if (!other) return false;
    const Seat& there = seats_[peers_.at(*other).seat];
    const core::Call* theirs = core::call_of(there.state.phase);
    return there.alive && theirs && theirs->id == call->id && there.state.self.endpoint == link.endpoint;
  });
}

/// Where nothing fails, whoever is in the call finds the others soon.
void World::watch_group(unsigned index) {
  Seat& seat = seats_[index];
  const core::Call* call = core::call_of(seat.state.phase);
  std::vector<std::pair<std::uint8_t, std::int64_t>> missed;
  for (std::size_t i = 0; call && attends(seat.state.phase) && i < seats_.size(); ++i) {
    const Seat& there = seats_[i];
    if (i == index || !there.alive || there.plan.old || there.frozen || there.plan.user == seat.plan.user) continue;
    const core::Call* theirs = core::call_of(there.state.phase);
    if (!theirs || theirs->id != call->id || !attends(there.state.phase)) continue;
    const core::Link* link = link_to(*call, there.state.self.endpoint);
    if (link && link->phase == core::LinkPhase::connected) continue;
    const auto known =
        std::find_if(seat.misses.begin(), seat.misses.end(), [i](const auto& m) { return m.first == i; });
    missed.emplace_back(static_cast<std::uint8_t>(i), known == seat.misses.end() ? now_ : known->second);
    if (profile_->faultless() && now_ - missed.back().second > patience_of_mesh + profile_->worst_lag()) {
      fail(Invariant::mesh, index, "in a call with somebody whom it has no link with");
    }
  }
  seat.misses = std::move(missed);
}

/// When the world has come to rest there is one call at most, and in it everybody is linked with everybody.
void World::check_mesh() {
  for (unsigned i = 0; i < seats_.size() && !violation_; ++i) {
    const core::Call* call = core::call_of(seats_[i].state.phase);
    if (!seats_[i].alive || seats_[i].plan.old || !call || !attends(seats_[i].state.phase)) continue;
    for (unsigned j = 0; j < seats_.size(); ++j) {
      const Seat& there = seats_[j];
      const core::Call* theirs = core::call_of(there.state.phase);
      if (i == j || !there.alive || there.plan.old || there.plan.user == seats_[i].plan.user) continue;
      if (!theirs || !attends(there.state.phase)) continue;
      const core::Link* link = link_to(*call, there.state.self.endpoint);
      if (theirs->id != call->id) {
        fail(Invariant::mesh, i, "two calls in one chat");
      } else if (!link || link->phase != core::LinkPhase::connected) {
        fail(Invariant::mesh, i, "not linked with somebody in its call");
      }
    }
  }
}

}  // namespace odnix::sim
