// Data channels: they open some time after the path, die when they like, keep the order of what they carry, wait while
// the path is cut, and may lose the last words of a peer that closes. Some peers are hostile and speak for others.
#include <algorithm>

#include "sim/world.hpp"

namespace odnix::sim {

void World::run(unsigned index, core::OpenChannel& effect) {
  Peer* peer = peer_of(index, effect.peer, "OpenChannel");
  if (!peer) return;
  // Later it would need another negotiation, which nobody asks for.
  if (peer->channel || peer->local + peer->operations != 0) {
    fail(Invariant::browser_contract, index, "OpenChannel too late, or twice");
  }
  peer->channel = true;
}

/// The path is there: with a channel at both ends it opens at each after a while, or never.
void World::raise_channel(std::uint32_t index) {
  const Peer& own = peers_.at(index);
  if (!own.open || own.channel_open || own.partner == 0 || !own.channel || !peers_.at(own.partner - 1).channel) return;
  if (decisions_.chance(Site::channel, own.seat, profile_->channel_trouble)) return;
  const std::int64_t after = delay(Site::channel, own.seat, 5, profile_->scripted ? 20 : 400);
  schedule(after, Kind::channel_up, own.seat, index);
  if (decisions_.chance(Site::channel, own.seat, profile_->channel_trouble)) {
    schedule(after + decisions_.pick(Site::channel, own.seat, 20000), Kind::channel_down, own.seat, index);
  }
}

void World::channel_changes(const Item& item) {
  Peer& peer = peers_.at(item.a);
  const bool up = item.kind == Kind::channel_up;
  if (!peer.open || peer.channel_open == up || (up && peer.path != Path::connected)) return;
  peer.channel_open = up;
  const core::PeerId id{peer.handle};
  if (!up) {  // the other side's closes with it
    if (peer.partner != 0) schedule(20, Kind::channel_down, peers_.at(peer.partner - 1).seat, peer.partner - 1);
    tell(item.seat, core::ChannelClosed{id});
    return;
  }
  tell(item.seat, core::ChannelOpened{id, {"#t" + std::to_string(item.a)}});
}

void World::run(unsigned index, core::SendByChannel& effect) {
  Peer* peer = peer_of(index, effect.peer, "SendByChannel");
  if (!peer) return;
  const core::SendMessage& message = effect.message;
  if (!message.header || !message.header->to) fail(Invariant::browser_contract, index, "SendByChannel to nobody");
  if (std::get_if<core::End>(&message.signal)) check_end_said(index, message);
  check_early(index, message.signal, message.header);
  if (!peer->channel_open || peer->partner == 0 || violation_) return;
  if (++seats_[index].sent > 1000) return;
  Peer& there = peers_.at(peer->partner - 1);
  if (!there.open) return;
  const bool last_words = std::get_if<core::End>(&message.signal) || std::get_if<core::Resume>(&message.signal);
  if (last_words && decisions_.chance(Site::channel, index, 2 * profile_->loss)) return;
  channel_messages_.push_back(message);
  there.queue.push_back(static_cast<std::uint32_t>(channel_messages_.size() - 1));
  there.channel_at = std::max(there.channel_at, now_ + delay(Site::channel, index, 5, profile_->jitter));
  schedule(there.channel_at - now_, Kind::channel_message, there.seat, peer->partner - 1);
}

void World::channel_delivers(const Item& item) {
  Peer& peer = peers_.at(item.a);
  if (!peer.open || peer.queue.empty()) return;
  if (!peer.channel_open || peer.path == Path::disconnected) {  // it waits for its peer, or is sent again
    if (peer.path == Path::failed) peer.queue.clear();
    schedule(200, Kind::channel_message, item.seat, item.a);
    return;
  }
  core::SendMessage message = channel_messages_[peer.queue.front()];
  peer.queue.erase(peer.queue.begin());
  core::ChannelMessage said{core::PeerId{peer.handle}, *message.header, std::move(message.signal)};
  // A peer may say anything: here, that it is somebody else.
  if (decisions_.chance(Site::channel, item.seat, profile_->hostile)) {
    core::ChannelMessage lie = said;
    lie.header.seq += 1000;
    lie.header.from.value ^= 1;
    lie.signal = core::End{core::EndReason::hangup};
    const core::State before = seats_[item.seat].state;
    tell(item.seat, std::move(lie));
    if (!violation_ && seats_[item.seat].state.phase.index() != before.phase.index()) {
      fail(Invariant::own_voice, item.seat, "a peer spoke for somebody else, and was believed");
    }
  }
  if (peers_.at(item.a).open) tell(item.seat, std::move(said));
}

}  // namespace odnix::sim
