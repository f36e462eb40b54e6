// One link's negotiation: descriptions, candidates, and what becomes of its path.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_candidates =
    64;  // per generation (faults.md, rule 7): above, the browser's cost grows quadratically

bool add_distinct(std::vector<Candidate>& list, const Candidate& candidate) {
  if (list.size() >= max_candidates) return false;
  if (std::find(list.begin(), list.end(), candidate) != list.end()) return false;
  list.push_back(candidate);
  return true;
}

}  // namespace

Link& Machine::add_link(Call& call, bool offerer) {
  Link link;
  link.peer = PeerId{fresh_handle()};
  link.phase = offerer ? LinkPhase::offering : LinkPhase::answering;
  link.camera_line = offerer && call.video;
  emit(CreatePeer{link.peer, offerer, call.video});
  // Who will answer is not known yet. An old peer's browser agrees to the channel, and its page never hears of it.
  if (offerer) emit(OpenChannel{link.peer});
  call.links.push_back(std::move(link));
  return call.links.back();
}

void Machine::on(const LocalDescriptionReady& event) {
  Link* link = link_of(event.peer);
  if (!link || renegotiated(*call(), *link, event)) return;
  link->local = event.sdp;
  if (std::get_if<Resuming>(&state_.phase)) {
    prove_own(*link);
    return;
  }
  if (waits_for_accept(*link)) {
    say_early(*link);
    return;
  }
  switch (event.kind) {
    case DescriptionKind::offer: ring_out_if_ready(); return;
    case DescriptionKind::answer:
      link->phase = LinkPhase::connecting;
      send_answer(*call(), *link);
      give_time(*link);
      return;
  }
}

void Machine::send_answer(Call& call, Link& link) {
  link.local_sent = true;
  send(call, link, Answer{*link.local, link.gathered});
}

void Machine::on(const RemoteDescriptionApplied& event) {
  Link* link = link_of(event.peer);
  if (!link || renegotiated(*link, event) || link->remote_applied) return;
  link->remote_applied = true;
  const bool waits = waits_for_accept(*link);
  const bool kept_back = waits && link->early == EarlyWay::kept_back;
  if (!kept_back) give_candidates(*link, link->remote);
  if (link->phase != LinkPhase::answering) return;
  if (!waits && has_tracks(call()->media)) emit(AttachMedia{link->peer});
  emit(CreateAnswer{link->peer});
}

void Machine::on(const DescriptionFailed& event) {
  Link* link = link_of(event.peer);
  if (!link || renegotiated(*link, event)) return;
  if (waits_for_accept(*link)) {
    early_broken(*link);
    return;
  }
  problem("description-refused", "The browser refused a call description (" + std::string(to_string(event.step)) +
                                     "): " + event.error + ". The call was ended; call again.");
  if (std::get_if<Preparing>(&state_.phase)) link->local_sent = false;
  end_call(EndReason::error, false, true);
}

void Machine::on(const PeerFailed& event) {
  Link* link = link_of(event.peer);
  if (!link) return;
  if (waits_for_accept(*link)) {
    early_broken(*link);
    return;
  }
  problem("peer-connection-failed",
          "The browser could not make a peer connection: " + event.error + ". Check iceServers in OdnixCallConfig.");
  end_call(EndReason::error, false, true);
}

void Machine::on(const CandidateGathered& event) {
  Link* link = link_of(event.peer);
  if (!link || event.candidate.line.text.empty()) return;
  if (!add_distinct(link->gathered, event.candidate)) return;
  if (!link->local_sent) {
    if (waits_for_accept(*link)) say_early(*link);
    return;
  }
  if (link->dialect != Dialect::v2) {
    send(*call(), *link, Candidates{{event.candidate}, 0});
    return;
  }
  link->unsent.push_back(event.candidate);
  if (!link->flush_at) link->flush_at = now_ + timing::candidate_batch;
}

void Machine::send_candidates(Call& call, Link& link) {
  link.flush_at.reset();
  if (link.unsent.empty()) return;
  send(call, link,
       Candidates{std::exchange(link.unsent, {}), link.negotiation.ours,
                  link.mesh         ? link.mesh->round
                  : is_beside(link) ? 1U
                                    : 0U});
}

/// The browser does not take one candidate: the others may do. A path that needs it shows as connection-failed.
void Machine::on(const CandidateRefused&) {}

void Machine::receive(const Sender& sender, const Candidates& candidates) {
  Call* current = call();
  if (current && is(*current, sender)) {
    const bool is_early = candidates.round != 0;
    Link* beside_it = beside(*current);
    if (is_early && !beside_it && std::get_if<OutRinging>(&state_.phase)) {  // of whoever's early offer comes first
      for (const auto& candidate : candidates.list) add_distinct(trace(current->id).early, candidate);
      return;
    }
    Link& link = is_early && beside_it ? *beside_it : current->links.front();
    if (is_beside(link) != is_early) return;  // of a connection that is not that of the call
    // While our offer rings at several devices, whose candidates these are shows with the answer; until then they are
    // kept by sender.
    const bool other_device = sender.header && link.endpoint && *link.endpoint != sender.header->from;
    if (!other_device) add_remote_candidates(link, candidates);
    return;
  }
  if (!sender.header || (sender.header->to && *sender.header->to != state_.self.endpoint)) return;
  Trace& early = trace(sender.header->call);
  if (early.over) return;
  for (const auto& candidate : candidates.list) add_distinct(early.early, candidate);
}

/// Those of a restart may overtake its description; those of the generation before it come to nothing.
void Machine::add_remote_candidates(Link& link, const Candidates& candidates) {
  Negotiation& n = link.negotiation;
  if (candidates.generation != n.theirs) {
    if (candidates.generation > n.early_generation) n.early.clear();
    n.early_generation = std::max(n.early_generation, candidates.generation);
    if (candidates.generation < n.early_generation || candidates.generation < n.theirs) return;
    for (const auto& candidate : candidates.list) add_distinct(n.early, candidate);
    return;
  }
  std::vector<Candidate> fresh;
  for (const auto& candidate : candidates.list) {
    if (add_distinct(link.remote, candidate)) fresh.push_back(candidate);
  }
  if (fresh.empty() || !link.remote_applied || (link.early == EarlyWay::kept_back && waits_for_accept(link))) return;
  const bool applying = n.step == NegotiationStep::hearing || n.step == NegotiationStep::taking;
  if (applying) {
    n.candidates_due = true;
  } else {
    give_candidates(link, std::move(fresh));
  }
}

/// Two ways may bring two reports of devices in the wrong order, and a lost one comes late: the newest counts. Notes
/// it.
bool Machine::is_newest(Link& link, const Sender& sender) {
  if (sender.header->seq < link.media_told) return false;
  link.media_told = sender.header->seq;
  return true;
}

void Machine::receive(const Sender& sender, const MediaState& media) {
  Call* current = call();
  if (!current || !sender.header || !is(*current, sender)) return;
  Link* early = beside(*current);  // they have accepted, and their word of it is late
  Link& link = early ? *early : current->links.front();
  if (link.endpoint != sender.header->from || !is_newest(link, sender)) return;
  // An audio call becomes a video call for who only watches, too: their own camera waits for their own press.
  const bool shows = media.camera && link.remote_media && !link.remote_media->camera;
  if (shows) current->video = true;
  link.remote_media = media;
  link.expects_media = media.sends && link.media_flows;
  if (is_beside(link) && link.path && std::get_if<Connecting>(&state_.phase)) {
    path_found(link);
    return;
  }
  if (!media.sends && link.recovery && link.path) recovered(link);  // silence that was meant
}

void Machine::on(const ConnectionChanged& event) {
  Link* link = link_of(event.peer);
  if (!link) return;
  const bool failed = says_failed(event);
  const bool lost = says_lost(event);
  const bool in_call = is_accepted(state_.phase);
  link->path = event.connection == ConnectionState::connected && !lost;
  if (waits_for_accept(*link)) {
    link->failed = failed;
    link->lost = lost;
  } else if (in_call && link->dialect == Dialect::v2) {
    watch_path(*link, link->path, lost, failed);
  } else if (failed) {
    if (in_call) end_call(EndReason::connection_failed, false, true);
  } else if (lost) {
    path_lost(*link);
  } else if (event.connection == ConnectionState::connected) {
    path_found(*link);
  }
}

void Machine::path_found(Link& link) {
  // The connection of a page that left says nothing any more; the one that replaces it is negotiated first.
  const bool back = std::get_if<Resuming>(&state_.phase) && link.phase == LinkPhase::connecting;
  link.phase = LinkPhase::connected;
  // The path stood before we accepted: the call runs when the caller's first word in it shows that they know.
  if (is_beside(link) && !call()->outgoing && !link.remote_media) return;
  const bool connecting = back || std::get_if<Connecting>(&state_.phase);
  if (!connecting && !std::get_if<Reconnecting>(&state_.phase)) return;
  Call taken = take_call();
  if (!taken.connected_at) taken.connected_at = now_;
  if (connecting) tell_media(taken);
  state_.phase = Active{std::move(taken)};
}

/// One of several links that is lost does not stop the call with the others.
void Machine::path_lost(Link& link) {
  link.phase = LinkPhase::restarting;
  if (!std::get_if<Active>(&state_.phase)) return;
  const auto& links = call()->links;
  const auto stands = [](const Link& other) { return other.phase == LinkPhase::connected; };
  if (std::any_of(links.begin(), links.end(), stands)) return;
  const auto patience = link.dialect == Dialect::old ? timing::reconnect_old : timing::reconnect;
  Call taken = take_call();
  state_.phase = Reconnecting{std::move(taken), now_, now_ + patience};
}

/// A track that exists need not deliver: RemoteTrackChanged says when it does.
void Machine::on(const RemoteTrackAdded& event) {
  Link* link = link_of(event.peer);
  if (!link || event.kind != MediaKind::video) return;
  if (link->negotiation.step == NegotiationStep::idle) {
    link->camera_line = true;
  } else {
    link->negotiation.offers_camera = true;  // it counts when their offer was answered
  }
}

void Machine::on(const RemoteTrackChanged& event) {
  Link* link = link_of(event.peer);
  if (link && event.kind == MediaKind::video) link->remote_video = event.flowing;
}

void Machine::links_time_passed() {
  Call* current = call();
  if (!current) return;
  for (auto& link : current->links) {
    if (link.flush_at && *link.flush_at <= now_) send_candidates(*current, link);
  }
}

}  // namespace odnix::core
