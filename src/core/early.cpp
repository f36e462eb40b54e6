// Connected while it rings. With a v2 caller the callee's page may make a second connection beside the ring, so that
// after Accept nothing but sound and pictures have to travel: the callee offers, the caller's page answers, and neither
// puts a track on it. The connection of the first offer stays untouched, so that any other device, also an old one, can
// still answer. Of several pages that ring, the caller takes the first that offers; the others accept as ever.
//
// A callee's addresses are its own until it accepts: without a relay (or with an old caller) the page makes its
// connection and its answer, hides the caller's candidates from the browser and keeps its own.
#include <algorithm>
#include <utility>

#include "core/machine.hpp"

namespace odnix::core {

void Machine::on(const RelayKnown& event) { state_.relay = event; }

/// The connection beside the ring, if there is one.
Link* Machine::beside(Call& call) {
  const bool there = !call.group && call.links.size() > 1 && is_beside(call.links.back());
  return there ? &call.links.back() : nullptr;
}

bool Machine::waits_for_accept(const Link& link) const {
  const bool rings = std::get_if<InRinging>(&state_.phase) || std::get_if<OutRinging>(&state_.phase);
  return rings && link.early != EarlyWay::none;
}

/// Only the tab that rings aloud speaks: a browser need not connect once for each tab.
EarlyWay Machine::early_way(const Link& link) const {
  const Preconnect wish = state_.self.preconnect;
  if (wish == Preconnect::never) return EarlyWay::none;
  const bool speaks = link.dialect == Dialect::v2 && state_.may_ring;
  const RelayKnown& relay = state_.relay;
  if (speaks && (wish == Preconnect::always || (relay.there && relay.only))) return EarlyWay::open;
  return speaks && relay.there ? EarlyWay::relayed : EarlyWay::kept_back;
}

void Machine::prepare(Call& call, const Offer& offer) {
  Link& front = call.links.front();
  const EarlyWay way = early_way(front);
  if (way == EarlyWay::none) return;
  const PeerId peer{fresh_handle()};
  const bool keeps_back = way == EarlyWay::kept_back;
  emit(CreatePeer{peer, !keeps_back, call.video, true, way == EarlyWay::relayed});
  if (front.dialect == Dialect::v2) emit(OpenChannel{peer});
  if (keeps_back) {
    front.peer = peer;
    front.early = way;
    emit(ApplyRemote{peer, DescriptionKind::offer, offer.sdp, true});
    return;
  }
  Link link;
  link.peer = peer;
  link.user = front.user;
  link.endpoint = front.endpoint;
  link.dialect = Dialect::v2;
  link.phase = LinkPhase::offering;
  link.camera_line = call.video;
  link.early = way;
  call.links.push_back(std::move(link));
  emit(CreateOffer{peer, false});
}

/// Our description is ready, or a candidate is: by relays only, there is nothing to say before there is one.
void Machine::say_early(Link& link) {
  if (link.early == EarlyWay::kept_back || !link.local || link.local_sent) return;
  if (link.early == EarlyWay::relayed && link.gathered.empty()) return;
  link.local_sent = true;
  const bool offers = link.phase == LinkPhase::offering;
  if (!offers) link.phase = LinkPhase::connecting;
  send(*call(), link, Early{offers ? DescriptionKind::offer : DescriptionKind::answer, *link.local, link.gathered});
}

/// The browser will not have it: the call rings on, and is accepted as ever.
void Machine::early_broken(Link& link) {
  if (is_beside(link)) {
    drop_beside(*call());
    return;
  }
  emit(ClosePeer{link.peer});
  Link fresh;
  fresh.user = link.user;
  fresh.endpoint = link.endpoint;
  fresh.dialect = link.dialect;
  fresh.phase = LinkPhase::answering;
  fresh.remote = std::move(link.remote);
  link = std::move(fresh);
}

void Machine::drop_beside(Call& call) {
  const Link* link = beside(call);
  if (!link) return;
  emit(ClosePeer{link->peer});
  drop_words(call.id, *link->endpoint);
  call.links.pop_back();
}

void Machine::close_peers(const Call& call) {
  for (const auto& link : call.links) {
    if (link.peer.value != 0) emit(ClosePeer{link.peer});
  }
}

void Machine::receive(const Sender& sender, const Early& said) {
  Call* current = call();
  if (!current || !sender.header || !is(*current, sender)) {
    repeat_end(sender);
    return;
  }
  Link* link = beside(*current);
  if (said.kind == DescriptionKind::answer) {
    const bool ours = std::get_if<InRinging>(&state_.phase) && link && link->endpoint == sender.header->from;
    if (!ours || link->phase != LinkPhase::offering || !link->local_sent) return;
    link->phase = LinkPhase::connecting;
    emit(ApplyRemote{link->peer, DescriptionKind::answer, said.sdp});
    return;
  }
  if (!std::get_if<OutRinging>(&state_.phase) || state_.self.preconnect == Preconnect::never) return;
  if ((link && !link->failed) || !affords(sender.user, Cost::description)) return;
  drop_beside(*current);
  Link fresh;
  fresh.peer = PeerId{fresh_handle()};
  fresh.user = sender.user;
  fresh.endpoint = sender.header->from;
  fresh.dialect = Dialect::v2;
  fresh.phase = LinkPhase::answering;
  fresh.camera_line = current->video;
  fresh.early = EarlyWay::open;
  fresh.remote = std::exchange(trace(current->id).early, {});
  emit(CreatePeer{fresh.peer, false, current->video, true, false});
  emit(OpenChannel{fresh.peer});
  emit(ApplyRemote{fresh.peer, DescriptionKind::offer, said.sdp});
  current->links.push_back(std::move(fresh));
}

/// The person pressed Accept. False: nothing is ready, and the offer is taken from its beginning.
bool Machine::accept_prepared(Call& taken, const Offer& offer) {
  if (const Link* link = beside(taken)) {
    if (!link->remote_applied || link->failed) {
      drop_beside(taken);
      return false;
    }
    taken.links.erase(taken.links.begin());
  }
  Link& link = taken.links.front();
  if (link.early == EarlyWay::none) return false;
  const bool kept_back = link.early == EarlyWay::kept_back;
  if (kept_back && (link.failed || link.lost)) {  // the browser gave up on candidates that it was never told
    early_broken(link);
    return false;
  }
  emit(AdmitPeer{link.peer});
  link.camera_line = !offer.audio_only;
  if (kept_back && !link.local) {  // half prepared: from here on it goes as without preparation
    link.early = EarlyWay::none;
    emit(AddFrom{link.peer, offer.sdp});
    if (link.remote_applied) give_candidates(link, link.remote);
    state_.phase = Connecting{std::move(taken), now_ + timing::connect};
    return true;
  }
  link.phase = LinkPhase::connecting;
  if (link.early == EarlyWay::relayed) link.negotiation.restart_wanted = true;  // to a shorter way, if there is one
  state_.phase = Connecting{std::move(taken), now_ + timing::connect};
  Call& current = *call();
  Link& own = current.links.front();
  if (kept_back) {
    send_answer(current, own);
    emit(AddFrom{own.peer, offer.sdp});
    give_candidates(own, own.remote);
  } else {
    send(current, own, Accept{});
  }
  begin_prepared();
  return true;
}

/// The path may be there already, or may have been and be lost.
void Machine::begin_prepared() {
  Link& link = call()->links.front();
  if (link.failed || link.lost) {
    watch_path(link, false, true, link.failed);
  } else if (link.path) {
    path_found(link);
  }
}

/// The other person accepted, by the early connection.
void Machine::receive(const Sender& sender, const Accept&) {
  auto* ringing = std::get_if<OutRinging>(&state_.phase);
  const Link* link = ringing && sender.header && is(ringing->call, sender) ? beside(ringing->call) : nullptr;
  if (!link || link->endpoint != sender.header->from) {
    turn_away(sender);
    return;
  }
  Call taken = take_call();
  taken.user = sender.user;
  emit(ClosePeer{taken.links.front().peer});
  taken.links.erase(taken.links.begin());
  send(SendMessage{taken.chat, Header{taken.id, state_.self.endpoint, std::nullopt, ++taken.sent},
                   Select{sender.header->from}});
  const PeerId peer = taken.links.front().peer;
  emit(AdmitPeer{peer});
  if (has_tracks(taken.media)) emit(AttachMedia{peer});
  emit(StopTone{});
  state_.phase = Connecting{std::move(taken), now_ + timing::connect};
  begin_prepared();
}

}  // namespace odnix::core
