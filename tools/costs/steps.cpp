// odnix-steps: how fast the call machine is, on one core, natively or as WebAssembly under node: the same simple calls
// of the simulation (start, accept, talk, hang up) in both. Prints one JSON object.
#include <chrono>
#include <cstdio>

#include "sim/campaign.hpp"

int main() {
  using namespace odnix::sim;
  using Clock = std::chrono::steady_clock;
  Plan plan;
  plan.seed = 1;
  plan.profile = profile_named("simple");
  plan.runs = 2000;
  plan.thorough_every = 0;
  (void)play_all(plan);  // compiled, and caches filled
  double calls{};
  double steps{};
  const auto began = Clock::now();
  std::chrono::duration<double> took{};
  while (took.count() < 5) {
    const Outcome outcome = play_all(plan);
    if (outcome.violation) return 1;
    calls += static_cast<double>(outcome.calls);
    steps += static_cast<double>(outcome.steps);
    took = Clock::now() - began;
  }
  std::printf("{\"calls\":%.0f,\"steps\":%.0f}\n", calls / took.count(), steps / took.count());
  return 0;
}
