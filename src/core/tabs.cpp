// The person's other tabs. The same call rings in all of them; one makes the sound, and what is done in one is done for
// all.
#include "core/machine.hpp"

namespace odnix::core {

void Machine::tell_tabs(TabNews news, const Call& call) {
  emit(TellTabs{{news, call.id, call.chat, call.user, call.session}});
}

/// Each tab numbers an old peer's call for itself, so such a call is known by its chat, caller and session.
bool Machine::rings_as(const TabMessage& message) const {
  const auto* ringing = std::get_if<InRinging>(&state_.phase);
  if (!ringing) return false;
  const Call& call = ringing->call;
  if (call.session == 0) return call.id == message.call;
  return call.session == message.session && call.chat == message.chat && call.user == message.user;
}

/// Another tab dealt with the call: the ring goes, and so does what the caller, whose word overtook that tab's, let us
/// take for another device.
void Machine::done_in_another_tab(const TabMessage& message) {
  if (rings_as(message)) vanish();
  const auto* ended = std::get_if<Ended>(&state_.phase);
  const bool elsewhere =
      ended && (ended->reason == EndReason::answered_elsewhere || ended->reason == EndReason::declined_elsewhere);
  if (elsewhere && ended->id == message.call) state_.phase = Idle{};
}

void Machine::on(const TabSaid& event) {
  const TabMessage& message = event.message;
  switch (message.news) {
    case TabNews::hello:
      if (const Call* current = call(); current && state_.tell_busy_at) tell_tabs(TabNews::busy, *current);
      return;
    case TabNews::accepted:
      state_.tab_busy_until = now_ + timing::tab_busy;
      done_in_another_tab(message);
      return;
    case TabNews::declined: done_in_another_tab(message); return;
    case TabNews::ring_muted:
      if (rings_as(message)) {
        std::get_if<InRinging>(&state_.phase)->muted = true;
        emit(StopTone{});
      }
      return;
    case TabNews::busy: state_.tab_busy_until = now_ + timing::tab_busy; return;
    case TabNews::free: state_.tab_busy_until.reset(); return;
  }
}

/// The tab that rang aloud is gone, or we are the first.
void Machine::on(const RingRightGranted&) {
  if (state_.may_ring) return;
  state_.may_ring = true;
  const auto* ringing = std::get_if<InRinging>(&state_.phase);
  if (ringing && !ringing->muted) emit(PlayTone{Tone::ringtone});
}

/// By the clock: no alarm is set for it.
bool Machine::tab_is_busy() const { return state_.tab_busy_until && now_ < *state_.tab_busy_until; }

/// A call in which this tab has a part is told to the others when it begins, again now and then, and when it is over.
void Machine::keep_tabs_informed() {
  const bool in_call = call() && !std::get_if<InRinging>(&state_.phase);
  if (in_call && (!state_.tell_busy_at || *state_.tell_busy_at <= now_)) {
    tell_tabs(TabNews::busy, *call());
    state_.tell_busy_at = now_ + timing::tell_busy;
  } else if (!in_call && state_.tell_busy_at) {
    emit(TellTabs{{TabNews::free, {}, {}, {}, 0}});
    state_.tell_busy_at.reset();
  }
  if (state_.tab_busy_until && *state_.tab_busy_until <= now_) state_.tab_busy_until.reset();
}

}  // namespace odnix::core
