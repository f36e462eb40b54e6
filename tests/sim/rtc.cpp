// What the browsers' peer connections do by themselves: promises that settle late or fail, candidates, ICE.
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

// faults.md, "Measured facts"
constexpr std::int64_t until_disconnected = 7500;
constexpr std::int64_t until_failed = 17400;
constexpr std::int64_t until_hopeless = 16000;

}  // namespace

void World::promise(unsigned seat, Kind kind, std::uint32_t peer) {
  schedule(delay(Site::promise, seat, 2, profile_->scripted ? 20 : 300), kind, seat, peer);
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
      core::Candidate candidate{{candidate_text(item.a, peer.gathered)}, "0", 0, {"#u"}};
      tell(item.seat, core::CandidateGathered{id, std::move(candidate)});
    }
    return;
  }
  const bool fails = decisions_.chance(Site::refused, item.seat, profile_->refused);
  if (item.kind == Kind::remote_applied) {
    peer.applying = false;
    if (fails) {
      tell(item.seat, core::DescriptionFailed{id, core::DescriptionStep::remote, "OperationError"});
      return;
    }
    // A report of a closed peer still comes: it is stale, not an error.
    tell(item.seat, core::RemoteDescriptionApplied{id});
    if (!violation_) try_path(item.a);
    return;
  }
  const bool offer = item.kind == Kind::offer_made;
  peer.making = false;
  if (fails) {
    const auto step = offer ? core::DescriptionStep::offer : core::DescriptionStep::answer;
    tell(item.seat, core::DescriptionFailed{id, step, "OperationError"});
    return;
  }
  const std::uint32_t number = peers_.describe(item.a, offer);
  if (peer.open) gather(item.a);
  const auto kind = offer ? core::DescriptionKind::offer : core::DescriptionKind::answer;
  tell(item.seat, core::LocalDescriptionReady{id, kind, {sdp_text(offer, number, 0)}});
  if (!violation_) try_path(item.a);
}

void World::gather(std::uint32_t index) {
  const unsigned seat = peers_.at(index).seat;
  const std::uint32_t count = 1 + decisions_.pick(Site::candidates, seat, profile_->scripted ? 2 : 4);
  std::int64_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    at += delay(Site::gathering, seat, 1, profile_->scripted ? 20 : 250);
    schedule(at, Kind::candidate, seat, index, i);
  }
}

void World::hear(std::uint32_t index, const std::vector<core::Candidate>& list) {
  Peer& peer = peers_.at(index);
  for (const auto& candidate : list) {
    if (read_candidate(candidate.line.text) == peers_.description(peer.remote).peer) ++peer.heard;
  }
  try_path(index);
}

/// Two peers that mean each other, one of which knows where the other is, find a path.
void World::try_path(std::uint32_t index) {
  Peer& own = peers_.at(index);
  if (!own.open || own.local == 0 || own.remote == 0 || own.applying || own.partner != 0) return;
  const auto other = peers_.match(index);
  if (!other || own.heard + peers_.at(*other).heard == 0) {
    // Without a single address of the other side there is nothing to try, and nothing fails.
    if (own.path == Path::fresh && own.heard > 0) schedule(until_hopeless, Kind::path_dead, own.seat, index, 2);
    return;
  }
  Peer& theirs = peers_.at(*other);
  own.partner = *other + 1;
  theirs.partner = index + 1;
  const bool blocked = decisions_.chance(Site::blocked, own.offerer ? own.seat : theirs.seat, profile_->blocked);
  for (const std::uint32_t end : {index, *other}) {
    const unsigned seat = peers_.at(end).seat;
    if (blocked) {
      schedule(until_hopeless, Kind::path_dead, seat, end, 2);
    } else {
      schedule(delay(Site::path, seat, 30, profile_->scripted ? 50 : 600), Kind::path_up, seat, end);
    }
  }
}

void World::path_changes(const Item& item) {
  Peer& peer = peers_.at(item.a);
  Seat& seat = seats_[peer.seat];
  if (!peer.open || !seat.alive || peer.path == Path::failed) return;
  const bool partner_open = peer.partner != 0 && peers_.at(peer.partner - 1).open;
  const bool cut = item.b == 1;
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

/// The other side's tracks, as far as it sends any.
void World::show_tracks(const Peer& peer) {
  const std::uint8_t sent = peers_.at(peer.partner - 1).attached;
  const core::PeerId id{peer.handle};
  const unsigned seat = peer.seat;
  for (const auto kind : {core::MediaKind::audio, core::MediaKind::video}) {
    const int bit = kind == core::MediaKind::audio ? 1 : 2;
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
  if (other.path == Path::connected) schedule(until_disconnected, Kind::path_down, other.seat, peer.partner - 1);
  schedule(until_failed, Kind::path_dead, other.seat, peer.partner - 1);
}

}  // namespace odnix::sim
