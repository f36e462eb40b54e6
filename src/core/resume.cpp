// A call survives the reload of a page and a click to another page of the site. While it runs, each side gives the
// other a token over the data channel. The page that goes keeps its part of the call in its tab and says that it will
// be back; the other side holds. The next page of that tab makes a new connection, and proves with the token that it is
// who it says; nobody else can (docs/security.md). Its devices open again because this person accepted or started this
// very call in this very tab: from the kept record, never from a message.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_claims = 4;

/// Takes the same time wherever they differ. A proof that could not be made equals nothing.
bool same_proof(const Secret& a, const Secret& b) {
  if (a.text.empty() || a.text.size() != b.text.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.text.size(); ++i) difference |= static_cast<unsigned char>(a.text[i] ^ b.text[i]);
  return difference == 0;
}

bool can_be_held(const Phase& phase) {
  return std::get_if<Active>(&phase) || std::get_if<Reconnecting>(&phase) || std::get_if<Resuming>(&phase);
}

/// What their page showed of their screen ended with it.
void screen_is_gone(Link& link) {
  if (link.remote_media) link.remote_media->sharing = false;
}

/// Another page of theirs counts its messages anew.
void moves_to(Link& link, EndpointId page) {
  if (link.endpoint == page) return;
  link.endpoint = page;
  link.media_told = 0;
  link.negotiation.answered = 0;
  screen_is_gone(link);
}

Kept kept_of(const Call& call, const Link& link, const Self& self, TimePoint now) {
  Kept kept;
  kept.call = call.id;
  kept.chat = call.chat;
  kept.self = self.user;
  kept.user = *link.user;
  kept.from = self.endpoint;
  kept.to = *link.endpoint;
  kept.own_token = link.own_token;
  kept.their_token = link.their_token;
  kept.outgoing = call.outgoing;
  kept.video = call.video;
  const LocalMedia& media = call.media;
  kept.microphone =
      media.microphone == DeviceState::on || (media.microphone == DeviceState::opening && !media.starts_muted);
  kept.camera = media.camera == DeviceState::on || media.camera == DeviceState::opening;
  kept.listen_only = media.listen_only && media.microphone != DeviceState::on;
  if (call.connected_at) kept.talked = now - *call.connected_at;
  kept.sent = call.sent + 1;  // with the word that we go
  kept.name = call.name;
  kept.avatar = call.avatar;
  return kept;
}

}  // namespace

void Machine::receive(const Sender& sender, const ResumeKey& key) {
  Link* link = sender.channel ? link_of(*sender.channel) : nullptr;
  if (link) link->their_token = key.token;
}

/// The page goes and its tab comes back; false if the call cannot be taken up again.
bool Machine::keep_call() {
  Call& current = *call();
  if (!can_be_held(state_.phase) || current.links.size() != 1) return false;
  const Link& link = current.links.front();
  if (!link.user || !link.endpoint || link.own_token.text.empty() || link.their_token.text.empty()) return false;
  emit(KeepCall{kept_of(current, link, state_.self, now_)});
  send(current, link, Resume{ResumeStep::leaving, {}, {}, {}});
  drop_held(current.id);
  close_everything(current);
  state_.claims.clear();
  return true;
}

void Machine::find_kept() {
  if (state_.self.can_call) emit(FindKept{});
}

void Machine::on(const KeptFound& event) {
  const Kept& kept = event.kept;
  const bool fresh = event.age >= Duration{0} && event.age < timing::resume;
  if (call() || state_.hidden || !state_.self.can_call || !fresh || kept.self != state_.self.user) return;
  if (!socket_of({kept.chat})) {
    add_socket({kept.chat});
    state_.sockets.back().close_at = now_ + timing::pushed_socket;
  }
  Call call;
  call.id = kept.call;
  call.chat = kept.chat;
  call.outgoing = kept.outgoing;
  call.video = kept.video;
  call.user = kept.user;
  call.name = kept.name;
  call.avatar = kept.avatar;
  call.began = now_;
  call.sent = kept.sent;
  call.connected_at = now_ - kept.talked - event.age;
  call.media.listen_only = kept.listen_only;
  call.media.starts_muted = !kept.microphone;
  if (!kept.listen_only || kept.camera) open_media(call, !kept.listen_only, kept.camera);
  Link& link = add_link(call, true);
  link.user = kept.user;
  link.endpoint = kept.to;
  link.dialect = Dialect::v2;
  link.own_token = kept.own_token;
  link.their_token = kept.their_token;
  emit(CreateOffer{link.peer, false});
  state_.phase = Resuming{std::move(call), now_ + timing::resume - event.age, true, kept.from, {}, {}, {}, {}};
}

void Machine::prove_own(Link& link) {
  auto* resuming = std::get_if<Resuming>(&state_.phase);
  if (link.phase == LinkPhase::answering) link.phase = LinkPhase::connecting;
  resuming->proving = RequestId{fresh_handle()};
  emit(Prove{*resuming->proving, link.own_token, resuming->call.id, state_.self.endpoint, *link.local});
}

/// Our description for the call that goes on. An offer is repeated until it is answered, an answer when the offer comes
/// again.
void Machine::say_resume(Resuming& resuming) {
  Link& link = resuming.call.links.front();
  if (resuming.proof.text.empty() || !link.local || !is_open(state_, resuming.call.chat)) return;
  const bool offers = link.phase == LinkPhase::offering;
  if (offers != resuming.returning) return;  // answered already
  resuming.next_at = now_ + timing::resume_repeat;
  if (!offers) link.local_sent = true;
  const ResumeStep step = offers ? ResumeStep::offer : ResumeStep::answer;
  send(resuming.call, link, Resume{step, *link.local, link.gathered, resuming.proof});
}

/// The other's page goes: nothing is heard from it until its next page is there.
void Machine::hold() {
  Call taken = take_call();
  taken.links.front().remote_video = false;
  taken.links.front().channel = false;
  screen_is_gone(taken.links.front());
  state_.phase = Resuming{std::move(taken), now_ + timing::resume, false, {}, {}, {}, {}, {}};
}

void Machine::receive(const Sender& sender, const Resume& said) {
  const Call* current = call();
  auto* resuming = std::get_if<Resuming>(&state_.phase);
  const Header* header = sender.header ? &*sender.header : nullptr;
  if (!header) return;
  const bool ours = current && header->to && is(*current, sender) && can_be_held(state_.phase) &&
                    sender.user == current->user && current->links.size() == 1;
  if (!ours) {
    if (said.step == ResumeStep::offer) repeat_end(sender);
    return;
  }
  const Link& link = current->links.front();
  if (said.step == ResumeStep::leaving) {
    if (header->from == link.endpoint && !(resuming && resuming->returning)) hold();
    return;
  }
  // An answer is to the offer of this very page; one to the page before comes too late.
  const bool wanted =
      resuming && resuming->returning && link.phase == LinkPhase::offering && header->to == state_.self.endpoint;
  if (said.step == ResumeStep::answer && !wanted) return;
  if (resuming && same_proof(resuming->met, said.proof)) {
    say_resume(*resuming);
    return;
  }
  if (link.their_token.text.empty() || state_.claims.size() >= max_claims) return;
  if (!affords(sender.user, Cost::description)) return;
  const RequestId ticket{fresh_handle()};
  state_.claims.push_back({ticket, sender.chat, sender.user, *header, said});
  emit(Prove{ticket, link.their_token, header->call, header->from, said.sdp});
}

void Machine::on(const Proved& event) {
  auto* resuming = std::get_if<Resuming>(&state_.phase);
  if (resuming && resuming->proving == event.ticket) {
    resuming->proving.reset();
    resuming->proof = event.proof;
    say_resume(*resuming);
    return;
  }
  const auto found = std::find_if(state_.claims.begin(), state_.claims.end(),
                                  [&event](const Claim& claim) { return claim.ticket == event.ticket; });
  if (found == state_.claims.end()) return;
  const Claim claim = std::move(*found);
  state_.claims.erase(found);
  if (!same_proof(event.proof, claim.said.proof)) {
    ++state_.wrong_proofs;
  } else if (call() && call()->id == claim.header.call && can_be_held(state_.phase)) {
    welcome(claim);
  }
}

/// It is really the next page of the person that we talk with.
void Machine::welcome(const Claim& claim) {
  auto* resuming = std::get_if<Resuming>(&state_.phase);
  Link& link = call()->links.front();
  const bool we_offer = resuming && resuming->returning && link.phase == LinkPhase::offering;
  if (claim.said.step == ResumeStep::answer) {
    if (!we_offer) return;
    moves_to(link, claim.header.from);
    link.phase = LinkPhase::connecting;
    link.local_sent = true;
    resuming->met = claim.said.proof;
    resuming->give_up_at = now_ + timing::resume;
    emit(ApplyRemote{link.peer, DescriptionKind::answer, claim.said.sdp});
    link.unsent = link.gathered;
    send_candidates(resuming->call, link);
    return;
  }
  if (resuming && resuming->returning) {
    // Both pages were reloaded, both offer: the offer of the smaller endpoint stands, on both sides.
    if (!we_offer) return;
    if (state_.self.endpoint < claim.header.from) {
      moves_to(link, claim.header.from);
      say_resume(*resuming);
      return;
    }
  }
  take_back(claim);
}

/// Their new connection replaces the one that is gone. The call, its devices and its timer go on.
void Machine::take_back(const Claim& claim) {
  const auto* both =
      std::get_if<Resuming>(&state_.phase);  // we were away, too: until they have our answer they may use our old name
  const std::optional<EndpointId> former = both ? both->former : std::nullopt;
  Call taken = take_call();
  const Link gone = std::move(taken.links.front());
  std::erase_if(state_.unacked, [&](const Unacked& item) { return item.message.header->call == taken.id; });
  emit(ClosePeer{gone.peer});
  Link link;
  link.peer = PeerId{fresh_handle()};
  link.user = claim.user;
  link.endpoint = claim.header.from;
  link.dialect = Dialect::v2;
  link.phase = LinkPhase::answering;
  link.own_token = gone.own_token;
  link.their_token = gone.their_token;
  link.remote_media = gone.remote_media;
  screen_is_gone(link);
  emit(CreatePeer{link.peer, false, taken.video});
  emit(OpenChannel{link.peer});
  emit(ApplyRemote{link.peer, DescriptionKind::offer, claim.said.sdp});
  taken.links.front() = std::move(link);
  state_.phase = Resuming{std::move(taken), now_ + timing::resume, false, former, {}, {}, claim.said.proof, {}};
}

void Machine::resume_time_passed() {
  auto* resuming = std::get_if<Resuming>(&state_.phase);
  if (!resuming) return;
  if (resuming->give_up_at <= now_) {
    end_call(EndReason::connection_failed, false, true);
  } else if (resuming->returning && resuming->next_at <= now_ &&
             resuming->call.links.front().phase == LinkPhase::offering) {
    say_resume(*resuming);
    resuming->next_at = std::max(resuming->next_at, now_ + timing::resume_repeat);
  }
}

}  // namespace odnix::core
