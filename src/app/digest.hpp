// A fingerprint of a line of describe(): equal states and effects have equal ones, on every machine (FNV-1a, 64 bits).
#pragma once

#include <cstdint>
#include <string_view>

namespace odnix::app {

[[nodiscard]] std::uint64_t digest(std::string_view text);

}  // namespace odnix::app
