// Negotiation inside a running call: perfect negotiation (W3C WebRTC, section 10.7). A wish is never stored: what is
// wanted follows from the state and is looked at after every event, so one that comes while another is under way is
// done afterwards. Only v2 peers are ever offered anything here (protocol.md, rule 5).
#include <algorithm>
#include <utility>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr int max_failures = 2;  // one retry, then the call goes on as it was

/// The first offer and answer are through.
bool is_agreed(const Link& link) {
  const bool first = link.phase == LinkPhase::offering || link.phase == LinkPhase::answering;
  return !first && link.remote_applied;
}

bool wants_camera(const Call& call, const Link& link) {
  return call.media.camera == DeviceState::on && !link.camera_line && link.negotiation.failures < max_failures;
}

bool wants_share(const Call& call, const Link& link) {
  return call.media.share == ShareState::on && !link.share_line && link.negotiation.failures < max_failures;
}

bool is_offer_to(const Unacked& item, const Link& link) {
  const auto* said = std::get_if<Renegotiate>(&item.message.signal);
  return said && said->kind == DescriptionKind::offer && item.message.header->to == link.endpoint;
}

/// Both sides look for a path now: another restart would begin that anew.
void let_look(Link& link, TimePoint now) {
  if (link.recovery) link.recovery->next_try = std::max(link.recovery->next_try, now + timing::restart_pause);
}

bool is_theirs(DescriptionStep step) { return step == DescriptionStep::remote || step == DescriptionStep::certificate; }

/// With rollback: our offer is not out yet, or not answered.
bool is_ours(NegotiationStep step) { return step == NegotiationStep::making || step == NegotiationStep::offered; }

}  // namespace

/// Who gives way when both offer at once: the callee.
bool Machine::is_polite(const Call& call) const { return !call.outgoing; }

Link* Machine::link_from(Call& call, const Sender& sender) {
  if (!sender.header || !is(call, sender)) return nullptr;
  Link* link = link_with(call, sender.header->from);
  return link && link->dialect == Dialect::v2 ? link : nullptr;
}

/// After every event: what is wanted and can be begun is begun.
void Machine::negotiate() {
  links_recover();
  Call* current = call();
  if (!current || !is_accepted(state_.phase)) return;
  if (!may_share(state_, *current)) stop_share(*current);  // somebody else's call, or an older client's, took its place
  for (auto& link : current->links) {
    if (link.mesh) continue;  // a group makes a link anew (group_links.cpp)
    if (link.dialect != Dialect::v2 || !link.endpoint) continue;
    if (const auto held = link.negotiation.held; held && held->epoch > link.negotiation.epoch) {
      if (follows(*current, link, *held)) hear(link, *held);
      continue;
    }
    if (!is_agreed(link)) continue;
    if (link.negotiation.step == NegotiationStep::idle && link.negotiation.held) hear_held(link);
    begin_negotiation(*current, link);
  }
}

void Machine::begin_negotiation(Call& call, Link& link) {
  Negotiation& n = link.negotiation;
  const bool idle = n.step == NegotiationStep::idle;
  // A restart does not wait for the answer to an offer that may be lost with the path.
  const bool restart = (n.restart_wanted && (idle || n.step == NegotiationStep::offered)) || (n.unsure && idle);
  const bool share = wants_share(call, link);
  const bool lines = (share || wants_camera(call, link)) && idle && !says_answer(link);
  if (!(restart && is_open(state_, call.chat)) && !(lines && (is_open(state_, call.chat) || link.channel))) return;
  n.step = NegotiationStep::making;
  n.give_up_at = now_ + timing::renegotiation;
  n.restarts = restart;
  n.restart_wanted = n.unsure = false;
  n.offers_share = share;
  n.offers_camera =
      wants_camera(call, link) || (share && !link.camera_line);  // the first one for pictures is the camera's
  emit(CreateOffer{link.peer, restart, n.offers_camera, share});
}

/// An answer of ours is not acknowledged: an offer that overtook it would take their offer back.
bool Machine::says_answer(const Link& link) const {
  return std::any_of(state_.unacked.begin(), state_.unacked.end(), [&link](const Unacked& item) {
    const auto* said = std::get_if<Renegotiate>(&item.message.signal);
    return said && said->kind == DescriptionKind::answer && item.message.header->to == link.endpoint;
  });
}

/// What was offered before counts no more.
void Machine::drop_offers(const Link& link) {
  std::erase_if(state_.unacked, [&link](const Unacked& item) { return is_offer_to(item, link); });
}

/// True if the description belongs to a negotiation inside the call.
bool Machine::renegotiated(Call& call, Link& link, const LocalDescriptionReady& ready) {
  Negotiation& n = link.negotiation;
  if (ready.kind == DescriptionKind::offer && n.step == NegotiationStep::making) {
    if (n.restarts) {
      send_candidates(call, link);
      link.gathered.clear();
      n.ours = std::max(n.ours, n.theirs) + 1;
    }
    drop_offers(link);
    n.step = NegotiationStep::offered;
    n.dropped = false;
    send(call, link, Renegotiate{DescriptionKind::offer, ready.sdp, ++n.round, n.ours, n.epoch});
    return true;
  }
  if (ready.kind == DescriptionKind::answer && n.step == NegotiationStep::answering) {
    send(call, link, Renegotiate{DescriptionKind::answer, ready.sdp, n.heard, n.ours, n.epoch});
    link.camera_line = link.camera_line || n.offers_camera;
    n.step = NegotiationStep::idle;
    n.give_up_at.reset();
    n.fresh = false;
    return true;
  }
  return n.epoch > 0 || is_agreed(link);  // an offer that was taken back
}

bool Machine::renegotiated(Link& link, const RemoteDescriptionApplied&) {
  Negotiation& n = link.negotiation;
  const bool hearing = n.step == NegotiationStep::hearing;
  if (!hearing && n.step != NegotiationStep::taking) return false;
  link.remote_applied = true;
  n.mend_at.reset();  // they agree after all
  if (std::exchange(n.candidates_due, false)) give_candidates(link, link.remote);
  if (hearing) {
    n.step = NegotiationStep::answering;
    if (has_tracks(call()->media)) emit(AttachMedia{link.peer});
    emit(CreateAnswer{link.peer});
    return true;
  }
  n.step = NegotiationStep::idle;
  n.give_up_at.reset();
  n.fresh = false;
  n.failures = 0;
  if (n.restarts) let_look(link, now_);
  link.camera_line = link.camera_line || n.offers_camera;
  link.share_line = link.share_line || n.offers_share;
  if (has_tracks(call()->media)) emit(AttachMedia{link.peer});
  return true;
}

/// True if the refusal is about a negotiation inside the call: the call goes on.
bool Machine::renegotiated(Link& link, const DescriptionFailed& failed) {
  const NegotiationStep step = link.negotiation.step;
  const bool known = (failed.step == DescriptionStep::offer && step == NegotiationStep::making) ||
                     (failed.step == DescriptionStep::answer && step == NegotiationStep::answering) ||
                     (is_theirs(failed.step) && (step == NegotiationStep::hearing || step == NegotiationStep::taking));
  if (known) roll_back(link, failed.error);
  // What was agreed last is not the same for both, or this browser cannot go from there to where they want to go: a new
  // connection begins from nothing. With a pause before the next, for its descriptions may be refused as well.
  Negotiation& n = link.negotiation;
  const bool refused = known && failed.step == DescriptionStep::remote && !n.fresh;
  if (refused && !n.mend_at) n.mend_at = std::max(now_, n.mends_from);
  return known || step != NegotiationStep::idle || link.negotiation.epoch > 0 || is_agreed(link);
}

/// What has just opened has tries of its own: others may have failed while the person looked at the browser's question.
void Machine::forget_failures(Call& call) {
  for (auto& link : call.links) link.negotiation.failures = 0;
}

/// Back to where both sides agreed last.
void Machine::roll_back(Link& link, const std::string& why) {
  Negotiation& n = link.negotiation;
  const bool ours = is_ours(n.step) || n.step == NegotiationStep::taking;
  if (n.step == NegotiationStep::offered) n.dropped = true;
  n.step = NegotiationStep::idle;
  n.give_up_at.reset();
  n.ours = n.theirs;
  if (n.fresh) link.remote_applied = false;  // nothing to fall back to: recovery makes another connection
  drop_offers(link);
  emit(Rollback{link.peer});
  if (!ours || n.restarts || ++n.failures < max_failures) return;
  problem("renegotiation-failed", "The running call could not be changed (" + why + "). It goes on as it was; " +
                                      (n.offers_share ? "share the screen" : "switch the camera off and on") +
                                      " to try again.");
  if (n.offers_share) share_refused(*call());
}

void Machine::receive(const Sender& sender, const Renegotiate& said) {
  Call* current = call();
  Link* link = current ? link_from(*current, sender) : nullptr;
  if (Link* early = current && std::get_if<OutRinging>(&state_.phase) ? beside(*current) : nullptr;
      early && link == early && said.kind == DescriptionKind::offer) {
    early->negotiation.held = said;  // it overtook their word that they accept
    return;
  }
  if (!link || !is_accepted(state_.phase)) {
    repeat_end(sender);
    return;
  }
  Negotiation& n = link->negotiation;
  if (said.kind == DescriptionKind::answer) {
    if (said.round != n.round || said.epoch != n.epoch) return;
    if (n.step != NegotiationStep::offered) {
      // They stand on an offer that was taken back; the next one, if it is being made, clears that up.
      if (n.step != NegotiationStep::making && std::exchange(n.dropped, false)) n.unsure = true;
      return;
    }
    n.step = NegotiationStep::taking;
    n.answered = sender.header->seq;
    expect_candidates(*link, said.generation);
    emit(ApplyRemote{link->peer, DescriptionKind::answer, said.sdp});
    return;
  }
  // Who answers has taken their own offer back: one that the answer overtook on the other way is void.
  if (sender.header->seq < n.answered || said.round <= n.heard || !affords(sender.user, Cost::description)) return;
  if (said.epoch != n.epoch || (n.epoch > 0 && !link->remote_applied && is_ours(n.step))) {
    if (follows(*current, *link, said)) {
      hear(*link, said);
    } else if (said.epoch < n.epoch && is_open(state_, current->chat)) {
      // They are back, and have not heard of our connection.
      for (const auto& item : state_.unacked)
        if (item.message.header->to == link->endpoint) emit(item.message);
    } else if (said.epoch > n.epoch) {
      n.held = said;
    }
    return;
  }
  const bool free = n.step == NegotiationStep::idle && is_agreed(*link);
  if (free || (is_ours(n.step) && is_polite(*current))) {
    hear(*link, said);
  } else if (!is_ours(n.step)) {
    n.held = said;
  }
}

void Machine::hear_held(Link& link) {
  const Renegotiate said = *std::exchange(link.negotiation.held, std::nullopt);
  if (said.epoch == link.negotiation.epoch && said.round > link.negotiation.heard) hear(link, said);
}

/// Takes their offer; one of our own gives way and comes again afterwards if it is still wanted.
void Machine::hear(Link& link, const Renegotiate& offer) {
  Negotiation& n = link.negotiation;
  if (is_ours(n.step)) {
    drop_offers(link);
    n.dropped = n.step == NegotiationStep::offered;
    n.restart_wanted = n.restart_wanted || (n.restarts && offer.generation == n.theirs);
  }
  n.step = NegotiationStep::hearing;
  n.offers_camera = n.offers_share = n.unsure = false;
  n.give_up_at = now_ + timing::renegotiation;
  n.heard = offer.round;
  expect_candidates(link, offer.generation);
  if (n.ours != offer.generation) link.gathered.clear();
  n.ours = offer.generation;
  // Its candidates come by themselves as well, and those are counted (budget.cpp).
  emit(ApplyRemote{link.peer, DescriptionKind::offer, offer.sdp, true});
}

/// Their candidates of another generation come next; some may be here already.
void Machine::expect_candidates(Link& link, std::uint32_t generation) {
  Negotiation& n = link.negotiation;
  if (generation == n.theirs) return;
  n.theirs = generation;
  link.remote.clear();
  if (n.early_generation == generation) link.remote = std::move(n.early);
  n.early.clear();
  n.candidates_due = true;
}

void Machine::negotiations_time_passed() {
  Call* current = call();
  if (!current) return;
  for (auto& link : current->links) {
    Negotiation& n = link.negotiation;
    if (!n.give_up_at || now_ < *n.give_up_at) continue;
    // They may have answered it, or one before it, and look for a path to that.
    n.unsure = n.unsure || (n.step == NegotiationStep::offered && n.restarts);
    roll_back(link, "no answer in time");
  }
}

}  // namespace odnix::core
