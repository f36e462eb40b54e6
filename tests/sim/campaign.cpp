#include "sim/campaign.hpp"

namespace odnix::sim {

std::uint64_t seed_of_run(std::uint64_t campaign, std::uint64_t number) { return mix(mix(campaign) + number); }

const Profile& profile_of_run(const Plan& plan, std::uint64_t number) {
  return plan.profile ? *plan.profile : profiles()[number % (profiles().size() - (plan.groups ? 0 : 2))];
}

Outcome play_all(const Plan& plan) {
  Outcome outcome;
  World world;
  Scenario scenario;
  Options options;
  options.mutation = plan.mutation;
  for (std::uint64_t number = plan.first; number < plan.first + plan.runs; ++number) {
    options.thorough = plan.thorough_every > 0 && number % plan.thorough_every == 0;
    make_scenario(seed_of_run(plan.seed, number), profile_of_run(plan, number), scenario);
    const auto violation = world.play(scenario, options);
    ++outcome.runs;
    if (violation) {
      outcome.scenario = scenario;
      outcome.violation = violation;
      break;
    }
  }
  outcome.calls = world.calls();
  outcome.steps = world.steps();
  outcome.connected = world.connected();
  return outcome;
}

}  // namespace odnix::sim
