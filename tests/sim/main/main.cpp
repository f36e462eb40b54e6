// odnix-sim: random calls in a virtual world, from a seed, until an invariant breaks. `--help` says how.
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "sim/campaign.hpp"

namespace {

using namespace odnix::sim;

constexpr std::string_view usage =
    "usage: odnix-sim [--calls N] [--seed S] [--jobs J] [--profile NAME] [--run N] [--mutation NAME] [--journal FILE]\n"
    "  --calls N     random runs to play, each of one call or several (100000)\n"
    "  --seed S      of the whole campaign (the time of day)\n"
    "  --jobs J      threads (1)\n"
    "  --profile P   one kind of world instead of all in turn\n"
    "  --run N       only run number N of the campaign, with its story\n"
    "  --one S       only the run with this seed of its own, of --profile P, with its story\n"
    "  --mutation M  with a bug planted on purpose\n"
    "  --journal F   where the journal of a failing page goes (odnix-replay reads it)\n"
    "Ends with 0 if nothing broke, 1 if an invariant broke, 2 on wrong arguments.\n";

struct Arguments {
  Plan plan;
  std::uint64_t jobs{1};
  std::string journal;
  bool single{};
  bool own_seed{};
};

std::optional<Mutation> mutation_named(std::string_view name) {
  for (int i = 0;; ++i) {
    const std::string_view known = odnix::core::to_string(static_cast<Mutation>(i));
    if (known.empty()) return std::nullopt;
    if (known == name) return static_cast<Mutation>(i);
  }
}

void list_names() {
  std::cerr << usage << "profiles:";
  for (const Profile& profile : profiles()) std::cerr << ' ' << profile.name;
  std::cerr << "\nmutations: " << names_of(Mutation{}) << "\n";
}

std::optional<Arguments> read(int argc, char** argv) {
  Arguments arguments;
  arguments.plan.runs = 100000;
  arguments.plan.seed = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    const std::string value = argv[i + 1];
    const std::uint64_t number = std::strtoull(value.c_str(), nullptr, 10);
    if (flag == "--calls") {
      arguments.plan.runs = number;
    } else if (flag == "--seed") {
      arguments.plan.seed = number;
    } else if (flag == "--jobs") {
      arguments.jobs = number == 0 ? 1 : number;
    } else if (flag == "--run") {
      arguments.plan.first = number;
      arguments.single = true;
    } else if (flag == "--one") {
      arguments.plan.seed = number;
      arguments.single = arguments.own_seed = true;
    } else if (flag == "--journal") {
      arguments.journal = value;
    } else if (flag == "--profile") {
      arguments.plan.profile = profile_named(value);
      if (!arguments.plan.profile) return std::nullopt;
    } else if (flag == "--mutation") {
      const auto mutation = mutation_named(value);
      if (!mutation) return std::nullopt;
      arguments.plan.mutation = *mutation;
    } else {
      return std::nullopt;
    }
  }
  if (argc % 2 == 0) return std::nullopt;
  return arguments;
}

void report(const Scenario& scenario, const Violation& violation, const Arguments& arguments) {
  Options options;
  options.mutation = arguments.plan.mutation;
  options.thorough = true;
  const Failure failure = shrink(scenario, violation, options);
  std::cout << tell(failure, options);
  if (arguments.journal.empty()) return;
  std::ofstream(arguments.journal, std::ios::binary) << journal(failure, options);
  std::cout << "journal of seat " << failure.violation.seat << ": " << arguments.journal << "\n";
}

int play_one(const Arguments& arguments) {
  const Plan& plan = arguments.plan;
  Scenario scenario;
  const std::uint64_t seed = arguments.own_seed ? plan.seed : seed_of_run(plan.seed, plan.first);
  make_scenario(seed, profile_of_run(plan, plan.first), scenario);
  Options options;
  options.mutation = plan.mutation;
  options.thorough = true;
  World world;
  if (const auto violation = world.play(scenario, options)) {
    report(scenario, *violation, arguments);
    return 1;
  }
  std::cout << tell(Failure{scenario, {}, scenario.stimuli.size(), 0, 0}, options) << "(nothing broke)\n";
  return 0;
}

int play_many(const Arguments& arguments) {
  const Plan& plan = arguments.plan;
  std::cout << "seed " << plan.seed << std::endl;
  const auto began = std::chrono::steady_clock::now();
  std::vector<Outcome> outcomes(arguments.jobs);
  std::vector<std::thread> threads;
  const std::uint64_t share = (plan.runs + arguments.jobs - 1) / arguments.jobs;
  for (std::uint64_t job = 0; job < arguments.jobs; ++job) {
    threads.emplace_back([&outcomes, &plan, share, job] {
      Plan part = plan;
      part.first = job * share;
      part.runs = std::min(share, plan.runs - std::min(plan.runs, part.first));
      outcomes[job] = play_all(part);
    });
  }
  for (auto& thread : threads) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  Outcome sum;
  int broken = 0;
  for (const Outcome& outcome : outcomes) {
    sum.runs += outcome.runs;
    sum.calls += outcome.calls;
    sum.steps += outcome.steps;
    sum.connected += outcome.connected;
    if (outcome.violation && broken++ == 0) report(*outcome.scenario, *outcome.violation, arguments);
  }
  const auto per_second = [&](std::uint64_t count) {
    return static_cast<std::uint64_t>(static_cast<double>(count) / took.count());
  };
  std::cout << sum.runs << " runs, " << sum.calls << " calls started, " << sum.connected / 2 << " paths connected, "
            << sum.steps << " steps in " << took.count() << " s: " << per_second(sum.runs) << " runs/s, "
            << per_second(sum.calls) << " calls/s, " << per_second(sum.steps) << " steps/s\n";
  return broken == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = read(argc, argv);
  if (!arguments) {
    list_names();
    return 2;
  }
  return arguments->single ? play_one(*arguments) : play_many(*arguments);
}
