// How long a call lasts, as a clock shows it.
#pragma once

#include <cstdint>
#include <string>

namespace odnix::view {

/// "0:07", "12:34", "1:02:03".
[[nodiscard]] std::string clock_text(std::int64_t seconds);

}  // namespace odnix::view
