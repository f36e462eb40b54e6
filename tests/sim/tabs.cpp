// The tabs of one browser: what they tell each other arrives a little later, and one of them holds the right to ring.
#include "sim/world.hpp"

namespace odnix::sim {

bool World::same_browser(unsigned a, unsigned b) const {
  return seats_[a].plan.user == seats_[b].plan.user && seats_[a].plan.browser == seats_[b].plan.browser;
}

void World::run(unsigned index, core::TellTabs& effect) {
  tab_messages_.push_back(effect.message);
  const auto message = static_cast<std::uint32_t>(tab_messages_.size() - 1);
  for (unsigned i = 0; i < seats_.size(); ++i) {
    if (i == index || !seats_[i].alive || !seats_[i].in_tabs || !same_browser(i, index)) continue;
    schedule(delay(Site::tabs, i, 1, 20), Kind::tab_said, i, message);
  }
}

void World::run(unsigned index, core::RequestRingRight&) {
  seats_[index].in_tabs = true;
  grant_ring_right(index);
}

void World::run(unsigned index, core::LeaveTabs&) { leave_tabs(index); }

void World::leave_tabs(unsigned index) {
  seats_[index].in_tabs = false;
  seats_[index].may_ring = false;
  grant_ring_right(index);
}

/// To the first tab of that browser, if none holds it.
void World::grant_ring_right(unsigned near) {
  unsigned next = static_cast<unsigned>(seats_.size());
  for (unsigned i = 0; i < seats_.size(); ++i) {
    if (!same_browser(i, near) || !seats_[i].in_tabs) continue;
    if (seats_[i].may_ring) return;
    next = std::min(next, i);
  }
  if (next == seats_.size()) return;
  seats_[next].may_ring = true;
  schedule(1, Kind::ring_right, next);
}

/// One call, one sound, however many tabs show it.
void World::check_one_ring(unsigned index) {
  if (seats_[index].tone != core::Tone::ringtone) return;
  for (unsigned i = 0; i < seats_.size(); ++i) {
    const bool rings = seats_[i].alive && !seats_[i].frozen && seats_[i].tone == core::Tone::ringtone;
    if (i != index && rings && same_browser(i, index)) fail(Invariant::one_ring, index, "two tabs ring at once");
  }
}

}  // namespace odnix::sim
