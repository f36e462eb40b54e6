// What the old client does: protocol.md, "The old peer", rules 1 to 8; the letters are rows of legacy-behaviour.md.
#include <algorithm>

#include "core/describe.hpp"
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

enum class Stage : std::uint32_t {
  devices_for_call,
  offer,
  offer_again,
  devices_for_answer,
  applied,
  answer,
  answer_in
};

constexpr std::int64_t offer_pause = 2000;  // rule 1
constexpr int more_offers = 8;
constexpr std::int64_t deaf_after_call = 5000;  // rule 2
constexpr std::int64_t deaf_after_decline = 20000;

}  // namespace

void World::old_says(unsigned index, core::Signal signal) {
  if (options_.trace) note(index, "says", core::describe(signal));
  Frame frame;
  frame.made_at = now_;
  frame.signal = std::move(signal);
  send(index, std::move(frame));
}

void World::old_over(unsigned index, std::int64_t deaf_for) {
  Seat& seat = seats_[index];
  OldPage& old = seat.old;
  if (old.peer != 0) close_peer(old.peer - 1);
  OldPage next;
  next.is_caller = old.is_caller;
  next.deaf_until = now_ + deaf_for;
  next.seen = std::move(old.seen);
  next.work = old.work + 1;
  next.since = now_;
  old = std::move(next);
  if (options_.trace) note(index, "is idle");
}

void World::old_press(unsigned index, Act act) {
  OldPage& old = seats_[index].old;
  const auto go = [&](OldPhase phase) {
    old.phase = phase;
    old.since = now_;
    ++old.work;
  };
  const auto work = [&](Stage stage, std::int64_t in) {
    schedule(in, Kind::old_work, index, static_cast<std::uint32_t>(stage), old.work);
  };
  switch (act) {
    case Act::start_audio:
    case Act::start_video:
      if (old.phase != OldPhase::idle) return;
      ++calls_;
      go(OldPhase::opening);
      old.is_caller = true;
      work(Stage::devices_for_call, delay(Site::devices, index, 5, 400));
      return;
    case Act::accept_audio:
    case Act::accept_video:
      if (old.phase != OldPhase::prompt) return;
      if (old.offer.empty()) {  // e2: the offer is gone, the window opens all the same
        go(OldPhase::broken);
        return;
      }
      go(OldPhase::answering);
      work(Stage::devices_for_answer, delay(Site::devices, index, 5, 400));
      return;
    case Act::decline:
      if (old.phase != OldPhase::prompt) return;
      old_says(index, core::End{core::EndReason::hangup});
      old_over(index, deaf_after_decline);
      return;
    case Act::hang_up:
      if (old.phase == OldPhase::idle || old.phase == OldPhase::prompt) return;
      old_says(index, core::End{core::EndReason::hangup});
      old_over(index, deaf_after_call);
      return;
    default: return;
  }
}

void World::old_offers(unsigned index) {
  OldPage& old = seats_[index].old;
  core::Offer offer;
  offer.sdp.text = sdp_text(true, old.session, static_cast<std::size_t>(old.candidates));
  offer.session = old.session;
  old_says(index, std::move(offer));
  if (++old.offers <= more_offers) {
    schedule(offer_pause, Kind::old_work, index, static_cast<std::uint32_t>(Stage::offer_again), old.work);
  }
}

void World::old_works(const Item& item) {
  const unsigned index = item.seat;
  OldPage& old = seats_[index].old;
  if (old.work != item.b) return;
  const auto work = [&](Stage stage) {
    schedule(delay(Site::promise, index, 2, 100), Kind::old_work, index, static_cast<std::uint32_t>(stage), old.work);
  };
  switch (static_cast<Stage>(item.a)) {
    case Stage::devices_for_call:
    case Stage::devices_for_answer: {
      const bool calls = static_cast<Stage>(item.a) == Stage::devices_for_call;
      if (decisions_.chance(Site::device_fate, index, profile_->device_trouble)) {  // c1, c2
        if (calls) {
          old.phase = OldPhase::broken;
        } else {
          old_over(index, 0);
        }
        return;
      }
      old.peer = peers_.add(index, 0, calls) + 1;
      old.phase = calls ? OldPhase::calling : OldPhase::answering;
      if (!calls) {
        const SdpText text = read_sdp(old.offer);
        peers_.at(old.peer - 1).remote = text.number;
        peers_.at(old.peer - 1).heard = text.candidates;
      }
      work(calls ? Stage::offer : Stage::applied);
      return;
    }
    case Stage::offer:
      old.session = peers_.describe(old.peer - 1, true);
      gather(old.peer - 1, peers_.at(old.peer - 1).ice);
      old_offers(index);
      return;
    case Stage::offer_again:
      if (old.phase == OldPhase::calling && !old.described) old_offers(index);
      return;
    case Stage::applied:
      old.described = true;
      hear(old.peer - 1, std::exchange(old.queue, {}));
      work(Stage::answer);
      return;
    case Stage::answer: {
      const std::uint32_t number = peers_.describe(old.peer - 1, false);
      gather(old.peer - 1, peers_.at(old.peer - 1).ice);
      old.phase = OldPhase::in_call;
      old_says(index, core::Answer{{sdp_text(false, number, 0)}, {}});
      try_path(old.peer - 1);
      return;
    }
    case Stage::answer_in:
      peers_.at(old.peer - 1).applying = false;
      hear(old.peer - 1, std::exchange(old.queue, {}));
      return;
  }
}

void World::old_candidate(unsigned index, std::uint32_t peer, int number) {
  ++seats_[index].old.candidates;
  old_says(index, core::Candidates{{core::Candidate{{candidate_text(peers_.at(peer).ice, number)}, "0", 0, {"#u"}}}});
}

/// Rule 6: the first `disconnected` is the end, and nobody is told.
void World::old_path(unsigned index, std::uint32_t peer, Path path) {
  OldPage& old = seats_[index].old;
  if (old.peer != peer + 1) return;
  if (path == Path::disconnected || path == Path::failed) old_over(index, deaf_after_call);
}

/// An end ends whatever the old page is doing. Crossing messages cannot be helped; one that comes long after its call
/// ended, while the old page talks about something else, can.
void World::check_end_at_old(unsigned index, const Frame& frame) {
  const OldPage& old = seats_[index].old;
  if (old.phase == OldPhase::idle || old.phase == OldPhase::opening || old.phase == OldPhase::broken) return;
  const bool about_own = old.session != 0 && frame.session == old.session;
  const bool about_theirs = frame.header && old.call && frame.header->call == *old.call;
  const std::int64_t old_news = 10000 + 3 * profile_->jitter;
  // What is meant for one new page is heard by old ones of its person, too. That harm is the protocol's.
  if (frame.header && frame.header->to) return;
  if (about_own || about_theirs || now_ - frame.made_at < old_news || old.since < frame.made_at) return;
  fail(Invariant::old_end_unrelated, index, "an end kills a call that it is not about");
}

void World::old_hears(unsigned index, const Frame& frame) {
  OldPage& old = seats_[index].old;
  if (options_.trace) note(index, "hears", core::describe(frame.signal));
  if (const auto* offer = std::get_if<core::Offer>(&frame.signal)) {
    const bool same = old.seen == offer->sdp.text;
    if (old.is_caller || old.phase != OldPhase::idle || same || now_ < old.deaf_until) return;
    old.seen = offer->sdp.text;
    old.offer = offer->sdp.text;
    old.phase = OldPhase::prompt;
    old.since = now_;
    old.call.reset();
    if (frame.header) old.call = frame.header->call;
    ++old.work;
    if (now_ >= scenario_->quiet_at) return;
    if (profile_->scripted) return;
    switch (decisions_.pick(Site::reaction, index, 6)) {
      case 1: react_by(index, Act::accept_audio, 10000); return;
      case 2:
      case 3: react_by(index, Act::accept_video, 10000); return;
      case 4: react_by(index, Act::decline, 8000); return;
      default: return;
    }
  }
  if (const auto* answer = std::get_if<core::Answer>(&frame.signal)) {
    if (old.phase != OldPhase::calling || old.session == 0 || old.described) return;
    Peer& peer = peers_.at(old.peer - 1);
    const SdpText text = read_sdp(answer->sdp.text);
    peer.remote = text.number;
    peer.heard += text.candidates;
    peer.applying = true;
    old.described = true;
    old.phase = OldPhase::in_call;
    old.since = now_;
    schedule(delay(Site::promise, index, 2, 100), Kind::old_work, index, static_cast<std::uint32_t>(Stage::answer_in),
             old.work);
    if (now_ < scenario_->quiet_at && !profile_->scripted && decisions_.pick(Site::reaction, index, 3) == 1) {
      react_by(index, Act::hang_up, 20000);
    }
    return;
  }
  if (const auto* candidates = std::get_if<core::Candidates>(&frame.signal)) {
    if (candidates->list.size() != 1 || candidates->round != 0 || old.phase == OldPhase::idle)
      return;  // several come as webrtc.ringing
    const bool ready = old.peer != 0 && old.described && !peers_.at(old.peer - 1).applying;
    if (ready) {
      hear(old.peer - 1, candidates->list);
    } else {
      old.queue.push_back(candidates->list.front());
    }
    return;
  }
  if (std::get_if<core::End>(&frame.signal)) {
    check_end_at_old(index, frame);
    if (old.phase == OldPhase::prompt) {
      old.offer.clear();  // e2: the prompt stays
    } else if (old.phase != OldPhase::idle) {
      old_over(index, deaf_after_call);
    }
  }
}

}  // namespace odnix::sim
