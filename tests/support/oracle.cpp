#include "support/oracle.hpp"

#include <nlohmann/json.hpp>

#include "core/describe.hpp"
#include "view/project.hpp"

namespace odnix::test {
namespace {

/// The only events that may open a device: this person's own presses (security.md, first row), here or on the page
/// that this tab showed before.
bool is_own_wish(const core::Event& event) {
  return std::get_if<core::StartRequested>(&event) || std::get_if<core::AcceptRequested>(&event) ||
         std::get_if<core::KeptFound>(&event);
}

bool has_own_call(const core::State& state) {
  return core::call_of(state.phase) && !std::get_if<core::InRinging>(&state.phase);
}

bool parses(const std::string& text) { return nlohmann::json::accept(text); }

/// What a stranger could make grow: no list of the state may be longer than any reasonable use of it.
bool is_bounded(const core::State& state) {
  constexpr std::size_t most = 64;
  if (const core::Call* call = core::call_of(state.phase)) {
    if (call->links.size() > 8) return false;
    for (const auto& link : call->links) {
      if (link.gathered.size() > most || link.remote.size() > most || link.unsent.size() > most) return false;
    }
  }
  for (const auto& trace : state.traces) {
    if (trace.early.size() > most) return false;
  }
  return state.sockets.size() <= 10 && state.outbox.size() <= most && state.unacked.size() <= most &&
         state.seen.size() <= most && state.traces.size() <= most && state.silences.size() <= most &&
         state.people.size() <= most && state.budgets.size() <= 16 && state.self.blocked.size() <= 256;
}

}  // namespace

std::string Oracle::take(const core::Event& event, core::TimePoint now) {
  const bool restarts = std::get_if<core::PageOpened>(&event) != nullptr;
  if (restarts) *this = Oracle{};  // a fresh page in a fresh browser
  if (is_own_wish(event)) wished_ = true;
  const auto* share = std::get_if<core::ShareSwitched>(&event);
  share_wished_ = share && share->on;
  core::Step next = core::step(std::move(state_), event, now);
  state_ = std::move(next.next);
  effects_ = std::move(next.effects);
  std::string problem = judge_effects();
  if (problem.empty()) problem = judge_state(event, now);
  if (!has_own_call(state_)) wished_ = false;
  return problem;
}

std::string Oracle::judge_effects() {
  for (const auto& effect : effects_) {
    if (!parses(core::describe(effect))) return "an effect does not print as JSON";
    if (const auto* made = std::get_if<core::CreatePeer>(&effect)) {
      if (made->peer.value <= newest_peer_) return "a peer's number was used before";
      newest_peer_ = made->peer.value;
      open_peers_.insert(made->peer.value);
    }
    if (const auto* closed = std::get_if<core::ClosePeer>(&effect)) {
      if (open_peers_.erase(closed->peer.value) == 0) return "a peer is closed that is not open";
    }
    if (std::get_if<core::AdmitPeer>(&effect) && !wished_)
      return "a peer plays without this person's own start or accept";
    if (const auto* attach = std::get_if<core::AttachMedia>(&effect)) {
      if (!wished_) return "media is attached without this person's own start or accept";
      if (!open_peers_.count(attach->peer.value)) return "media is attached to a peer that is not open";
    }
    if (std::get_if<core::OpenMedia>(&effect)) {
      if (!wished_) return "a device is opened without this person's own start or accept";
      media_open_ = true;
    }
    if (std::get_if<core::CloseMedia>(&effect)) media_open_ = share_open_ = false;
    if (std::get_if<core::OpenShare>(&effect)) {
      if (!share_wished_ || !wished_) return "a screen is asked for without this person's own press";
      share_open_ = true;
    }
    if (std::get_if<core::CloseShare>(&effect)) share_open_ = false;
  }
  return {};
}

std::string Oracle::judge_state(const core::Event& event, core::TimePoint now) {
  if (!has_own_call(state_)) {
    if (media_open_ || share_open_) return "a device stays open without a call";
    const bool prepares = core::call_of(state_.phase) && state_.self.preconnect != core::Preconnect::never;
    if (!open_peers_.empty() && !prepares) return "a peer stays open without a call";
  }
  if (!is_bounded(state_)) return "a list grew beyond its limit";
  // A pause of nothing (the first one of a socket) takes a second look at the clock, never many.
  const auto due = core::next_deadline(state_);
  const bool stuck = std::get_if<core::TimePassed>(&event) && due && *due <= now;
  stuck_ = stuck ? stuck_ + 1 : 0;
  return stuck_ > 3 ? "the deadline does not move" : "";
}

std::string Oracle::prints(core::TimePoint now) const {
  if (!parses(core::describe(state_))) return "the state does not print as JSON";
  if (!parses(core::describe(view::project(state_, now)))) return "the view does not print as JSON";
  return {};
}

}  // namespace odnix::test
