#include "sim/shrink.hpp"

#include <algorithm>

#include "app/journal.hpp"
#include "core/describe.hpp"

namespace odnix::sim {
namespace {

/// A run that goes on and on takes seconds to play again: what is small enough after so many tries is small enough.
constexpr int most_tries = 300;

bool fails_alike(World& world, const Scenario& scenario, const Violation& wanted, const Options& options, int& tries) {
  if (++tries > most_tries) return false;
  const auto violation = world.play(scenario, options);
  return violation && violation->invariant == wanted.invariant;
}

/// The smallest part of `all` (in its order) with which `fails` still holds: parts are left out, half of it first.
template <class T, class Fails>
std::vector<T> smallest(std::vector<T> all, Fails fails) {
  for (std::size_t chunk = std::max<std::size_t>(all.size() / 2, 1); !all.empty(); chunk /= 2) {
    for (std::size_t from = 0; from < all.size();) {
      std::vector<T> without(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(from));
      const std::size_t to = std::min(all.size(), from + chunk);
      without.insert(without.end(), all.begin() + static_cast<std::ptrdiff_t>(to), all.end());
      if (fails(without)) {
        all = std::move(without);
      } else {
        from = to;
      }
    }
    if (chunk == 1) break;
  }
  return all;
}

}  // namespace

Failure shrink(const Scenario& scenario, const Violation& violation, const Options& given) {
  World world;
  int tries = 0;
  Failure failure{scenario, violation, scenario.stimuli.size(), 0, 0};
  Scenario& small = failure.scenario;
  Options options = given;
  options.trace = nullptr;
  options.choices = nullptr;
  small.stimuli = smallest(small.stimuli, [&](const std::vector<Stimulus>& stimuli) {
    Scenario attempt = small;
    attempt.stimuli = stimuli;
    return fails_alike(world, attempt, violation, options, tries);
  });
  const auto wild_choices = [&] {
    std::vector<ChoiceKey> choices;
    Options recording = options;
    recording.choices = &choices;
    (void)world.play(small, recording);
    std::sort(choices.begin(), choices.end());
    return choices;
  };
  // Taming one choice may bring forth others: until nothing changes, but not for ever.
  for (int round = 0; round < 4; ++round) {
    const std::vector<ChoiceKey> choices = wild_choices();
    if (round == 0) failure.choices_before = choices.size();
    const std::vector<ChoiceKey> tamed_before = small.tamed;
    const auto needed = smallest(choices, [&](const std::vector<ChoiceKey>& wild) {
      Scenario attempt = small;
      attempt.tamed = tamed_before;
      std::set_difference(choices.begin(), choices.end(), wild.begin(), wild.end(), std::back_inserter(attempt.tamed));
      std::sort(attempt.tamed.begin(), attempt.tamed.end());
      return fails_alike(world, attempt, violation, options, tries);
    });
    std::vector<ChoiceKey> tamed = tamed_before;
    std::set_difference(choices.begin(), choices.end(), needed.begin(), needed.end(), std::back_inserter(tamed));
    std::sort(tamed.begin(), tamed.end());
    const bool changed = tamed != small.tamed;
    small.tamed = std::move(tamed);
    failure.choices = needed.size();
    if (!changed) break;
  }
  if (const auto again = world.play(small, options)) failure.violation = *again;
  return failure;
}

std::string tell(const Failure& failure, const Options& given) {
  const Scenario& scenario = failure.scenario;
  const Violation& violation = failure.violation;
  std::string trace;
  Options options = given;
  options.trace = &trace;
  World world;
  (void)world.play(scenario, options);
  std::string out;
  if (!violation.what.empty()) {
    out = "BROKEN: " + std::string(core::to_string(violation.invariant)) + " at " + std::to_string(violation.at) +
          " ms, seat " + std::to_string(violation.seat) + ": " + violation.what + "\n";
  }
  out += "seed " + std::to_string(scenario.seed) + ", profile " + std::string(scenario.profile->name);
  if (options.mutation != Mutation::none) out += ", planted bug " + std::string(core::to_string(options.mutation));
  if (!violation.what.empty()) {
    out += "\nshrunk: " + std::to_string(scenario.stimuli.size()) + " of " + std::to_string(failure.stimuli_before) +
           " stimuli, " + std::to_string(failure.choices) + " of " + std::to_string(failure.choices_before) +
           " choices";
  }
  out += "\n\n" + trace + "\n";
  for (std::size_t i = 0; i < world.seats().size(); ++i) {
    const Seat& seat = world.seats()[i];
    out += "seat " + std::to_string(i) + ", user " + std::to_string(seat.plan.user) +
           (seat.plan.hidden ? ", hidden: " : ": ");
    if (!seat.alive) {
      out += "closed\n";
    } else if (seat.plan.old) {
      out += "old page, " + std::string(core::to_string(seat.old.phase)) + "\n";
    } else {
      out += core::describe(seat.state) + "\n";
    }
  }
  return out;
}

std::string journal(const Failure& failure, const Options& given) {
  Options options = given;
  options.thorough = true;
  World world;
  (void)world.play(failure.scenario, options);
  app::Journal journal("simulation", {1u << 20, std::size_t{1} << 30});
  core::State state;
  for (const Recorded& tick : world.seats()[failure.violation.seat].record) {
    core::Step step = core::step(std::move(state), tick.event, tick.at);
    state = std::move(step.next);
    journal.record(tick.at, tick.event, state, step.effects);
  }
  return journal.export_lines();
}

}  // namespace odnix::sim
