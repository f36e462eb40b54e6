// What happened on this page, for a bug report: the last ticks, redacted, with enough to replay them bit for bit
// (docs/journal.md). Only redacted events are kept; since step() is pure and a redacted text is its own redaction, the
// state before the oldest kept tick is had by stepping `base_` forward whenever a tick is dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/state.hpp"
#include "core/time.hpp"

namespace odnix::app {

struct JournalLimits {
  std::size_t ticks{512};
  std::size_t bytes{256 * 1024};  ///< of the events as exported; a hostile peer could fill ticks with candidates
};

class Journal {
 public:
  explicit Journal(std::string version, JournalLimits limits = {}) : version_(std::move(version)), limits_(limits) {}

  /// One tick: at `now`, `event` led to `next` and `effects`.
  void record(core::TimePoint now, core::Event event, const core::State& next,
              const std::vector<core::Effect>& effects);
  /// JSON lines: a header with the version and the base state, then one line per tick.
  [[nodiscard]] std::string export_lines() const;

  [[nodiscard]] std::size_t size() const { return ticks_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Tick {
    core::TimePoint now;
    core::Event event;  ///< redacted
    std::size_t bytes;
    std::uint64_t state;    ///< hash of describe() of the state after it
    std::uint64_t effects;  ///< and of its effects
  };
  void drop_oldest();

  std::string version_;
  JournalLimits limits_;
  core::State base_;  ///< redacted
  std::deque<Tick> ticks_;
  std::size_t bytes_{};
};

}  // namespace odnix::app
