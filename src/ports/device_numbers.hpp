// Lists of devices over the bridge: whole numbers with spaces between them. From the browser's side four for each
// device (kind, id, label, follows), to it three (kind, id, selected); kinds count as core::DeviceKind does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/devices.hpp"

namespace odnix::ports {

[[nodiscard]] std::string device_numbers(const std::vector<core::Device>& list);

/// At most core::max_devices; a strange kind, and what comes after it, is left out.
[[nodiscard]] std::vector<core::Device> devices_of(std::string_view numbers);

}  // namespace odnix::ports
