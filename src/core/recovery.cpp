// A path that is lost comes back by itself, with v2 peers: driven by media that stops as well as by what the browser
// says of ICE, by a restart every 4 s, and by a new connection inside the same call where a restart cannot help. An old
// peer would take any of it for the end (protocol.md, rules 5 and 6): with it nothing is sent, and little is hoped.
#include <algorithm>
#include <utility>

#include "core/machine.hpp"

namespace odnix::core {
namespace {
constexpr Duration caller_first = std::chrono::seconds{2};

/// A new connection in the call whose offer nobody has answered.
bool waits_for_first_answer(const Link& link) { return link.negotiation.epoch > 0 && !link.remote_applied; }
}  // namespace

/// Both states of a v2 peer's connection, in a call that was accepted.
void Machine::watch_path(Link& link, bool up, bool lost, bool failed) {
  if (up) {
    link.doubted_until.reset();
    if (!link.recovery || link.media_flows || !link.expects_media) {
      recovered(link);
    } else if (!link.recovery->media_due) {
      link.recovery->media_due = now_ + timing::media_back;
      link.recovery->next_try = std::max(link.recovery->next_try, *link.recovery->media_due);
    }
  } else if (failed) {
    lose_for_good(link);  // Firefox cannot come back from it, and in Chromium it costs little (faults.md)
  } else if (lost && link.media_flows && !link.recovery) {
    if (!link.doubted_until) link.doubted_until = now_ + timing::path_doubt;
  } else if (lost) {
    lose(link);
  }
}

void Machine::lose(Link& link) {
  link.doubted_until.reset();
  if (!link.recovery) link.recovery = Recovery{now_, {}, {}, 0, false};
  if (std::exchange(link.recovery->media_due, std::nullopt))
    link.recovery->next_try = now_;  // it was here, and is gone
  path_lost(link);
}

/// No restart can help: a new connection, at once.
void Machine::lose_for_good(Link& link) {
  lose(link);
  link.recovery->rebuild = true;
  link.recovery->next_try = now_;
}

void Machine::recovered(Link& link) {
  link.recovery.reset();
  link.negotiation.restart_wanted = false;
  path_found(link);
}

/// Whether packets come. Who is known to send and falls silent is lost, long before the browser says so.
void Machine::on(const MediaFlowChanged& event) {
  Link* link = link_of(event.peer);
  if (!link) return;
  link->media_flows = event.flowing;
  if (link->mesh || link->dialect != Dialect::v2 || !is_accepted(state_.phase)) return;
  if (event.flowing) {
    link->expects_media = !link->remote_media || link->remote_media->sends;
    if (link->recovery && link->path) recovered(*link);
  } else if (link->doubted_until || (link->expects_media && link->path)) {
    lose(*link);
  }
}

/// Back on a network, or on another one: nothing waits for its pause.
void Machine::on(const NetworkChanged& event) {
  if (!event.online || state_.hidden) return;
  for (auto& socket : state_.sockets) {
    if (socket.status != SocketStatus::waiting) continue;
    socket.failures = 0;
    socket.due = now_;
  }
  sockets_time_passed();
  Call* current = call();
  if (!current) return;
  if (Link* early = beside(*current)) early->negotiation.restart_wanted = true;  // once it is accepted
  if (!is_accepted(state_.phase)) return;
  for (auto& link : current->links) {
    if (link.mesh && link.mesh->pathless_since) link.mesh->retry_at = now_;
    if (link.mesh || link.dialect != Dialect::v2) continue;
    if (!link.recovery) {
      link.negotiation.restart_wanted = true;
      continue;
    }
    link.recovery->next_try = now_;
    link.recovery->check_socket_at = now_;
  }
}

/// Without a path the relay may be the only way: it is looked for as soon as the other side can hear of it. The callee
/// leaves the first word to the caller, whose relay has most likely refused as well: after an offer that was taken back
/// before the first path, Chromium decodes what comes and plays none of it.
void Machine::on(const RelayRenewed& event) {
  Link* link = link_of(event.peer);
  if (!link || link->path) return;
  const bool first = std::get_if<Connecting>(&state_.phase) && !link->mesh && link->dialect == Dialect::v2;
  if (first && is_polite(*call()) && !link->recovery) {
    link->recovery = Recovery{now_ + caller_first, {}, {}, 0, false};
    return;
  }
  link->negotiation.restart_wanted = true;
  if (link->recovery) link->recovery->next_try = now_;
  if (link->mesh && link->mesh->pathless_since) link->mesh->retry_at = now_;
}

/// An answer that the browser made late: the path gets as long as after a restart, whatever the clock says.
void Machine::give_time(Link& link) {
  const auto* connecting = std::get_if<Connecting>(&state_.phase);
  if (!connecting || !is_slow(link)) return;
  const TimePoint begins = now_ + timing::restart_pause;
  if (slow_from(*connecting) < begins) link.recovery = Recovery{begins, {}, {}, 0, false};
}

void Machine::links_recover() {
  Call* current = call();
  if (!current || !is_accepted(state_.phase)) return;
  const auto* connecting = std::get_if<Connecting>(&state_.phase);
  const bool looks = connecting && slow_from(*connecting) <= now_ && now_ < connecting->give_up_at;
  for (auto& link : current->links) {
    if (link.mesh || link.dialect != Dialect::v2) continue;
    if (looks && is_slow(link)) lose(link);
    if (link.doubted_until && *link.doubted_until <= now_) lose(link);
    if (Negotiation& n = link.negotiation; n.mend_at && *n.mend_at <= now_ && is_open(state_, current->chat)) {
      n.mend_at.reset();
      n.mends_from = now_ + timing::mend_pause;
      lose_for_good(link);
    }
    if (!link.recovery) continue;
    Recovery& r = *link.recovery;
    if (r.media_due && *r.media_due <= now_) {
      r.rebuild = true;
      r.next_try = now_;
      r.media_due.reset();
    }
    if (r.next_try <= now_) try_again(*current, link);
    if (r.check_socket_at && *r.check_socket_at <= now_) check_socket(*current, link);
  }
}

void Machine::try_again(Call& call, Link& link) {
  Recovery& r = *link.recovery;
  r.next_try = now_ + timing::restart_pause;
  if (r.tries++ % 3 == 0) r.check_socket_at = now_ + timing::socket_check;
  if (!r.rebuild && !waits_for_first_answer(link)) {
    link.negotiation.restart_wanted = true;  // negotiate() begins it
  } else if (is_open(state_, call.chat) && link.endpoint) {
    r.rebuild = false;
    rebuild(call, link);
  }
}

/// A restart that nobody acknowledges, and nothing heard since: the socket is dead and does not know. A new one says
/// again what was not acknowledged.
void Machine::check_socket(const Call& call, Link& link) {
  link.recovery->check_socket_at.reset();
  Socket* socket = socket_of({call.chat});
  const bool waits = std::any_of(state_.unacked.begin(), state_.unacked.end(),
                                 [&link](const Unacked& item) { return item.message.header->to == link.endpoint; });
  if (!socket || socket->status != SocketStatus::open || !waits) return;
  if (now_ < socket->heard_at + timing::socket_check) return;
  doubt_socket(*socket);
}

/// Signalling is back: what is said next is of now, not of before.
void Machine::recover_by_socket(ChatId chat) {
  Call* current = call();
  if (!current || current->chat != chat) return;
  for (auto& link : current->links) {
    if (!link.recovery) continue;
    if (link.remote_applied) drop_offers(link);
    // The offer of a connection that was made a moment ago is said again, with all that was gathered for it.
    const TimePoint tried = link.recovery->next_try - timing::restart_pause;
    if (waits_for_first_answer(link) && now_ < tried + timing::offer_fresh) continue;
    link.recovery->next_try = now_;
  }
}

// ---- a new connection inside the same call

/// Everything that was agreed with the old connection is void.
void Machine::replace_peer(Call& call, Link& link, bool offerer) {
  emit(ClosePeer{link.peer});
  link.peer = PeerId{fresh_handle()};
  emit(CreatePeer{link.peer, offerer, call.video});
  emit(OpenChannel{link.peer});
  drop_offers(link);
  link.channel = link.remote_applied = link.remote_video = link.path = link.media_flows = link.share_line = false;
  link.camera_line = offerer && call.video;
  link.remote.clear();
  link.gathered.clear();
  link.unsent.clear();
  link.flush_at.reset();
  link.doubted_until.reset();
  Negotiation& n = link.negotiation;
  n.step = NegotiationStep::idle;
  n.held.reset();
  n.give_up_at.reset();
  n.dropped = n.unsure = false;
  n.mend_at.reset();
  n.fresh = true;
  const bool paused = link.quality.paused;
  renew_quality(link);
  if (paused) tell_media(call, link);  // they were told of no camera
}

void Machine::rebuild(Call& call, Link& link) {
  replace_peer(call, link, true);
  Negotiation& n = link.negotiation;
  ++n.epoch;
  n.step = NegotiationStep::making;
  n.give_up_at = now_ + timing::renegotiation;
  n.restarts = true;
  n.restart_wanted = n.offers_camera = n.offers_share = false;
  if (has_tracks(call.media)) emit(AttachMedia{link.peer});
  emit(CreateOffer{link.peer, false, false});
}

/// The other side made a new connection. True if we follow: of two at once the callee follows, and nobody makes us
/// build without end.
bool Machine::follows(Call& call, Link& link, const Renegotiate& offer) {
  Negotiation& n = link.negotiation;
  const bool meets_ours = offer.epoch == n.epoch && !link.remote_applied && is_polite(call);
  if (offer.epoch < n.epoch || (offer.epoch == n.epoch && !meets_ours)) return false;
  if (now_ < n.followed_at + timing::follow_pause) return false;
  n.followed_at = now_;
  replace_peer(call, link, false);
  n.epoch = offer.epoch;
  lose(link);
  link.recovery->next_try = now_ + timing::restart_pause;
  return true;
}

}  // namespace odnix::core
