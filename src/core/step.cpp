#include "core/step.hpp"

#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

void keep_earliest(std::optional<TimePoint>& earliest, TimePoint candidate) {
  if (!earliest || candidate < *earliest) earliest = candidate;
}

/// When a caller that says nothing more counts as gone. An old peer offers for 16 s and then rings on in silence:
/// nothing is concluded.
TimePoint ring_ends_at(const InRinging& ringing) {
  const bool v2 = ringing.call.group || ringing.call.links.front().dialect == Dialect::v2;
  return v2 ? std::min(ringing.give_up_at, ringing.last_sign + timing::caller_silent) : ringing.give_up_at;
}

struct PhaseDeadline {
  using Result = std::optional<TimePoint>;
  Result operator()(const Idle&) const { return {}; }
  Result operator()(const Preparing&) const { return {}; }
  Result operator()(const OutRinging& phase) const { return std::min(phase.give_up_at, phase.next_offer_at); }
  Result operator()(const InRinging& phase) const { return ring_ends_at(phase); }
  Result operator()(const Connecting& phase) const {
    const bool slow = std::any_of(phase.call.links.begin(), phase.call.links.end(), is_slow);
    return slow ? slow_from(phase) : phase.give_up_at;
  }
  Result operator()(const Active&) const { return {}; }
  Result operator()(const Reconnecting& phase) const { return phase.give_up_at; }
  Result operator()(const Resuming& phase) const {
    const bool speaks =
        phase.returning && !phase.proof.text.empty() && phase.call.links.front().phase == LinkPhase::offering;
    return speaks ? std::min(phase.give_up_at, phase.next_at) : phase.give_up_at;
  }
  Result operator()(const Ended& phase) const { return phase.until; }
};

}  // namespace

void Machine::on(const PageOpened& event) {
  state_ = State{};
  state_.self = event.self;
  if (event.self.chat) add_socket({event.self.chat});
  if (event.self.notify) add_socket({std::nullopt});
  emit(RequestRingRight{});
  emit(TellTabs{{TabNews::hello, {}, {}, {}, 0}});
  find_kept();
}

/// The page goes: a call goes with it, unless the next page of this tab takes it up; what only rings here may still
/// ring elsewhere. Sockets are closed so that the browser may keep the page for "back".
void Machine::on(const PageHidden& event) {
  if (std::get_if<InRinging>(&state_.phase)) {
    close_peers(*call());
    emit(StopTone{});
  } else if (call() && !(event.returns && keep_call())) {
    on(HangUpRequested{});
  }
  state_.phase = Idle{};
  if (!event.kept) return;
  state_.hidden = true;
  state_.may_ring = false;
  state_.tab_busy_until.reset();
  keep_tabs_informed();
  emit(LeaveTabs{});
  for (auto& socket : state_.sockets) {
    socket.status = SocketStatus::resting;
    socket.fresh_due.reset();
    emit(CloseSocket{socket.key});
  }
}

void Machine::on(const PageShown&) {
  if (!state_.hidden) return;
  state_.hidden = false;
  emit(RequestRingRight{});
  emit(TellTabs{{TabNews::hello, {}, {}, {}, 0}});
  for (auto& socket : state_.sockets) {
    socket.failures = 0;
    open_socket(socket);
  }
  find_kept();
}

void Machine::on(const MessageReceived& event) {
  if (event.header && event.header->from == state_.self.endpoint) return;  // our own words, played back
  if (call() && call()->chat == event.chat) heard_by_socket(event.chat);
  if (!affords(event.user, Cost::message)) return;  // not even acknowledged: what matters is said again
  take({event.chat, event.user, event.header}, event.signal);
}

/// Counted and logged by the app; the call machine has nothing to do about it.
void Machine::on(const FrameRejected&) {}

void Machine::on(const TimePassed&) {
  forget_old();
  sockets_time_passed();
  links_time_passed();
  negotiations_time_passed();
  pictures_time_passed();
  group_time_passed();
  devices_time_passed();
  repeat_unacked();
  resume_time_passed();
  if (auto* ringing = std::get_if<OutRinging>(&state_.phase)) {
    if (ringing->give_up_at <= now_) {
      end_call(EndReason::timeout, false, true);
    } else if (ringing->next_offer_at <= now_) {
      send_offer(*ringing);
    }
  } else if (const auto* rung = std::get_if<InRinging>(&state_.phase)) {
    if (ring_ends_at(*rung) <= now_) end_call(EndReason::timeout, true, false);
  } else if (const auto* connecting = std::get_if<Connecting>(&state_.phase)) {
    if (connecting->give_up_at <= now_) end_call(EndReason::connection_failed, false, true);
  } else if (const auto* lost = std::get_if<Reconnecting>(&state_.phase)) {
    if (lost->give_up_at <= now_) end_call(EndReason::connection_failed, false, true);
  } else if (const auto* ended = std::get_if<Ended>(&state_.phase)) {
    if (ended->until <= now_) state_.phase = Idle{};
  }
}

void Machine::happen(const Event& event) {
  if (group_takes(event)) return;
  std::visit([this](const auto& happened) { on(happened); }, event);
}

Step step(State state, const Event& event, TimePoint now) {
  Machine machine(std::move(state), now);
  machine.happen(event);
  machine.negotiate();
  machine.limit_media();
  machine.keep_tabs_informed();
  machine.keep_meter();
  machine.keep_sockets_checked();
  auto effects = machine.take_effects();
  return {machine.take_state(), std::move(effects)};
}

std::optional<TimePoint> next_deadline(const State& state) {
  std::optional<TimePoint> earliest = std::visit(PhaseDeadline{}, state.phase);
  for (const auto& socket : state.sockets) {
    if (socket.status == SocketStatus::opening || socket.status == SocketStatus::waiting) {
      keep_earliest(earliest, socket.due);
    }
  }
  for (const auto& item : state.unacked) keep_earliest(earliest, item.due);
  if (state.tell_busy_at) keep_earliest(earliest, *state.tell_busy_at);
  for (const auto& socket : state.sockets) {
    if (socket.fresh_due) keep_earliest(earliest, *socket.fresh_due);
    if (socket.close_at) keep_earliest(earliest, *socket.close_at);
    if (socket.check) keep_earliest(earliest, socket.check->due);
  }
  if (const auto due = group_deadline(state)) keep_earliest(earliest, *due);
  if (state.devices.list_at) keep_earliest(earliest, *state.devices.list_at);
  if (const Call* call = call_of(state.phase)) {
    if (call->notice) keep_earliest(earliest, call->notice->until);
    if (call->media.meter.due) keep_earliest(earliest, *call->media.meter.due);
    if (call->media.hint_at) keep_earliest(earliest, *call->media.hint_at);
    for (const auto& link : call->links) {
      if (link.flush_at) keep_earliest(earliest, *link.flush_at);
      if (link.quality.due) keep_earliest(earliest, *link.quality.due);
      if (link.quality.more_at) keep_earliest(earliest, *link.quality.more_at);
      if (link.negotiation.give_up_at) keep_earliest(earliest, *link.negotiation.give_up_at);
      if (!is_accepted(state.phase)) continue;
      const Negotiation& n = link.negotiation;
      if (n.mend_at && is_open(state, call->chat)) keep_earliest(earliest, *n.mend_at);
      if (n.held && n.held->epoch > n.epoch && !link.mesh && link.endpoint && link.dialect == Dialect::v2) {
        keep_earliest(earliest, n.followed_at + timing::follow_pause);
      }
      if (link.doubted_until) keep_earliest(earliest, *link.doubted_until);
      if (!link.recovery) continue;
      keep_earliest(earliest, link.recovery->next_try);
      if (link.recovery->media_due) keep_earliest(earliest, *link.recovery->media_due);
      if (link.recovery->check_socket_at) keep_earliest(earliest, *link.recovery->check_socket_at);
    }
  }
  return earliest;
}

}  // namespace odnix::core
