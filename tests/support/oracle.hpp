// What must hold after every step of the call machine, whatever happened: for random sequences, for every event in
// every phase, and for the fuzzers. Says in one sentence what is broken, or nothing.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/step.hpp"

namespace odnix::test {

class Oracle {
 public:
  /// Takes the machine one event further and judges the step. Empty: all is well.
  [[nodiscard]] std::string take(const core::Event& event, core::TimePoint now);
  /// Whether the state and what a person sees of it can be told in a journal: slower than all the rest together, so
  /// that a long sequence asks now and then.
  [[nodiscard]] std::string prints(core::TimePoint now) const;
  [[nodiscard]] const core::State& state() const { return state_; }
  [[nodiscard]] const std::vector<core::Effect>& effects() const { return effects_; }

 private:
  [[nodiscard]] std::string judge_effects();
  [[nodiscard]] std::string judge_state(const core::Event& event, core::TimePoint now);

  core::State state_;
  std::vector<core::Effect> effects_;
  std::set<std::uint32_t> open_peers_;
  std::uint32_t newest_peer_{};
  bool media_open_{};
  bool share_open_{};
  bool share_wished_{};  ///< this very event is a press of the share button
  int stuck_{};
  bool wished_{};  ///< this person pressed start or accept for the call that is there
};

}  // namespace odnix::test
