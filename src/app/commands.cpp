#include "app/commands.hpp"

#include <algorithm>

namespace odnix::app {
namespace {

/// hi == 0 is kept for calls of old peers (ids.hpp).
core::CallId fresh_call(ports::RandomPort& random) {
  const std::uint64_t hi = random.next();
  const std::uint64_t lo = random.next();
  return {hi == 0 ? 1 : hi, lo};
}

}  // namespace

std::optional<core::Event> event_of(const view::Intent& intent, const view::ViewModel& seen,
                                    ports::RandomPort& random) {
  const auto control = std::find_if(seen.controls.begin(), seen.controls.end(),
                                    [&](const view::Control& c) { return c.id == intent.control; });
  if (control == seen.controls.end() || !control->enabled) return std::nullopt;
  const bool turn_on = !control->pressed.value_or(false);
  switch (intent.control) {
    case view::ControlId::accept: return core::AcceptRequested{seen.video};
    case view::ControlId::accept_audio: return core::AcceptRequested{false};
    case view::ControlId::decline: return core::DeclineRequested{};
    case view::ControlId::mute_ring: return core::RingMuted{};
    case view::ControlId::cancel:
    case view::ControlId::hang_up: return core::HangUpRequested{};
    case view::ControlId::microphone: return core::MicrophoneSwitched{turn_on};
    case view::ControlId::camera: return core::CameraSwitched{turn_on};
    case view::ControlId::share: return core::ShareSwitched{turn_on};
    case view::ControlId::call_again: return core::StartRequested{fresh_call(random), seen.video};
    case view::ControlId::dismiss: return core::NoticeDismissed{};
    case view::ControlId::listen_only: return core::ListenOnlyChosen{};
    case view::ControlId::tap_to_hear: return core::PlaybackRequested{};
  }
  return std::nullopt;
}

core::Event event_of(const ports::StartCommand& command, ports::RandomPort& random) {
  return core::StartRequested{fresh_call(random), command.video};
}

core::Event event_of(const ports::EndCommand&) { return core::HangUpRequested{}; }

}  // namespace odnix::app
