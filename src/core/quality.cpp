// Sound first. Our picture is paused where the line carries no more than the sound, and never takes more than its
// share: by the kind of way, and by the number of links that one upload line has to feed. Where both browsers know RED
// each packet of sound carries the one before, too: what is lost alone is not missed.
#include <algorithm>
#include <array>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::int32_t too_narrow = 60;  ///< kbit/s: below, the picture is paused (as RingRTC)
constexpr std::int32_t wide_enough = 70;
constexpr std::int32_t most_relayed = 1000;
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

}  // namespace

void Machine::on(const LineMeasured& event) {
  Link* link = link_of(event.peer);
  if (!link) return;
  link->quality.kbit = event.kbit;
  link->quality.relayed = event.relayed;
  if (event.kbit > 0 && event.kbit < lean_below) link->quality.lean = true;
  if (event.kbit >= full_from) link->quality.lean = false;
}

void Machine::on(const StatisticsTaken&) {}

/// When the picture is to be paused or tried again. A line that is lost says nothing of its width.
void Machine::judge_line(Link& link, bool shows) {
  Quality& q = link.quality;
  if (!q.paused) {
    const bool narrow = shows && !link.recovery && q.kbit > 0 && q.kbit < too_narrow;
    if (!narrow) q.due.reset();
    if (narrow && !q.due) q.due = now_ + timing::video_pause;
  } else if (q.wide != (q.kbit >= wide_enough)) {
    q.wide = !q.wide;
    q.due = now_ + (q.wide ? timing::video_back : timing::video_try);
  }
}

void Machine::pictures_time_passed() {
  Call* current = call();
  if (!current) return;
  for (auto& link : current->links) {
    Quality& q = link.quality;
    if (!q.due || now_ < *q.due) continue;
    q.due.reset();
    q.wide = false;
    q.paused = !q.paused;
    if (q.paused) q.due = now_ + timing::video_try;
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
    const std::int32_t kbit = q.relayed ? std::min(rung.kbit, most_relayed) : rung.kbit;
    const LimitMedia wanted{link.peer, kbit, rung.shrink, !q.paused, lean};
    if (q.applied == wanted) continue;
    q.applied = wanted;
    emit(wanted);
  }
}

}  // namespace odnix::core
