// Microphones, cameras and speakers of a virtual browser: what is plugged in, what another program holds, what this
// origin was denied. Only worlds with `device_acts` know devices by name.
#include <algorithm>

#include "sim/world.hpp"

namespace odnix::sim {
namespace {

using core::DeviceKind;

core::MediaKind media_of(DeviceKind kind) {
  return kind == DeviceKind::camera ? core::MediaKind::video : core::MediaKind::audio;
}

core::DeviceId id_of(const Gadget& gadget) {
  return {static_cast<std::uint32_t>(static_cast<int>(gadget.kind) * 10 + gadget.number)};
}

core::Device named(const Gadget& gadget) {
  const core::DeviceId id = id_of(gadget);
  return {gadget.kind, id, id.value, false, false};
}

}  // namespace

std::vector<Gadget> all_gadgets() {
  return {{DeviceKind::microphone, 1}, {DeviceKind::microphone, 2}, {DeviceKind::microphone, 3},
          {DeviceKind::camera, 1},     {DeviceKind::camera, 2},     {DeviceKind::speaker, 1},
          {DeviceKind::speaker, 2}};
}

bool is_named(const Gadget& gadget, const core::Device& device) { return id_of(gadget) == device.id; }

std::vector<core::Device> World::devices_of(const Seat& seat) {
  std::vector<core::Device> list;
  for (const Gadget& gadget : seat.gadgets) {
    if (gadget.plugged) list.push_back(named(gadget));
  }
  return list;
}

/// The asked one if it is there, else the first; nothing is a reason to fail.
std::optional<core::MediaError> World::open_gadget(Seat& seat, DeviceKind kind, core::DeviceId asked) {
  Gadget* found = nullptr;
  for (Gadget& gadget : seat.gadgets) {
    if (gadget.kind != kind || !gadget.plugged) continue;
    if (!found || id_of(gadget) == asked) found = &gadget;
  }
  if (!found) return core::MediaError::missing;
  if (seat.denied) return core::MediaError::denied;
  if (found->taken) return core::MediaError::busy;
  for (Gadget& gadget : seat.gadgets) {
    if (gadget.kind == kind) gadget.open = &gadget == found;
  }
  return std::nullopt;
}

void World::run(unsigned index, core::ListDevices&) {
  schedule(delay(Site::devices, index, 1, 40), Kind::devices_listed, index);
}

void World::run(unsigned index, core::TellDevices& effect) {
  if (effect.keep) seats_[index].kept_order = effect.list;
}

void World::run(unsigned index, core::MeterMicrophone& effect) {
  Seat& seat = seats_[index];
  if (effect.on && !seat.microphone) fail(Invariant::live_handles, index, "MeterMicrophone without a microphone");
  seat.metered = effect.on;
  if (effect.on) schedule(1, Kind::measured, index);
}

void World::run(unsigned index, core::UseSpeaker& effect) {
  const Seat& seat = seats_[index];
  const bool there = std::any_of(seat.gadgets.begin(), seat.gadgets.end(), [&](const Gadget& gadget) {
    return gadget.kind == DeviceKind::speaker && gadget.plugged && id_of(gadget) == effect.id;
  });
  if (effect.id.value != 0 && !there) schedule(5, Kind::speaker_fails, index);
}

void World::device_act(const Stimulus& stimulus) {
  const unsigned index = stimulus.seat;
  Seat& seat = seats_[index];
  if (!seat.alive || seat.frozen || seat.plan.old) return;
  if (stimulus.act == Act::block_sound) {
    tell(index, core::PlaybackChanged{true});
    return;
  }
  if (stimulus.act == Act::plug_in) {
    for (Gadget& gadget : seat.gadgets) gadget.plugged = true;
    tell(index, core::DevicesChanged{false});
    return;
  }
  if (stimulus.act == Act::choose_device) {
    const Gadget& gadget = seat.gadgets[stimulus.amount % seat.gadgets.size()];
    tell(index, core::DeviceChosen{gadget.kind, stimulus.amount % 5 == 0 ? core::DeviceId{} : id_of(gadget)});
    return;
  }
  const auto kind = stimulus.act == Act::lose_camera ? DeviceKind::camera : DeviceKind::microphone;
  const auto used = std::find_if(seat.gadgets.begin(), seat.gadgets.end(),
                                 [kind](const Gadget& gadget) { return gadget.kind == kind && gadget.open; });
  if (used == seat.gadgets.end()) return;
  if (stimulus.act == Act::hold_device) {
    tell(index, core::DeviceHeld{media_of(kind), stimulus.amount % 2 == 0});
    return;
  }
  const bool denied = stimulus.act == Act::revoke;
  used->open = false;
  if (denied) {
    seat.denied = true;
  } else if (stimulus.act == Act::take_device) {
    used->taken = seat.was_taken = true;
  } else {
    used->plugged = false;
  }
  (kind == DeviceKind::camera ? seat.camera : seat.microphone) = false;
  tell(index, core::DeviceLost{media_of(kind), denied ? core::Permission::denied : core::Permission::granted});
  tell(index, core::DevicesChanged{false});
}

/// Silence, murmur or speech; a world without devices of its own hears at once that the microphone works.
void World::measured(unsigned index) {
  const std::uint32_t choice = profile_->device_acts ? decisions_.pick(Site::devices, index, 4) : 0;
  tell(index, core::MicrophoneMeasured{choice == 1 ? 0 : choice == 2 ? 3 : 100});
}

/// What runs is what the state says, and is plugged in.
void World::check_gadgets(unsigned index) {
  const Seat& seat = seats_[index];
  const core::Call* call = core::call_of(seat.state.phase);
  for (const Gadget& gadget : seat.gadgets) {
    if (!gadget.open || !call) continue;
    const bool camera = gadget.kind == DeviceKind::camera;
    if (!(camera ? seat.camera : seat.microphone)) continue;
    if (core::use_of(call->media, gadget.kind).id != id_of(gadget)) {
      fail(Invariant::best_device, index, "another device runs than the state says");
    }
  }
}

/// At rest: a lost device has been replaced if another one is there, and a chosen one that is there is used.
void World::check_best_devices(unsigned index) {
  const Seat& seat = seats_[index];
  const core::Call* call = core::call_of(seat.state.phase);
  if (!call || profile_->device_trouble != 0 || seat.was_taken || seat.denied || call->media.request) return;
  for (const auto kind : {DeviceKind::microphone, DeviceKind::camera}) {
    const bool camera = kind == DeviceKind::camera;
    const core::DeviceState state = camera ? call->media.camera : call->media.microphone;
    const auto plugged = [kind](const Gadget& gadget) { return gadget.kind == kind && gadget.plugged; };
    const bool any = std::any_of(seat.gadgets.begin(), seat.gadgets.end(), plugged);
    const bool lost = state == core::DeviceState::failed && core::use_of(call->media, kind).lost;
    if (lost && any) fail(Invariant::best_device, index, "a device that works lies unused");
    if (!core::runs(state)) continue;
    for (const core::Device& choice : seat.kept_order) {
      const auto best = std::find_if(seat.gadgets.begin(), seat.gadgets.end(), [&](const Gadget& gadget) {
        return plugged(gadget) && id_of(gadget) == choice.id;
      });
      if (best == seat.gadgets.end()) continue;
      if (!best->open) fail(Invariant::best_device, index, "the person's choice is there and not used");
      break;
    }
  }
}

}  // namespace odnix::sim
