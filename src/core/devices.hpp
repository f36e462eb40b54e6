// Microphones, cameras and speakers by number: what the browser says is there, and what this person prefers. The rules
// are in devices.cpp. Ids and labels stay in the browser's side, which numbers them (web/glue/devices.js).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.hpp"
#include "core/media.hpp"
#include "core/reflect.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// Of one list. A page with more has bigger troubles.
inline constexpr std::size_t max_devices = 32;

struct Device {
  DeviceKind kind{};
  DeviceId id;
  std::uint32_t label{};  ///< equal labels, equal numbers; 0: not told before this origin may open a device
  bool follows{};         ///< no device of its own: whatever the system uses (Chromium's "default")
  bool selected{};        ///< in use, or what would be used
  ODNIX_RECORD(Device, kind, id, label, follows, selected)
};

struct Devices {
  std::vector<Device> present;       ///< as last told; empty: nobody asked yet
  std::vector<Device> order;         ///< this person's choices of every kind, the latest first; kept by the browser
  DeviceId speaker;                  ///< where sound goes; 0: where the system sends it
  std::optional<TimePoint> list_at;  ///< something was plugged in or out: asked for then
  ODNIX_RECORD(Devices, present, order, speaker, list_at)
};

/// The microphone or the camera of a call.
struct DeviceUse {
  DeviceId id;                   ///< the one that is open; 0: not told
  DeviceId asked;                ///< the one of the request under way; 0: the browser's choice
  std::optional<DeviceId> lost;  ///< went away by itself, is taken up again when it returns
  bool held{};                   ///< open, but the system or another program keeps it silent or black
  ODNIX_RECORD(DeviceUse, id, asked, lost, held)
};

}  // namespace odnix::core
