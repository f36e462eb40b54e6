// Replays a journal (docs/journal.md) through the call machine and compares every tick with what was recorded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace odnix::replay {

/// same: bit for bit. diverged: this build decides otherwise than the recorded one. unreadable: no journal, or of a
/// version whose records differ.
enum class Outcome { same, diverged, unreadable };

struct Report {
  Outcome outcome{};
  std::size_t ticks{};  ///< replayed without a difference
  std::string trace;    ///< one paragraph per tick: time, event, state, effects
  std::string problem;  ///< where and how it went wrong, both sides; empty if same
};

[[nodiscard]] Report replay(std::string_view journal);

}  // namespace odnix::replay
