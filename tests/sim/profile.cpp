#include "sim/profile.hpp"

namespace odnix::sim {
namespace {

std::array<Profile, 14> all_profiles() {
  std::array<Profile, 14> all{};
  auto& [simple, simple_old, clicks, old, devices, tabs, network, paths, pages, hidden, chaos, plugs, group,
         group_chaos] = all;
  simple.name = "simple";
  simple.scripted = true;

  simple_old.name = "simple-old";
  simple_old.scripted = true;
  simple_old.old_callee = true;

  clicks.name = "clicks";
  clicks.jitter = 150;

  old.name = "old";
  old.old = 600;
  old.jitter = 150;

  devices.name = "devices";
  devices.device_acts = true;
  devices.device_trouble = 350;
  devices.open_prompt = 30;
  devices.stimuli = 12;

  tabs.name = "tabs";
  tabs.seats_per_user = 3;
  tabs.stimuli = 12;

  network.name = "network";
  network.network_acts = true;
  network.old = 200;
  network.jitter = 1500;
  network.loss = 30;
  network.twice = 60;
  network.refusal = 100;
  network.blocked = 60;
  network.channel_trouble = 300;
  network.hostile = 100;
  network.stimuli = 14;

  paths.name = "paths";
  paths.network_acts = true;
  paths.stimuli = 14;

  pages.name = "pages";
  pages.page_acts = true;
  pages.old = 200;
  pages.stimuli = 14;
  pages.alarm_lag = 1500;
  pages.refused = 15;
  pages.hostile = 300;

  hidden.name = "hidden";
  hidden.hidden = 600;
  hidden.network_acts = true;
  hidden.seats_per_user = 2;
  hidden.old = 200;
  hidden.jitter = 150;
  hidden.stimuli = 14;

  chaos = network;
  chaos.name = "chaos";
  chaos.users = 4;
  chaos.seats_per_user = 2;
  chaos.page_acts = true;
  chaos.device_acts = true;
  chaos.device_trouble = 200;
  chaos.open_prompt = 15;
  chaos.refused = 15;
  chaos.alarm_lag = 1500;
  chaos.stimuli = 30;

  plugs.name = "plugs";
  plugs.device_acts = true;
  plugs.stimuli = 20;

  group.name = "group";
  group.group = true;
  group.users = 8;
  group.old = 100;
  group.jitter = 150;
  group.stimuli = 16;

  group_chaos = chaos;
  group_chaos.name = "group-chaos";
  group_chaos.group = true;
  group_chaos.users = 6;
  group_chaos.old = 100;
  return all;
}

}  // namespace

const std::array<Profile, 14>& profiles() {
  static const std::array<Profile, 14> all = all_profiles();
  return all;
}

const Profile* profile_named(std::string_view name) {
  for (const Profile& profile : profiles()) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

}  // namespace odnix::sim
