// Connections that are made while it rings: what a page may do, whether it has a relay, and what must not leave it
// before its person has accepted.
#include "sim/world.hpp"

namespace odnix::sim {

void World::choose_preconnect(unsigned index, core::Self& self) {
  self.preconnect = static_cast<core::Preconnect>(decisions_.pick(Site::early, index, 3));
}

/// A connection of the caller's offer in a page that rings.
bool World::keeps_back(unsigned index, const Peer& peer) const {
  return peer.rings && !peer.offerer && std::get_if<core::InRinging>(&seats_[index].state.phase);
}

void World::run(unsigned index, core::AddFrom& effect) {
  Peer* peer = peer_of(index, effect.peer, "AddFrom");
  if (!peer) return;
  if (keeps_back(index, *peer)) fail(Invariant::no_leak, index, "the caller's candidates while it rings");
  peer->heard += read_sdp(effect.sdp.text).candidates;
  try_path(index_of(index, effect.peer));
}

void World::run(unsigned index, core::AdmitPeer& effect) {
  Peer* peer = peer_of(index, effect.peer, "AdmitPeer");
  if (!peer) return;
  if (!seats_[index].consent) fail(Invariant::consent, index, "AdmitPeer without the person's start or accept");
  peer->rings = peer->relayed = false;
}

void World::check_early(unsigned index, const core::Signal& signal, const std::optional<core::Header>& header) {
  const core::State& state = seats_[index].state;
  const auto* rung = std::get_if<core::InRinging>(&state.phase);
  if (!rung || !header || header->call != rung->call.id) return;
  if (std::get_if<core::Answer>(&signal)) fail(Invariant::no_leak, index, "an answer while it rings");
  if (!std::get_if<core::Early>(&signal) && !std::get_if<core::Candidates>(&signal)) return;
  const core::Link& link = rung->call.links.back();
  const std::uint32_t peer = index_of(index, link.peer);
  const bool by_relay = peer != ~0u && peers_.at(peer).relayed;
  const core::Preconnect wish = state.self.preconnect;
  const bool allowed = wish == core::Preconnect::always ||
                       (wish == core::Preconnect::automatic && state.relay.there && (by_relay || state.relay.only));
  if (!allowed || link.dialect != core::Dialect::v2 || !header->to) {
    fail(Invariant::no_leak, index, "an address while it rings");
  }
}

}  // namespace odnix::sim
