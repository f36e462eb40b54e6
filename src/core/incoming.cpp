// Being called. An offer is classified first; what it meets decides what becomes of it. No device of ours is opened
// and no track attached before this person accepts (security.md, first row); what may be prepared is in early.cpp.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

/// What an offer means where we stand.
enum class Meets {
  nothing,    ///< no call here: it rings
  same_ring,  ///< the caller repeats itself
  same_call,  ///< we accepted it already; the caller may have missed our answer
  our_loss,   ///< we call them while they call us, and theirs wins
  our_win,    ///< the same, and ours wins: they will give theirs up
  both_lose,  ///< equal ids (or a peer that copied ours)
  restarted,  ///< the person we talk with starts again: their page was reloaded
  busy,       ///< somebody else
};

bool same_id(const Call& call, const Sender& sender) { return sender.header && sender.header->call == call.id; }

Meets classify_against_own(const Call& own, const Sender& sender) {
  if (!sender.header) return Meets::our_loss;  // an old peer in a call of its own ignores our offer (rule 4)
  if (sender.header->call == own.id) return Meets::both_lose;
  return sender.header->call < own.id ? Meets::our_loss : Meets::our_win;
}

bool talks_with(const Call& call, const Sender& sender, bool lost) {
  if (call.user != sender.user || call.links.empty()) return false;
  const Link& link = call.links.front();
  return !sender.header || link.dialect == Dialect::old || link.endpoint == sender.header->from || lost;
}

struct Classify {
  const Sender& sender;
  const Offer& offer;
  Meets operator()(const Idle&) const { return Meets::nothing; }
  Meets operator()(const Ended&) const { return Meets::nothing; }
  Meets operator()(const Preparing& phase) const {
    return phase.call.chat == sender.chat ? classify_against_own(phase.call, sender) : Meets::busy;
  }
  Meets operator()(const OutRinging& phase) const {
    return phase.call.chat == sender.chat ? classify_against_own(phase.call, sender) : Meets::busy;
  }
  Meets operator()(const InRinging& phase) const {
    const Call& call = phase.call;
    if (call.chat != sender.chat || call.user != sender.user) return Meets::busy;
    if (same_id(call, sender)) return Meets::same_ring;
    // A page reloaded while it rang: the newer call takes the ring over. An old peer's call is told apart by its
    // session.
    if (!sender.header && call.session == offer.session) return Meets::same_ring;
    return Meets::restarted;
  }
  Meets operator()(const Connecting& phase) const { return in_call(phase.call, false); }
  Meets operator()(const Active& phase) const { return in_call(phase.call, false); }
  Meets operator()(const Reconnecting& phase) const { return in_call(phase.call, true); }
  Meets operator()(const Resuming& phase) const { return in_call(phase.call, true); }

 private:
  Meets in_call(const Call& call, bool lost) const {
    if (call.chat != sender.chat) return Meets::busy;
    const bool same_session = !sender.header && call.session != 0 && call.session == offer.session;
    if (same_id(call, sender) || same_session) return Meets::same_call;
    return talks_with(call, sender, lost) ? Meets::restarted : Meets::busy;
  }
};

}  // namespace

void Machine::receive(const Sender& sender, const Offer& offer) {
  if (!state_.self.can_call || state_.hidden || tab_is_busy()) return;
  if (sender.header && sender.header->to && *sender.header->to != state_.self.endpoint) return;
  if (Trace* over = over_trace(sender, offer)) {
    if (over->said) refuse(sender, *over->said, ++over->sent);  // our end was lost
    return;
  }
  const bool in_their_call = call() && call()->chat == sender.chat && !std::get_if<InRinging>(&state_.phase);
  if (is_blocked(sender.user) && !in_their_call) return;  // whom this person calls may call at the same moment
  if (offer.age >= timing::offer_too_old) {
    missed_unseen(sender, offer);
    return;
  }
  if (is_silenced(sender)) {
    refuse(sender, EndReason::declined);
    if (sender.header) {  // what was declined does not ring later, when the silence is over
      Call declined = incoming_call(sender, offer);
      declined.sent = 1;
      remember_over(declined, EndReason::declined);
    }
    return;
  }
  switch (std::visit(Classify{sender, offer}, state_.phase)) {
    case Meets::nothing:
      if (affords(sender.user, Cost::ring)) ring(sender, offer);  // else a later copy does
      return;
    case Meets::same_ring: refresh_ring(*std::get_if<InRinging>(&state_.phase), sender, offer); return;
    case Meets::same_call: {
      Call& current = *call();
      Link& link = current.links.front();
      if (current.outgoing || link.dialect != Dialect::v2 || !link.local_sent) return;
      if (is_beside(link)) {
        send(current, link, Accept{});
      } else {
        send_answer(current, link);
      }
      return;
    }
    case Meets::our_loss:
      if (affords(sender.user, Cost::description)) yield_to(sender, offer, call()->video && !offer.audio_only);
      return;
    case Meets::our_win: return;
    case Meets::both_lose: end_call(EndReason::glare, false, true); return;
    case Meets::restarted:
      if (!affords(sender.user, Cost::description)) return;
      if (std::get_if<InRinging>(&state_.phase)) {
        remember_over(*call());
        close_peers(*call());
        ring(sender, offer);
      } else {
        yield_to(sender, offer, call()->video && !offer.audio_only);
      }
      return;
    case Meets::busy:
      refuse(sender, EndReason::busy);
      missed_unseen(sender, offer);
      return;
  }
}

Call Machine::incoming_call(const Sender& sender, const Offer& offer) {
  Call call;
  call.id = sender.header ? sender.header->call : CallId{0, ++state_.old_calls};
  call.chat = sender.chat;
  call.session = sender.header ? 0 : offer.session;
  call.video = !offer.audio_only;
  call.user = sender.user;
  call.began = now_;
  const auto person = std::find_if(state_.people.begin(), state_.people.end(),
                                   [&sender](const Person& p) { return p.user == sender.user; });
  const bool known = person != state_.people.end();
  const bool own_chat = state_.self.chat == sender.chat;
  call.name = known && !person->name.text.empty() ? person->name : own_chat ? state_.self.peer_name : Secret{};
  call.avatar = known && !person->avatar.text.empty() ? person->avatar : own_chat ? state_.self.peer_avatar : Secret{};

  Link link;  // no peer yet: it is made on accept
  link.user = sender.user;
  link.dialect = sender.dialect();
  link.phase = LinkPhase::answering;
  if (sender.header) {
    link.endpoint = sender.header->from;
    if (const Trace* early = find_trace(call.id)) link.remote = early->early;
  }
  call.links.push_back(std::move(link));
  return call;
}

/// What was said against a call before it rang, or before our own start, counts no more.
void Machine::forget_refusal(CallId call) {
  const auto about_it = [call](const auto& item) { return item.message.header && item.message.header->call == call; };
  std::erase_if(state_.unacked, about_it);
  std::erase_if(state_.outbox, about_it);
}

void Machine::ring(const Sender& sender, const Offer& offer) {
  Call call = incoming_call(sender, offer);
  forget_refusal(call.id);
  if (sender.header) send(call, call.links.front(), Ringing{});
  emit(SilencePageBanner{});
  if (state_.may_ring) emit(PlayTone{Tone::ringtone});
  prepare(call, offer);
  state_.phase = InRinging{std::move(call), offer, false, now_ + timing::ring_in - offer.age, now_};
}

void Machine::refresh_ring(InRinging& ringing, const Sender& sender, const Offer& offer) {
  ringing.last_sign = now_;
  ringing.offer = offer;
  if (sender.header) send(ringing.call, ringing.call.links.front(), Ringing{});
}

void Machine::on(const AcceptRequested& event) {
  auto* ringing = std::get_if<InRinging>(&state_.phase);
  if (!ringing) return;
  budget_of(*ringing->call.user).rings = {};  // whoever is answered may call as often as they like
  if (ringing->call.group) {
    accept_group(event.video);
    return;
  }
  const Offer offer = std::move(ringing->offer);
  Call taken = take_call();
  taken.video = event.video && !offer.audio_only;
  tell_tabs(TabNews::accepted, taken);
  emit(StopTone{});
  open_media(taken, true, taken.video);
  if (!accept_prepared(taken, offer)) accept(std::move(taken), offer);
}

/// Applies the offer; the answer follows as soon as the browser has made it and does not wait for the devices.
void Machine::accept(Call taken, const Offer& offer) {
  Link& link = taken.links.front();
  link.peer = PeerId{fresh_handle()};
  link.camera_line = !offer.audio_only;
  emit(CreatePeer{link.peer, false, taken.video});
  if (link.dialect == Dialect::v2) emit(OpenChannel{link.peer});
  emit(ApplyRemote{link.peer, DescriptionKind::offer, offer.sdp});
  state_.phase = Connecting{std::move(taken), now_ + timing::connect};
}

/// Our own call, or the call that we had with this person, gives way to theirs: no second ring, the devices stay open.
void Machine::yield_to(const Sender& sender, const Offer& offer, bool video) {
  Call old = take_call();
  drop_held(old.id);
  // Whoever heard of our call before must not ring for it. An old peer would take the end for its own call's.
  const bool told = old.outgoing && sender.header && !old.links.empty() && old.links.front().local_sent;
  if (told) send(old, old.links.front(), End{EndReason::glare});
  remember_over(old, told ? std::optional(EndReason::glare) : std::nullopt);
  emit(StopTone{});
  for (const auto& link : old.links) emit(ClosePeer{link.peer});
  Call next = incoming_call(sender, offer);
  forget_refusal(next.id);
  next.video = video;
  next.media = old.media;
  // A camera that is still opening is closed when it is there: the browser gives both devices or none.
  if (!video && next.media.camera != DeviceState::opening && next.media.camera != DeviceState::closed) {
    if (next.media.camera == DeviceState::on) emit(CloseCamera{});
    next.media.camera = DeviceState::closed;
  }
  accept(std::move(next), offer);
}

void Machine::refuse(const Sender& sender, EndReason reason, std::uint32_t seq) {
  // An `end` without addressee would end an old peer's call with somebody else in the same chat (protocol.md, v2 in
  // groups).
  if (!sender.header && call() && call()->chat == sender.chat) return;
  std::optional<Header> header;
  if (sender.header) header = Header{sender.header->call, state_.self.endpoint, sender.header->from, seq};
  send(SendMessage{sender.chat, header, End{reason}});
}

void Machine::on(const DeclineRequested&) {
  const auto* ringing = std::get_if<InRinging>(&state_.phase);
  if (!ringing) return;
  note_decline(ringing->call.chat, *ringing->call.user);
  tell_tabs(TabNews::declined, ringing->call);
  end_call(EndReason::declined, false, true);
}

void Machine::on(const RingMuted&) {
  auto* ringing = std::get_if<InRinging>(&state_.phase);
  if (!ringing || ringing->muted) return;
  ringing->muted = true;
  tell_tabs(TabNews::ring_muted, ringing->call);
  emit(StopTone{});
}

}  // namespace odnix::core
