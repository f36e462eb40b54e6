// The simulation's short run, the same everywhere: tools/test runs odnix-sim for more.
#include <algorithm>
#include <catch2/catch.hpp>

#include "replay/replay.hpp"
#include "sim/campaign.hpp"

using namespace odnix;
using namespace odnix::sim;

namespace {

constexpr std::uint64_t campaign = 20261122;

std::string story(const Outcome& outcome, Mutation mutation = Mutation::none) {
  if (!outcome.violation) return "nothing broke";
  Options options;
  options.mutation = mutation;
  options.thorough = true;
  return sim::tell(shrink(*outcome.scenario, *outcome.violation, options), options);
}

}  // namespace

TEST_CASE("random calls in every kind of world break no invariant") {
  for (const Profile& profile : profiles()) {
    Plan plan;
    plan.seed = campaign;
    plan.profile = &profile;
    plan.runs = 200;
    plan.thorough_every = 20;
    const Outcome outcome = play_all(plan);
    INFO(story(outcome));
    CHECK_FALSE(outcome.violation);
  }
}

TEST_CASE("the same seed is the same run on every machine") {
  Plan plan;
  plan.seed = campaign;
  plan.profile = profile_named("clicks");
  plan.runs = 20;
  const Outcome one = play_all(plan);
  const Outcome other = play_all(plan);
  CHECK(one.steps == other.steps);
  CHECK(one.calls == other.calls);
}

TEST_CASE("a failing run is shrunk, told, and replayed from its journal") {
  Plan plan;
  plan.seed = campaign;
  plan.runs = 2000;
  plan.profile = profile_named("clicks");
  plan.mutation = Mutation::lose_candidates;
  const Outcome outcome = play_all(plan);
  REQUIRE(outcome.violation);
  Options options;
  options.mutation = plan.mutation;
  const Failure failure = shrink(*outcome.scenario, *outcome.violation, options);
  CHECK(failure.violation.invariant == outcome.violation->invariant);
  CHECK(failure.scenario.stimuli.size() <= 3);
  CHECK(failure.choices < failure.choices_before);
  CHECK(sim::tell(failure, options).find("BROKEN: nothing_fails_by_itself") != std::string::npos);
  const replay::Report report = replay::replay(journal(failure, options));
  INFO(report.problem);
  CHECK(report.outcome == replay::Outcome::same);
  CHECK(report.ticks > 10);
}

TEST_CASE("every bug planted on purpose is found, by an invariant that is about it") {
  for (int i = 1; !core::to_string(static_cast<Mutation>(i)).empty(); ++i) {
    const auto mutation = static_cast<Mutation>(i);
    Plan plan;
    plan.seed = campaign;
    plan.runs = 2000;
    plan.thorough_every = 10;
    plan.mutation = mutation;
    // These show only where frames get lost and peers are hostile.
    const bool rare = mutation == Mutation::connect_for_ever || mutation == Mutation::late_end ||
                      mutation == Mutation::believe_anybody;
    if (mutation == Mutation::both_insist || mutation == Mutation::lose_upgrade) plan.profile = profile_named("clicks");
    const bool screens =
        mutation == Mutation::share_back || mutation == Mutation::lose_share_end || mutation == Mutation::hide_screen;
    if (screens) plan.profile = profile_named("clicks");
    if (mutation == Mutation::late_end) plan.seed = 8;  // it shows in one run of some thousand
    if (mutation == Mutation::never_restart) plan.profile = profile_named("paths");
    if (rare) plan.profile = profile_named("network");
    if (mutation == Mutation::count_pauses) plan.profile = profile_named("hidden");
    const bool group =
        mutation == Mutation::speak_aloud || mutation == Mutation::both_offer || mutation == Mutation::miss_joins;
    if (group) plan.profile = profile_named("group");
    plan.groups = group;  // where a bug of one-to-one calls shows as something else
    const bool about_pages = mutation == Mutation::believe_any_proof || mutation == Mutation::hold_for_ever ||
                             mutation == Mutation::open_without_record;
    if (about_pages) plan.profile = profile_named("pages");
    const Outcome outcome = play_all(plan);
    INFO("planted: " << core::to_string(mutation));
    REQUIRE(outcome.violation);
    const auto expected = caught_by(mutation);
    const bool apt = std::find(expected.begin(), expected.end(), outcome.violation->invariant) != expected.end();
    if (!apt) FAIL_CHECK(story(outcome, mutation));  // shrinking takes its time: only for who will read it
  }
}
