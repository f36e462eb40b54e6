// People, and what befalls their pages, devices and networks.
#include "sim/world.hpp"

namespace odnix::sim {

void World::perform(const Stimulus& stimulus) {
  if (options_.trace) note(stimulus.seat, "--", core::to_string(stimulus.act));
  switch (stimulus.act) {
    case Act::hide:
    case Act::close_page:
    case Act::reload:
    case Act::crash: page_act(stimulus); return;
    case Act::lose_microphone:
    case Act::lose_camera:
    case Act::plug_in:
    case Act::take_device:
    case Act::hold_device:
    case Act::revoke:
    case Act::choose_device:
    case Act::block_sound: device_act(stimulus); return;
    case Act::drop_socket:
    case Act::restart_server:
    case Act::cut_path: network_act(stimulus); return;
    default: press(stimulus.seat, stimulus.act); return;
  }
}

void World::press(unsigned index, Act act) {
  Seat& seat = seats_[index];
  if (!seat.alive || seat.frozen) return;
  if (seat.plan.old) {
    old_press(index, act);
    return;
  }
  switch (act) {
    case Act::start_audio:
    case Act::start_video: {
      ++calls_;
      const std::uint64_t random = decisions_.pick(Site::call_id, index, 1u << 30) + 1;
      const std::uint64_t unique = (std::uint64_t{index} << 32) + (std::uint64_t{seat.life} << 16) + ++seat.calls;
      tell(index, core::StartRequested{core::CallId{random, unique}, act == Act::start_video});
      return;
    }
    case Act::accept_audio: tell(index, core::AcceptRequested{false}); return;
    case Act::accept_video: tell(index, core::AcceptRequested{true}); return;
    case Act::decline: tell(index, core::DeclineRequested{}); return;
    case Act::hang_up: tell(index, core::HangUpRequested{}); return;
    case Act::microphone_off: tell(index, core::MicrophoneSwitched{false}); return;
    case Act::microphone_on: tell(index, core::MicrophoneSwitched{true}); return;
    case Act::camera_off: tell(index, core::CameraSwitched{false}); return;
    case Act::camera_on: tell(index, core::CameraSwitched{true}); return;
    case Act::share_on: tell(index, core::ShareSwitched{true}); return;
    case Act::share_off: tell(index, core::ShareSwitched{false}); return;
    case Act::end_share: {  // the browser's own bar, or a closed window
      const core::RequestId request{seats_[index].share};
      if (!seats_[index].share_open) return;
      close_share(seats_[index]);
      tell(index, core::ShareEnded{request});
      return;
    }
    case Act::listen_only: tell(index, core::ListenOnlyChosen{}); return;
    case Act::mute_ring: tell(index, core::RingMuted{}); return;
    case Act::dismiss: tell(index, core::NoticeDismissed{}); return;
    case Act::play_sound: tell(index, core::PlaybackRequested{}); return;
    case Act::reload:
      page_act({now_, static_cast<std::uint8_t>(index), Act::reload, decisions_.pick(Site::resume, index, 4000)});
      return;
    default: return;
  }
}

void World::react_by(unsigned seat, Act act, std::uint32_t within) {
  schedule(delay(Site::reaction_time, seat, 300, within), Kind::reaction, seat, static_cast<std::uint32_t>(act));
}

/// A new situation: most people answer the telephone, and hang up after a while.
void World::react(unsigned index, const Before& before) {
  const Seat& seat = seats_[index];
  if (profile_->scripted || now_ >= scenario_->quiet_at || !seat.alive || seat.frozen) return;
  const core::Call* call = core::call_of(seat.state.phase);
  if (call && call->media.asks_listen_only && !before.asks_listen_only) {
    const auto choice = decisions_.pick(Site::reaction, index, 3);
    if (choice > 0) react_by(index, choice == 1 ? Act::listen_only : Act::hang_up, 4000);
  }
  if (seat.state.phase.index() == before.phase) return;
  if (std::get_if<core::InRinging>(&seat.state.phase)) {
    switch (decisions_.pick(Site::reaction, index, 7)) {
      case 1: react_by(index, Act::accept_audio, 10000); return;
      case 2:
      case 3: react_by(index, Act::accept_video, 10000); return;
      case 4: react_by(index, Act::accept_video, 50); return;
      case 5: react_by(index, Act::decline, 8000); return;
      default: return;
    }
  }
  if (std::get_if<core::OutRinging>(&seat.state.phase)) {
    if (decisions_.pick(Site::reaction, index, 6) == 1) react_by(index, Act::hang_up, 15000);
  } else if (std::get_if<core::Active>(&seat.state.phase)) {
    if (profile_->page_acts) {
      const auto choice = decisions_.pick(Site::resume, index, 8);
      if (choice == 1) react_by(index, Act::reload, 20000);
      if (choice == 2) {  // both at about the same time
        for (unsigned i = 0; i < seats_.size(); ++i) react_by(i, Act::reload, 600);
      }
    }
    switch (decisions_.pick(Site::reaction, index, 8)) {
      case 1:
      case 2: react_by(index, Act::hang_up, 20000); return;
      case 3: react_by(index, Act::camera_on, 9000); return;
      case 4: react_by(index, Act::camera_on, 50); return;  // both at once
      default: return;
    }
  }
}

void World::page_act(const Stimulus& stimulus) {
  const unsigned index = stimulus.seat;
  Seat& seat = seats_[index];
  if (!seat.alive || seat.frozen) return;
  if (stimulus.act == Act::hide) {
    if (seat.plan.old) return;
    tell(index, core::PageHidden{true, decisions_.chance(Site::resume, index, 500)});
    seat.frozen = true;
    seat.alarm = never;
    schedule(100 + stimulus.amount, Kind::page_shown, index);
    return;
  }
  // What the browser lets a page know of why it goes is right most of the time.
  const bool returns = (stimulus.act == Act::reload) != decisions_.chance(Site::resume, index, 150);
  if (stimulus.act != Act::crash && !seat.plan.old) tell(index, core::PageHidden{false, returns});
  if (violation_) return;
  const bool silent = stimulus.act == Act::crash || decisions_.chance(Site::last_words, index, 300);
  if (silent) seat.lines[0].lost = seat.lines[0].life;
  leave_page(index);
  if (stimulus.act == Act::close_page) seat.tab = {};
  if (stimulus.act != Act::close_page) schedule(200 + stimulus.amount / 8, Kind::page_opens, index);
}

void World::network_act(const Stimulus& stimulus) {
  const unsigned index = stimulus.seat;
  if (stimulus.act == Act::restart_server) {
    server_up_ = false;
    schedule(stimulus.amount, Kind::server_returns, index);
    for (unsigned i = 0; i < seats_.size(); ++i) {
      break_line(i, 0, false);
      break_line(i, 1, false);
    }
  } else if (stimulus.act == Act::drop_socket) {
    break_line(index, 0, stimulus.amount > 2000);
    break_line(index, 1, stimulus.amount > 2000);
  } else {
    cut_path(index, stimulus.amount);
  }
}

/// The seat's network carries no media for so long. The browser notices late (faults.md, "Measured facts") or, on an
/// odd number, early.
void World::cut_path(unsigned index, std::uint32_t amount) {
  Seat& seat = seats_[index];
  seat.cut_until = std::max(seat.cut_until, now_ + amount);
  last_fault_ = std::max(last_fault_, seat.cut_until);
  for (std::uint32_t i = 0; i < peers_.size(); ++i) {
    Peer& peer = peers_.at(i);
    if (peer.seat != index || !peer.open || peer.path != Path::connected) continue;
    const std::uint32_t other = peer.partner - 1;
    for (const std::uint32_t end : {i, other}) {
      const unsigned there = peers_.at(end).seat;
      schedule(amount % 2 == 1 ? 20 + amount / 16 : until_disconnected, Kind::path_down, there, end, 1);
      if (amount > until_failed) {
        schedule(until_failed, Kind::path_dead, there, end, 1);
      } else {
        schedule(amount + 40, Kind::path_up, there, end, 1);
      }
      look_at_flow(end, 1000);
      look_at_flow(end, amount + 1000);
    }
  }
}

}  // namespace odnix::sim
