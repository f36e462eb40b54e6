// A call of eight hours, in virtual time: networks that fail now and then, servers that restart, people who switch
// their devices. It ends when somebody hangs up and not before, and nothing grows with the hours (faults in docs/,
// number 34).
#include <catch2/catch.hpp>

#include "core/describe.hpp"
#include "sim/campaign.hpp"
#include "sim/world.hpp"

using namespace odnix;
using namespace odnix::sim;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

Profile long_call() {
  Profile profile;
  profile.name = "hours";
  profile.scripted = true;  // people do what is written here and nothing else
  profile.network_acts = true;
  return profile;
}

/// Two people talk for so long; every few minutes something happens to one of them.
Scenario talk_for(std::int64_t duration, const Profile& profile, std::uint64_t seed) {
  Scenario scenario;
  scenario.seed = seed;
  scenario.profile = &profile;
  scenario.seats = {{1, 1, false, 0}, {2, 1, false, 0}};
  scenario.stimuli = {{2000, 0, Act::start_video, 0}, {6000, 1, Act::accept_video, 0}};
  constexpr Act acts[] = {Act::cut_path,       Act::camera_off, Act::drop_socket,   Act::camera_on, Act::restart_server,
                          Act::microphone_off, Act::cut_path,   Act::microphone_on, Act::share_on,  Act::share_off};
  std::uint8_t turn = 0;
  for (std::int64_t at = 5 * minute; at < duration - 2 * minute; at += 5 * minute, ++turn) {
    const Act act = acts[turn % std::size(acts)];
    const auto seat = static_cast<std::uint8_t>(turn / std::size(acts) % 2);  // who switches off switches on again
    const std::uint32_t length = 1000 + 2500 * (turn % 5);                    // 1 to 11 s
    scenario.stimuli.push_back({at, seat, act, length});
  }
  scenario.stimuli.push_back({duration, 1, Act::hang_up, 0});
  scenario.quiet_at = duration;
  return scenario;
}

/// What the page knows when all is over and the world has been quiet for minutes.
std::size_t size_after(std::int64_t duration, std::uint64_t seed) {
  const Profile profile = long_call();
  World world;
  const auto violation = world.play(talk_for(duration, profile, seed));
  INFO((violation ? violation->what : std::string("nothing broke")));
  CHECK_FALSE(violation);
  CHECK(world.calls() == 1);
  for (const Seat& seat : world.seats()) {
    REQUIRE(seat.past.size() == 1);
    CHECK(seat.past[0].reason == core::EndReason::hangup);
    CHECK(seat.past[0].at >= duration);
    CHECK(seat.past[0].at < duration + 1000);
  }
  return core::describe(world.seats()[0].state).size() + core::describe(world.seats()[1].state).size();
}

}  // namespace

TEST_CASE("a call of eight hours lasts until somebody hangs up, and leaves no more behind than one of minutes") {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const std::size_t small = size_after(12 * minute, seed);
    const std::size_t large = size_after(8 * hour, seed);
    CHECK(large < small + 200);  // times and counters have a few digits more
  }
}
