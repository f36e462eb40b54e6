#include "sim/scenario.hpp"

#include <algorithm>

#include "sim/random.hpp"

namespace odnix::sim {
namespace {

/// Each act with its weight; which groups take part is the profile's choice.
struct Weight {
  Act act;
  std::uint32_t person, page, device, network;
};

constexpr Weight weights[] = {
    {Act::start_audio, 8, 0, 0, 0},    {Act::start_video, 8, 0, 0, 0},   {Act::accept_audio, 3, 0, 0, 0},
    {Act::accept_video, 3, 0, 0, 0},   {Act::decline, 2, 0, 0, 0},       {Act::hang_up, 5, 0, 0, 0},
    {Act::microphone_off, 1, 0, 1, 0}, {Act::microphone_on, 1, 0, 1, 0}, {Act::camera_off, 1, 0, 1, 0},
    {Act::share_on, 3, 0, 0, 0},       {Act::share_off, 1, 0, 0, 0},     {Act::end_share, 1, 0, 0, 0},
    {Act::camera_on, 3, 0, 1, 0},      {Act::listen_only, 1, 0, 4, 0},   {Act::mute_ring, 1, 0, 0, 0},
    {Act::dismiss, 1, 0, 0, 0},        {Act::hide, 0, 3, 0, 0},          {Act::close_page, 0, 2, 0, 0},
    {Act::reload, 0, 4, 0, 0},         {Act::crash, 0, 2, 0, 0},         {Act::lose_microphone, 0, 0, 3, 0},
    {Act::lose_camera, 0, 0, 3, 0},    {Act::block_sound, 0, 0, 1, 0},   {Act::play_sound, 0, 0, 1, 0},
    {Act::plug_in, 0, 0, 4, 0},        {Act::take_device, 0, 0, 1, 0},   {Act::hold_device, 0, 0, 1, 0},
    {Act::revoke, 0, 0, 1, 0},         {Act::choose_device, 0, 0, 3, 0}, {Act::drop_socket, 0, 0, 0, 8},
    {Act::restart_server, 0, 0, 0, 2}, {Act::cut_path, 0, 0, 0, 4},
};

std::uint32_t weight(const Weight& w, const Profile& profile) {
  return w.person + (profile.page_acts ? w.page : 0) + (profile.device_acts ? w.device : 0) +
         (profile.network_acts ? w.network : 0);
}

Act any_act(Random& random, const Profile& profile) {
  std::uint32_t sum = 0;
  for (const Weight& w : weights) sum += weight(w, profile);
  std::uint32_t left = random.below(sum);
  for (const Weight& w : weights) {
    const std::uint32_t own = weight(w, profile);
    if (left < own) return w.act;
    left -= own;
  }
  return Act::start_audio;
}

/// Pauses are short as often as long: both matter, the crossing of messages and the passing of timers.
std::int64_t any_moment(Random& random, std::int64_t previous, std::int64_t span) {
  switch (random.below(4)) {
    case 0: return previous + random.below(30);
    case 1: return previous + random.below(400);
    case 2: return previous + random.below(6000);
    default: return random.below(static_cast<std::uint32_t>(span));
  }
}

void add_seats(Random& random, const Profile& profile, Scenario& out) {
  const int users =
      profile.group ? 3 + static_cast<int>(random.below(static_cast<std::uint32_t>(profile.users - 2))) : profile.users;
  for (int user = 1; user <= users; ++user) {
    const int pages = 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(profile.seats_per_user)));
    int browser = 0;
    for (int page = 0; page < pages; ++page) {
      SeatPlan plan;
      plan.user = user;
      if (page > 0 && random.below(2) == 0) ++browser;
      plan.browser = browser;
      plan.chat = 1;
      if (profile.users > 2 && !profile.group) {  // one private chat for each pair
        int other = 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(profile.users)));
        if (other == user) other = other % profile.users + 1;
        plan.chat = std::min(user, other) * 10 + std::max(user, other);
      }
      plan.old = profile.scripted ? profile.old_callee && user == 2 : random.below(1000) < profile.old;
      plan.hidden = profile.hidden > 0 && random.below(1000) < profile.hidden;
      out.seats.push_back(plan);
    }
  }
}

}  // namespace

void make_scenario(std::uint64_t seed, const Profile& profile, Scenario& out) {
  out.seed = seed;
  out.profile = &profile;
  out.seats.clear();
  out.stimuli.clear();
  out.tamed.clear();
  Random random(mix(seed));
  add_seats(random, profile, out);
  if (profile.scripted) {
    const bool video = random.below(2) == 1;
    out.stimuli.push_back({2000, 0, video ? Act::start_video : Act::start_audio, 0});
    out.stimuli.push_back({4000, 1, video ? Act::accept_video : Act::accept_audio, 0});
    out.stimuli.push_back({9000, static_cast<std::uint8_t>(random.below(2)), Act::hang_up, 0});
    out.quiet_at = 10000;
    return;
  }
  const auto count = 1 + random.below(static_cast<std::uint32_t>(profile.stimuli));
  std::int64_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    at = any_moment(random, at, profile.span);
    const auto seat = static_cast<std::uint8_t>(random.below(static_cast<std::uint32_t>(out.seats.size())));
    // Without a start there is no call to do anything about.
    const Act act = i == 0 && random.below(4) != 0 ? (random.below(2) == 0 ? Act::start_audio : Act::start_video)
                                                   : any_act(random, profile);
    out.stimuli.push_back({1500 + at, seat, act, random.below(2) == 0 ? random.below(2000) : random.below(25000)});
  }
  std::stable_sort(out.stimuli.begin(), out.stimuli.end(),
                   [](const Stimulus& a, const Stimulus& b) { return a.at < b.at; });
  out.quiet_at = out.stimuli.back().at + profile.span / 2;
}

}  // namespace odnix::sim
