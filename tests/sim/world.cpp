#include "sim/world.hpp"

#include <algorithm>

namespace odnix::sim {
namespace {

/// The earliest on top; of one moment, what was scheduled first.
bool later(const Item& a, const Item& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

// After the last stimulus everything must come to rest by itself: a ring of 60 s that meets another one, 30 s of
// connecting, 15 s of notice, 60 s of memory. Each of these steps waits for a timer.
constexpr std::int64_t aftermath = 240000;
constexpr std::int64_t steps_to_rest = 6;
constexpr std::int64_t began = 1000;

}  // namespace

std::optional<Violation> World::play(const Scenario& scenario, const Options& options) {
  reset(scenario, options);
  for (unsigned seat = 0; seat < seats_.size(); ++seat) open_page(seat);
  for (std::uint32_t i = 0; i < scenario.stimuli.size(); ++i) {
    const Stimulus& stimulus = scenario.stimuli[i];
    schedule(stimulus.at - now_, Kind::stimulus, stimulus.seat, i);
  }
  run();
  if (!violation_) check_end_of_world();
  return violation_;
}

void World::reset(const Scenario& scenario, const Options& options) {
  scenario_ = &scenario;
  profile_ = scenario.profile;
  options_ = options;
  decisions_.begin(scenario.seed, scenario.tamed.empty() ? nullptr : &scenario.tamed, options.choices);
  violation_.reset();
  now_ = began;
  next_watch_ = now_;
  order_ = 0;
  heap_.clear();
  peers_.clear();
  frames_.clear();
  free_frames_.clear();
  tab_messages_.clear();
  channel_messages_.clear();
  proofs_.clear();
  server_up_ = true;
  last_fault_ = 0;
  seats_.clear();
  seats_.resize(scenario.seats.size());
  for (std::size_t i = 0; i < seats_.size(); ++i) seats_[i].plan = scenario.seats[i];
}

void World::run() {
  const std::int64_t end = scenario_->quiet_at + aftermath + steps_to_rest * profile_->worst_lag();
  while (!violation_) {
    unsigned alarmed = 0;
    std::int64_t alarm = never;
    for (unsigned i = 0; i < seats_.size(); ++i) {
      if (seats_[i].alarm < alarm) {
        alarm = seats_[i].alarm;
        alarmed = i;
      }
    }
    const std::int64_t due = heap_.empty() ? never : heap_.front().at;
    const std::int64_t at = std::min(alarm, due);
    if (at > end) return;
    now_ = std::max(now_, at);
    if (now_ >= next_watch_) {
      watch();
      next_watch_ = now_ + 1000;
      if (violation_) return;
    }
    if (alarm < due) {
      seats_[alarmed].alarm = never;
      tell(alarmed, core::TimePassed{});
    } else {
      happen(next_item());
    }
  }
}

void World::schedule(std::int64_t delay, Kind kind, unsigned seat, std::uint32_t a, std::uint32_t b) {
  const std::uint16_t life = seats_[seat].life;
  heap_.push_back({now_ + delay, order_++, kind, static_cast<std::uint8_t>(seat), life, a, b});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

Item World::next_item() {
  std::pop_heap(heap_.begin(), heap_.end(), later);
  const Item item = heap_.back();
  heap_.pop_back();
  return item;
}

std::int64_t World::delay(Site site, unsigned seat, std::uint32_t base, std::uint32_t spread) {
  return base + decisions_.pick(site, seat, spread + 1);
}

void World::happen(const Item& item) {
  Seat& seat = seats_[item.seat];
  switch (item.kind) {
    case Kind::stimulus: perform(scenario_->stimuli[item.a]); return;
    case Kind::server_returns: server_up_ = true; return;
    case Kind::frame_at_server: relay(item); return;
    case Kind::page_opens:
      if (!seat.alive) open_page(item.seat);
      return;
    case Kind::path_up:
    case Kind::path_down:
    case Kind::path_dead: path_changes(item); return;
    default: break;
  }
  if (!seat.alive || seat.life != item.life) {
    if (item.kind == Kind::frame_at_seat || item.kind == Kind::push_at_seat) drop(item.a);
    return;
  }
  if (item.kind == Kind::page_shown) {
    seat.frozen = false;
    tell(item.seat, core::PageShown{});
    for (const Item& late : std::exchange(seat.deferred, {})) { schedule(1, late.kind, late.seat, late.a, late.b); }
    return;
  }
  if (seat.frozen) {
    seat.deferred.push_back(item);
    return;
  }
  switch (item.kind) {
    case Kind::reaction: press(item.seat, static_cast<Act>(item.a)); return;
    case Kind::frame_at_seat:
    case Kind::push_at_seat: deliver(item); return;
    case Kind::line_opens: line_opens(item); return;
    case Kind::line_closes: line_closes(item); return;
    case Kind::offer_made:
    case Kind::remote_applied:
    case Kind::answer_made:
    case Kind::rolled_back:
    case Kind::candidate: promise_settles(item); return;
    case Kind::devices: devices_settle(item.seat, item.a, item.b); return;
    case Kind::devices_listed: tell(item.seat, core::DevicesTold{devices_of(seat), false}); return;
    case Kind::measured:
      if (seat.metered) measured(item.seat);
      return;
    case Kind::share_settles: share_settles(item); return;
    case Kind::speaker_fails: tell(item.seat, core::SpeakerFailed{}); return;
    case Kind::tab_said: {
      const core::TabMessage message = tab_messages_[item.a];
      if (seat.in_tabs) tell(item.seat, core::TabSaid{message});
      return;
    }
    case Kind::ring_right:
      if (seat.may_ring) tell(item.seat, core::RingRightGranted{});
      return;
    case Kind::flow: flow_changes(item); return;
    case Kind::old_work: old_works(item); return;
    case Kind::channel_up:
    case Kind::channel_down: channel_changes(item); return;
    case Kind::channel_message: channel_delivers(item); return;
    case Kind::kept_found: find_kept(item.seat); return;
    case Kind::proved: prove(item); return;
    default: return;
  }
}

void World::fail(Invariant invariant, unsigned seat, std::string_view what) {
  if (!violation_) violation_ = Violation{invariant, seat, now_, std::string(what)};
}

void World::note(unsigned seat, std::string_view word, std::string_view text) {
  if (!options_.trace) return;
  std::string& out = *options_.trace;
  std::string clock = std::to_string(now_);
  if (clock.size() < 7) clock.insert(0, 7 - clock.size(), ' ');
  out += clock + " [" + std::to_string(seat) + (seats_[seat].plan.old ? " old] " : "] ");
  out += word;
  if (!text.empty()) {
    out += ' ';
    out += text;
  }
  out += '\n';
}

}  // namespace odnix::sim
