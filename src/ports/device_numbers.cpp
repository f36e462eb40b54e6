#include "ports/device_numbers.hpp"

#include "core/describe.hpp"

namespace odnix::ports {
namespace {

/// 0 at the end and for what is no digit.
std::uint32_t next(std::string_view& rest) {
  std::uint32_t value = 0;
  while (!rest.empty() && rest.front() != ' ') {
    value = value * 10 + static_cast<std::uint32_t>(rest.front() - '0');
    rest.remove_prefix(1);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return value;
}

}  // namespace

std::string device_numbers(const std::vector<core::Device>& list) {
  std::string out;
  for (const core::Device& device : list) {
    core::write_integer(out, static_cast<int>(device.kind));
    out += ' ';
    core::write_integer(out, device.id.value);
    out += device.selected ? " 1 " : " 0 ";
  }
  return out;
}

std::vector<core::Device> devices_of(std::string_view numbers) {
  std::vector<core::Device> list;
  while (!numbers.empty() && list.size() < core::max_devices) {
    const std::uint32_t kind = next(numbers);
    const core::DeviceId id{next(numbers)};
    const std::uint32_t label = next(numbers);
    const bool follows = next(numbers) != 0;
    if (kind > 2) break;
    list.push_back({static_cast<core::DeviceKind>(kind), id, label, follows, false});
  }
  return list;
}

}  // namespace odnix::ports
