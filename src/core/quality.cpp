// Sound first. Our picture is paused where the line carries no more than the sound, and never takes more than its
// share: by the kind of way, and by the number of links that one upload line has to feed. Where both browsers know RED
// each packet of sound carries the one before, too: what is lost alone is not missed.
#include <algorithm>
#include <array>
#include <utility>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::int32_t too_narrow = 60;  ///< kbit/s: below, the picture is paused (as RingRTC)
constexpr std::int32_t wide_enough = 70;
constexpr std::int32_t most_relayed = 1000;
constexpr std::int32_t first_try = 40;  ///< of a picture, where nobody knows how wide the line is
constexpr std::int32_t tiny_rate = 5;   ///< pictures a second of the first try: few packets to lose
constexpr std::int32_t most_setbacks = 2;
constexpr std::int32_t lean_below = 90;  ///< sound that is sent twice takes 75 kbit/s
constexpr std::int32_t full_from = 100;  ///< the widest that is told (web/glue/flow.js)
constexpr std::size_t lean_mesh = 4;     ///< with so many links every one is lean

/// For up to so many links: about 2 Mbit/s in all.
struct Rung {
  std::size_t links;
  std::int32_t kbit;
  std::int32_t shrink;
};
constexpr std::array<Rung, 5> ladder{{{1, 2000, 100}, {2, 1000, 100}, {3, 650, 150}, {5, 350, 200}, {8, 250, 300}}};

const Rung& rung_for(std::size_t links) {
  return *std::find_if(ladder.begin(), ladder.end() - 1, [links](const Rung& rung) { return links <= rung.links; });
}

std::int32_t full_for(const Quality& q, const Rung& rung) {
  return q.relayed ? std::min(rung.kbit, most_relayed) : rung.kbit;
}

/// A picture of few bits is made smaller. Seen in Firefox: one that is 320 wide takes 120 to 250 kbit/s whatever the
/// cap, one of 160 keeps to 40.
std::int32_t shrink_for(std::int32_t kbit) { return kbit < 150 ? 800 : kbit < 500 ? 400 : kbit < 1000 ? 200 : 100; }

/// A small picture, and twice as much from then on.
void try_little(Quality& q, TimePoint more_at) {
  q.most = first_try;
  q.more_at = more_at;
}

/// The first time it may have been a moment only. A picture that is as small as can be is not at fault.
void set_back(Quality& q, TimePoint now) {
  if (q.most == first_try) return;
  try_little(q, now + std::max<Duration>(timing::video_step, timing::video_try * q.setbacks));
  q.setbacks = std::min(q.setbacks + 1, most_setbacks);
}

/// Twice as much; and what has gone well for long enough is no trial any more.
void try_more(Quality& q, std::int32_t full, TimePoint now) {
  if (q.most == 0) {
    q.more_at.reset();
    q.setbacks = 0;
    return;
  }
  q.most = q.most * 2 < full ? q.most * 2 : 0;
  q.more_at = now + (q.most > 0 ? timing::video_step : timing::video_try);
}

}  // namespace

void Machine::on(const LineMeasured& event) {
  Link* link = link_of(event.peer);
  if (!link) return;
  link->quality.kbit = event.kbit;
  link->quality.relayed = event.relayed;
  const bool was = std::exchange(link->quality.overfull, event.overfull);
  if (event.overfull && !was && !link->quality.paused) set_back(link->quality, now_);
  if (event.kbit > 0 && event.kbit < lean_below) link->quality.lean = true;
  if (event.kbit >= full_from) link->quality.lean = false;
}

void Machine::on(const StatisticsTaken&) {}

/// Of a new connection nothing is known, but where the browser does not say what the line carries, what was too much by
/// the old one is not tried at once.
void Machine::renew_quality(Link& link) {
  const Quality old = std::exchange(link.quality, {});
  const bool little = old.most > 0 || (old.paused && old.kbit == 0);
  if (!little) return;
  link.quality.setbacks = old.setbacks;
  try_little(link.quality, now_ + timing::video_step);
}

/// When the picture is to be paused or tried again. A line that is lost says nothing of its width.
void Machine::judge_line(Link& link, bool shows) {
  Quality& q = link.quality;
  if (!q.paused) {
    const bool narrow = q.overfull || (q.kbit > 0 && q.kbit < too_narrow);
    const bool matters = narrow && shows && !link.recovery;
    if (!matters) q.due.reset();
    if (matters && !q.due) q.due = now_ + (q.overfull ? timing::video_clears : timing::video_pause);
  } else if (q.wide != (q.kbit >= wide_enough)) {
    q.wide = !q.wide;
    q.due = now_ + (q.wide ? timing::video_back : timing::video_try);
  }
}

void Machine::pictures_time_passed() {
  Call* current = call();
  if (!current) return;
  const Rung& rung = rung_for(current->links.size());
  for (auto& link : current->links) {
    Quality& q = link.quality;
    if (q.more_at && *q.more_at <= now_) {
      const bool fair = !q.due && !link.recovery;  // not while it is too much already, or nothing arrives
      if (fair) {
        try_more(q, full_for(q, rung), now_);
      } else {
        q.more_at = now_ + timing::video_step;
      }
    }
    if (!q.due || now_ < *q.due) continue;
    q.due.reset();
    q.paused = !q.paused;
    q.most = 0;
    q.more_at.reset();
    if (q.paused) {
      q.due = now_ + timing::video_try;
    } else if (!std::exchange(q.wide, false) && q.kbit == 0) {
      try_little(q, now_ + timing::video_step);
    }
    if (current->connected_at) tell_media(*current, link);
  }
}

/// After every event: the browser is told what it has not been told.
void Machine::limit_media() {
  Call* current = call();
  if (!current || !is_accepted(state_.phase)) return;
  const bool camera = current->media.camera == DeviceState::on;
  const bool screen = current->media.share == ShareState::on;
  const Rung& rung = rung_for(current->links.size());
  for (auto& link : current->links) {
    const bool shows = (camera && link.camera_line) || (screen && link.share_line);
    const bool sends = shows && link.phase == LinkPhase::connected;
    judge_line(link, sends);
    Quality& q = link.quality;
    const bool lean = q.lean || q.paused || current->links.size() >= lean_mesh;
    const bool was_lean = q.applied && q.applied->lean;
    if (!sends && (lean == was_lean || link.phase != LinkPhase::connected)) continue;
    const std::int32_t full = full_for(q, rung);
    const std::int32_t kbit = q.most > 0 ? std::min(q.most, full) : full;
    const std::int32_t shrink = q.most > 0 ? std::max(rung.shrink, shrink_for(q.most)) : rung.shrink;
    const LimitMedia wanted{link.peer, kbit, shrink, !q.paused, lean, q.most == first_try ? tiny_rate : 0};
    if (q.applied == wanted) continue;
    q.applied = wanted;
    emit(wanted);
  }
}

}  // namespace odnix::core
