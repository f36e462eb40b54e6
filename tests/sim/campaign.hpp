// Many runs: run number n of a campaign has its own seed, made of the campaign's, so any of them can be had again.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/shrink.hpp"

namespace odnix::sim {

struct Plan {
  std::uint64_t seed{};
  const Profile* profile{};  ///< nullptr: all of them in turn
  std::uint64_t first{};     ///< number of the first run
  std::uint64_t runs{};
  std::uint64_t thorough_every{256};
  Mutation mutation{};
  bool groups{true};  ///< their profiles too, which are the last two
};

struct Outcome {
  std::uint64_t runs{};
  std::uint64_t calls{};
  std::uint64_t steps{};
  std::uint64_t connected{};         ///< paths that came up
  std::optional<Scenario> scenario;  ///< of the first broken run
  std::optional<Violation> violation;
};

[[nodiscard]] std::uint64_t seed_of_run(std::uint64_t campaign, std::uint64_t number);
[[nodiscard]] const Profile& profile_of_run(const Plan& plan, std::uint64_t number);

/// Until the first broken invariant.
[[nodiscard]] Outcome play_all(const Plan& plan);

}  // namespace odnix::sim
