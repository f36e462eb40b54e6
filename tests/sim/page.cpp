// A page and its call machine: one event in, the effects out, as app.cpp does it.
#include <algorithm>

#include "app/redact.hpp"
#include "core/describe.hpp"
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

Before glimpse(const core::State& state, std::int64_t epoch) {
  Before before;
  before.phase = state.phase.index();
  if (const core::Call* call = core::call_of(state.phase)) {
    before.call = call->id;
    before.session = call->session;
    before.user = call->user ? call->user->value : 0;
    if (!call->links.empty()) {
      before.dialect = call->links.front().dialect;
      before.endpoint = call->links.front().endpoint;
    }
    before.asks_listen_only = call->media.asks_listen_only;
  }
  if (const auto* out = std::get_if<core::OutRinging>(&state.phase)) {
    before.until = out->give_up_at.time_since_epoch().count() - epoch;
  } else if (const auto* in = std::get_if<core::InRinging>(&state.phase)) {
    before.since = in->last_sign.time_since_epoch().count() - epoch;
    before.until = in->give_up_at.time_since_epoch().count() - epoch;
  }
  return before;
}

}  // namespace

void World::open_page(unsigned index) {
  Seat& seat = seats_[index];
  const SeatPlan plan = seat.plan;
  const auto life = static_cast<std::uint16_t>(seat.life + 1);
  const auto lines = seat.lines;
  Tab tab = std::move(seat.tab);
  auto kept_order = std::move(seat.kept_order);
  seat = Seat{};
  seat.tab = std::move(tab);
  seat.plan = plan;
  seat.lines = lines;
  seat.kept_order = std::move(kept_order);
  if (profile_->device_acts) seat.gadgets = all_gadgets();
  seat.life = life;
  seat.alive = true;
  if (plan.old) {
    note(index, "opens an old page");
    core::OpenSocket open{core::SocketKey{core::ChatId{plan.chat}}};
    run(index, open);
    return;
  }
  seat.epoch = profile_->scripted ? 0 : decisions_.pick(Site::epoch, index, 86400000);
  core::Self self;
  self.user.value = plan.user;
  self.endpoint.value = (index + 1) * 0x1000u + life;
  self.chat = core::ChatId{plan.chat};
  self.peer_name.text = "#name";
  choose_preconnect(index, self);
  self.group = profile_->group;
  self.can_share = true;
  tell(index, core::PageOpened{std::move(self)});
  if (!seat.kept_order.empty()) tell(index, core::DevicesTold{seat.kept_order, true});
  const std::uint32_t relay = decisions_.pick(Site::early, index, 8);
  if (relay >= 4) tell(index, core::RelayKnown{true, relay == 7});
  const std::uint32_t granted = decisions_.pick(Site::early, index, 6);
  if (granted >= 3) tell(index, core::DevicesGranted{true, granted >= 4});
}

/// The page is gone: its browser closes everything without a word to anybody. What it sent is still on its way.
void World::leave_page(unsigned index) {
  Seat& seat = seats_[index];
  seat.alive = false;
  seat.frozen = false;
  seat.alarm = never;
  leave_tabs(index);
  for (const auto& [handle, peer] : std::exchange(seat.peers, {})) close_peer(peer);
  if (seat.old.peer != 0) close_peer(seat.old.peer - 1);
  for (Line& line : seat.lines) close_line(line);
}

/// A press that leads to a call of one's own, or takes the one that rings, is what allows devices and peers.
void World::give_consent(Seat& seat, const core::Event& event) {
  const core::Phase& phase = seat.state.phase;
  const bool rings = std::get_if<core::InRinging>(&phase) != nullptr;
  if (const auto* start = std::get_if<core::StartRequested>(&event)) {
    if (rings || !core::call_of(phase)) {
      seat.consent = true;
      seat.camera_consent = start->video;
    }
  } else if (const auto* accept = std::get_if<core::AcceptRequested>(&event)) {
    if (rings) {
      seat.consent = true;
      seat.camera_consent = accept->video;
    }
  } else if (const auto* camera = std::get_if<core::CameraSwitched>(&event)) {
    if (camera->on && seat.consent) seat.camera_consent = true;
  } else if (const auto* share = std::get_if<core::ShareSwitched>(&event)) {
    seat.share_consent = share->on;
  }
}

void World::tell(unsigned index, core::Event event) {
  if (violation_) return;
  Seat& seat = seats_[index];
  if (!lets_through(options_.mutation, seat.state, event)) return;
  const Before before = glimpse(seat.state, seat.epoch);
  give_consent(seat, event);
  if (std::get_if<core::DeclineRequested>(&event) || std::get_if<core::HangUpRequested>(&event)) {
    if (std::get_if<core::InRinging>(&seat.state.phase)) seat.declined.emplace_back(before.user, now_);
  }
  if (options_.thorough) {
    seat.record.push_back({time(seat), event});
    app::redact(seat.record.back().event);
  }
  ++steps_;
  ++seat.steps;
  core::Step step = core::step(std::move(seat.state), event, time(seat));
  spoil(options_.mutation, before.phase, event, step);
  seat.state = std::move(step.next);
  if (options_.trace) {
    note(index, core::describe(event), "-> " + std::string(core::name_of(seat.state.phase)));
    for (const auto& effect : step.effects) note(index, "    does", core::describe(effect));
  }
  event_ = &event;
  before_ = &before;
  for (core::Effect& effect : step.effects) {
    std::visit([this, index](auto& alternative) { run(index, alternative); }, effect);
  }
  check_step(index, event, before);
  set_alarm(index);
  react(index, before);
}

/// One timer per page, as late as browsers are. Events go on coming meanwhile.
void World::set_alarm(unsigned index) {
  Seat& seat = seats_[index];
  const auto deadline = core::next_deadline(seat.state);
  if (!deadline || options_.mutation == Mutation::forget_deadline) {
    seat.alarm = never;
    return;
  }
  const std::int64_t due = std::max(now_, deadline->time_since_epoch().count() - seat.epoch);
  // The same deadline keeps its lateness.
  const std::uint32_t lag = seat.plan.hidden ? hidden_lag : profile_->alarm_lag;
  if (seat.alarm != never && seat.alarm >= due && seat.alarm <= due + lag) return;
  seat.alarm = due + decisions_.pick(Site::alarm, index, lag + 1);
}

}  // namespace odnix::sim
