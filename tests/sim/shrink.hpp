// A failing run made small: stimuli and choices that the failure does not need are taken out (delta debugging, Zeller
// and Hildebrandt 2002), and the rest is told as a story.
#pragma once

#include <string>
#include <vector>

#include "sim/world.hpp"

namespace odnix::sim {

struct Failure {
  Scenario scenario;  ///< shrunk
  Violation violation;
  std::size_t stimuli_before{};
  std::size_t choices_before{};
  std::size_t choices{};  ///< that are not tame
};

/// `scenario` must break `violation` with these options.
[[nodiscard]] Failure shrink(const Scenario& scenario, const Violation& violation, const Options& options);

/// The whole story: invariant, seed, trace, every page's last events and state.
[[nodiscard]] std::string tell(const Failure& failure, const Options& options);

/// The journal of the page that failed, as a real page would export it, up to the failure (docs/journal.md).
[[nodiscard]] std::string journal(const Failure& failure, const Options& options);

}  // namespace odnix::sim
