// Lines that are too narrow for pictures.
#include "sim/world.hpp"

namespace odnix::sim {

void World::run(unsigned index, core::LimitMedia& effect) {
  Peer* peer = peer_of(index, effect.peer, "LimitMedia");
  if (!peer) return;
  if (!seats_[index].consent) fail(Invariant::consent, index, "LimitMedia without the person's start or accept");
  peer->paused = !effect.video;
}

void World::check_pictures(unsigned index) {
  const core::Call* call = core::call_of(seats_[index].state.phase);
  if (!call || !core::is_accepted(seats_[index].state.phase)) return;
  for (const core::Link& link : call->links) {
    const core::Quality& quality = link.quality;
    if (quality.paused && !quality.due) {
      fail(Invariant::picture_returns, index, "a paused picture never comes back");
    }
    const std::uint32_t peer = index_of(index, link.peer);
    const bool shows =
        call->media.camera == core::DeviceState::on && link.camera_line && link.phase == core::LinkPhase::connected;
    if (peer != ~0u && shows && peers_.at(peer).paused != quality.paused) {
      fail(Invariant::picture_returns, index, "the browser was not told of a pause");
    }
  }
}

}  // namespace odnix::sim
