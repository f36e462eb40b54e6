// What the browsers' peer connections do by themselves: promises that settle late or fail, candidates, ICE.
#include <utility>

#include "sim/world.hpp"

namespace odnix::sim {
/// Operations on one peer's descriptions settle one after the other.
void World::promise(unsigned seat, Kind kind, std::uint32_t index, std::uint32_t b) {
  Peer& peer = peers_.at(index);
  ++peer.operations;
  peer.busy_until = std::max(peer.busy_until, now_) + delay(Site::promise, seat, 2, profile_->scripted ? 20 : 300);
  schedule(peer.busy_until - now_, kind, seat, index, b);
}

void World::promise_settles(const Item& item) {
  Peer& peer = peers_.at(item.a);
  const core::PeerId id{peer.handle};
  if (item.kind == Kind::candidate) {
    if (!peer.open) return;
    ++peer.gathered;
    if (seats_[item.seat].plan.old) {
      old_candidate(item.seat, item.a, peer.gathered);
    } else {
      core::Candidate candidate{{candidate_text(item.b, peer.gathered)}, "0", 0, {"#u"}};
      tell(item.seat, core::CandidateGathered{id, std::move(candidate)});
    }
    return;
  }
  --peer.operations;
  if (item.kind == Kind::rolled_back) {
    peer.offer_out = peer.offer_in = 0;
    peer.mids = peers_.description(peer.local).mids;
    return;
  }
  const auto step = item.kind == Kind::offer_made       ? core::DescriptionStep::offer
                    : item.kind == Kind::remote_applied ? core::DescriptionStep::remote
                                                        : core::DescriptionStep::answer;
  const bool had_camera = (peer.lines & 2) != 0;
  bool fails = decisions_.chance(Site::refused, item.seat, profile_->refused);
  // A report of a closed peer still comes: it is stale, not an error.
  if (!fails && peer.open) {
    fails = item.kind == Kind::offer_made       ? !make_offer(item.a, item.b == 1)
            : item.kind == Kind::remote_applied ? !apply_remote(item.a, item.b >> 8, static_cast<int>(item.b & 255))
                                                : !make_answer(item.a);
  }
  if (violation_) return;
  if (fails) {
    tell(item.seat, core::DescriptionFailed{id, step, "OperationError"});
    return;
  }
  switch (step) {
    case core::DescriptionStep::offer:
      tell(item.seat, core::LocalDescriptionReady{
                          id, core::DescriptionKind::offer, {sdp_text(true, peers_.at(item.a).offer_out, 0)}});
      break;
    case core::DescriptionStep::certificate: break;
    case core::DescriptionStep::remote:
      if (!had_camera && peers_.at(item.a).open && (peers_.at(item.a).lines & 2) != 0) {
        tell(item.seat, core::RemoteTrackAdded{id, core::MediaKind::video});
      }
      tell(item.seat, core::RemoteDescriptionApplied{id});
      break;
    case core::DescriptionStep::answer:
      tell(item.seat, core::LocalDescriptionReady{
                          id, core::DescriptionKind::answer, {sdp_text(false, peers_.at(item.a).local, 0)}});
      break;
  }
  if (!violation_) try_path(item.a);
}

/// createOffer and setLocalDescription. False: the browser refuses.
bool World::make_offer(std::uint32_t index, bool restart) {
  Peer& peer = peers_.at(index);
  if (peer.offer_in != 0) {
    fail(Invariant::browser_contract, peer.seat, "an offer is made while theirs is unanswered");
    return false;
  }
  const bool first = peer.local + peer.offer_out == 0;
  const std::uint32_t ice = restart ? peers_.fresh_ice() : peer.ice;
  for (std::size_t line = 0; line < peer.mids.size(); ++line)
    if ((peer.lines >> line & 1) != 0 && peer.mids[line] == 0) peer.mids[line] = ++peer.last_mid;
  peer.offer_out = peers_.describe({true, index, 0, ice, peer.lines, peer.mids});
  if (first || restart) gather(index, ice);
  return true;
}

bool World::apply_remote(std::uint32_t index, std::uint32_t number, int candidates) {
  Peer& peer = peers_.at(index);
  const Description& theirs = peers_.description(number);
  const std::uint32_t before = peer.remote;
  if (!theirs.offer && peer.offer_out == 0) {  // that it answers another offer, the browser does not notice
    fail(Invariant::browser_contract, peer.seat, "an answer is applied, and no offer of ours is out");
    return false;
  }
  if (theirs.offer) {
    if (peer.offer_in != 0) fail(Invariant::browser_contract, peer.seat, "an offer is applied upon an offer of theirs");
    const std::uint8_t agreed = peer.local != 0 ? peers_.agreed_lines(peer) : std::uint8_t{0};
    if ((theirs.lines & agreed) != agreed) return false;  // a line that both had is missing
    // Lines that this side has agreed to keep their names, whatever the other side took back.
    const Mids& known = peers_.description(peer.local).mids;
    for (std::size_t line = 0; line < known.size(); ++line)
      if ((agreed >> line & 1) != 0 && known[line] != theirs.mids[line]) return false;
    peer.offer_out = 0;
    peer.offer_in = number;
    peer.lines |= theirs.lines;
    peer.mids = theirs.mids;
    for (const std::uint8_t mid : theirs.mids) peer.last_mid = std::max(peer.last_mid, mid);
  } else {
    peer.local = std::exchange(peer.offer_out, 0);
    peer.remote = number;
    peer.ice = peers_.description(peer.local).ice;
  }
  if (before == 0 || peers_.description(before).ice != theirs.ice) peer.heard = 0;
  peer.heard += candidates;
  return true;
}

bool World::make_answer(std::uint32_t index) {
  Peer& peer = peers_.at(index);
  if (peer.offer_in == 0) {
    fail(Invariant::browser_contract, peer.seat, "an answer to nothing");
    return false;
  }
  const Description offer = peers_.description(peer.offer_in);
  const bool first = peer.remote == 0;
  const bool restart = !first && peers_.description(peer.remote).ice != offer.ice;
  if (restart) peer.ice = peers_.fresh_ice();
  peer.remote = std::exchange(peer.offer_in, 0);
  peer.local = peers_.describe({false, index, peer.remote, peer.ice, offer.lines, offer.mids});
  if (first || restart) gather(index, peer.ice);
  return true;
}

void World::gather(std::uint32_t index, std::uint32_t ice) {
  const unsigned seat = peers_.at(index).seat;
  // A relay may be named, and not work.
  const bool none = peers_.at(index).relayed && decisions_.chance(Site::early, seat, 3 * profile_->blocked);
  if (none) return;
  const std::uint32_t count = 1 + decisions_.pick(Site::candidates, seat, profile_->scripted ? 2 : 4);
  std::int64_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    at += delay(Site::gathering, seat, 1, profile_->scripted ? 20 : 250);
    schedule(at, Kind::candidate, seat, index, ice);
  }
}

/// A candidate of a generation that no description of theirs names is refused.
void World::hear(std::uint32_t index, const std::vector<core::Candidate>& list) {
  Peer& peer = peers_.at(index);
  const std::uint32_t theirs = peer.offer_in != 0 ? peer.offer_in : peer.remote;
  for (const auto& candidate : list) {
    if (read_candidate(candidate.line.text) == peers_.description(theirs).ice) ++peer.heard;
  }
  try_path(index);
}

/// Two peers that mean each other, one of which knows where the other is, find a path, and after a restart another one.
void World::try_path(std::uint32_t index) {
  Peer& own = peers_.at(index);
  if (!own.open || own.local == 0 || own.remote == 0 || own.applying) return;
  const std::uint32_t their_ice = peers_.description(own.remote).ice;
  if (own.tried_ice == their_ice) return;
  const auto other = peers_.match(index);
  if (!other || own.heard + peers_.at(*other).heard == 0) {
    // Without a single address of the other side there is nothing to try, and nothing fails.
    if (own.path == Path::fresh && own.heard > 0) schedule(until_hopeless, Kind::path_dead, own.seat, index, 2);
    return;
  }
  Peer& theirs = peers_.at(*other);
  const std::uint32_t again = own.partner != 0 ? 2 : 0;
  own.partner = *other + 1;
  theirs.partner = index + 1;
  own.tried_ice = their_ice;
  theirs.tried_ice = own.ice;
  const bool blocked = decisions_.chance(Site::blocked, own.offerer ? own.seat : theirs.seat, profile_->blocked);
  for (const std::uint32_t end : {index, *other}) {
    const unsigned seat = peers_.at(end).seat;
    if (blocked) {
      schedule(until_hopeless, Kind::path_dead, seat, end, 2);
    } else {
      schedule(delay(Site::path, seat, 30, profile_->scripted ? 50 : 600), Kind::path_up, seat, end, again);
    }
  }
}

void World::path_changes(const Item& item) {
  Peer& peer = peers_.at(item.a);
  Seat& seat = seats_[peer.seat];
  const bool again = item.kind == Kind::path_up && item.b == 2;  // a restart
  if (!peer.open || !seat.alive || (peer.path == Path::failed && !again)) return;
  const bool partner_open = peer.partner != 0 && peers_.at(peer.partner - 1).open;
  const bool cut = item.b == 1;
  if (item.kind == Kind::path_up && is_cut(peer)) {
    const std::int64_t end = std::max(seat.cut_until, seats_[peers_.at(peer.partner - 1).seat].cut_until);
    schedule(end - now_ + 30, item.kind, peer.seat, item.a, item.b);
    return;
  }
  if (item.kind != Kind::path_up && cut && !is_cut(peer)) return;
  look_at_flow(item.a, 1000);
  auto connection = core::ConnectionState::connected;
  auto ice = core::IceState::connected;
  if (item.kind == Kind::path_up) {
    if (!partner_open || peer.path == Path::connected) return;
    peer.path = Path::connected;
    ++connected_;
  } else if (item.kind == Kind::path_down) {
    if (peer.path != Path::connected || (!cut && partner_open)) return;
    peer.path = Path::disconnected;
    connection = core::ConnectionState::disconnected;
    ice = core::IceState::disconnected;
  } else {
    if (item.b == 0 && partner_open) return;
    if (cut && peer.path != Path::disconnected) return;
    if (item.b == 2 && peer.path != Path::fresh) return;
    peer.path = Path::failed;
    connection = core::ConnectionState::failed;  // Chromium says it on connectionState only
    ice = core::IceState::disconnected;
  }
  if (seat.plan.old) {
    old_path(peer.seat, item.a, peer.path);
  } else if (seat.frozen) {
    return;
  } else {
    if (item.kind == Kind::path_up && !profile_->scripted) show_tracks(peer);
    tell(item.seat, core::ConnectionChanged{core::PeerId{peers_.at(item.a).handle}, connection, ice});
    if (item.kind == Kind::path_up) raise_channel(item.a);
  }
}

bool World::is_cut(const Peer& peer) const {
  if (now_ < seats_[peer.seat].cut_until) return true;
  return peer.partner != 0 && now_ < seats_[peers_.at(peer.partner - 1).seat].cut_until;
}

void World::look_at_flow(std::uint32_t index, std::int64_t in) {
  const unsigned seat = peers_.at(index).seat;
  if (profile_->scripted || seats_[seat].plan.old) return;
  const std::uint32_t late = seats_[seat].plan.hidden ? hidden_lag : 1000;  // a timer as well
  schedule(in + delay(Site::flow, seat, 0, late), Kind::flow, seat, index);
}

/// What the statistics of the last second say.
void World::flow_changes(const Item& item) {
  Peer& peer = peers_.at(item.a);
  if (!peer.open || peer.partner == 0) return;
  const Peer& other = peers_.at(peer.partner - 1);
  const bool linked =
      other.open && other.partner == item.a + 1 && peer.path != Path::fresh && peer.path != Path::failed;
  if (linked && !profile_->scripted && decisions_.chance(Site::flow, item.seat, 150)) {
    const auto kbit = static_cast<std::int32_t>(10 * decisions_.pick(Site::flow, item.seat, 11));
    tell(item.seat, core::LineMeasured{core::PeerId{peer.handle}, kbit, kbit == 30, kbit == 0});
    if (!peers_.at(item.a).open) return;
  }
  if (!profile_->scripted && decisions_.chance(Site::flow, item.seat, 20)) {
    tell(item.seat, core::RelayRenewed{core::PeerId{peer.handle}});
    if (!peers_.at(item.a).open) return;
  }
  const bool flows =
      linked && !is_cut(peer) && (other.attached & peers_.agreed_lines(other) & 3) != 0;  // a still screen is silence
  if (flows == peer.flowing) return;
  peer.flowing = flows;
  tell(item.seat, core::MediaFlowChanged{core::PeerId{peer.handle}, flows});
}

/// The other side's tracks, as far as it sends any.
void World::show_tracks(const Peer& peer) {
  const Peer& other = peers_.at(peer.partner - 1);
  const auto sent = static_cast<std::uint8_t>(other.attached & peers_.agreed_lines(other));
  const core::PeerId id{peer.handle};
  const unsigned seat = peer.seat;
  for (const auto kind : {core::MediaKind::audio, core::MediaKind::video}) {
    const int bit = kind == core::MediaKind::audio ? 1 : 2;
    if ((peers_.agreed_lines(peer) & bit) == 0) continue;
    tell(seat, core::RemoteTrackAdded{id, kind});
    tell(seat, core::RemoteTrackChanged{id, kind, (sent & bit) != 0});
  }
}

void World::close_peer(std::uint32_t index) {
  Peer& peer = peers_.at(index);
  if (!peer.open) return;
  peer.open = false;
  if (peer.partner == 0) return;
  const Peer& other = peers_.at(peer.partner - 1);
  if (!other.open) return;
  look_at_flow(peer.partner - 1, 1000);
  if (other.path == Path::connected) schedule(until_disconnected, Kind::path_down, other.seat, peer.partner - 1);
  schedule(until_failed, Kind::path_dead, other.seat, peer.partner - 1);
}

}  // namespace odnix::sim
