// Every call ends here: the other side is told, everything of the call is closed, and the reason is shown.
#include "core/machine.hpp"

namespace odnix::core {
namespace {

bool is_ordinary(EndReason reason) {
  switch (reason) {
    case EndReason::hangup:
    case EndReason::cancelled:
    case EndReason::answered_elsewhere:
    case EndReason::declined_elsewhere:
    case EndReason::glare:
    case EndReason::replaced: return true;
    case EndReason::declined:
    case EndReason::busy:
    case EndReason::timeout:
    case EndReason::media_failed:
    case EndReason::connection_failed:
    case EndReason::error:
    case EndReason::full: return false;
  }
  return false;
}

bool was_accepted(const Phase& phase) {
  return std::get_if<Connecting>(&phase) || std::get_if<Active>(&phase) || std::get_if<Reconnecting>(&phase) ||
         std::get_if<Resuming>(&phase);
}

Ended summary(const Call& call, TimePoint now) {
  Ended ended;
  ended.id = call.id;
  ended.chat = call.chat;
  ended.outgoing = call.outgoing;
  ended.video = call.group ? !call.group->audio_only : call.video;
  ended.user = call.user;
  ended.name = call.name;
  ended.avatar = call.avatar;
  if (call.connected_at) ended.talked = now - *call.connected_at;
  return ended;
}

}  // namespace

void Machine::close_everything(const Call& call) {
  close_peers(call);
  emit(CloseMedia{});
}

void Machine::end_call(EndReason reason, bool by_remote, bool tell, std::optional<MediaError> media_error) {
  const bool accepted = was_accepted(state_.phase);
  const bool incoming_ring = std::get_if<InRinging>(&state_.phase) != nullptr;
  const auto* resuming = std::get_if<Resuming>(&state_.phase);
  const bool left = resuming && !resuming->returning && resuming->met.text.empty();
  Call over = take_call();
  drop_held(over.id);
  state_.claims.clear();
  if (tell && over.group) {
    say_leave(over, reason);
  } else if (tell) {
    for (const auto& link : over.links) {
      if (&link != &over.links.front()) continue;  // an early connection's page is told with the others
      const bool they_know_of_it = link.local_sent || !over.outgoing || over.connected_at;
      if (they_know_of_it) send(over, link, End{reason});
    }
  }
  close_everything(over);
  if (incoming_ring && (reason == EndReason::timeout || reason == EndReason::cancelled)) {
    tell_missed(over, now_ - over.began);
  }
  remember_over(over, tell ? std::optional(reason) : std::nullopt);

  Ended ended = summary(over, now_);
  ended.reason = reason;
  ended.by_remote = by_remote;
  ended.accepted = accepted;
  ended.media_error = media_error;
  ended.left = left;
  const bool missed = incoming_ring && reason != EndReason::declined;
  const bool brief = !missed && (is_ordinary(reason) || !(by_remote || over.outgoing || accepted));
  ended.until = now_ + (brief ? timing::notice_short : timing::notice_long);
  if (reason == EndReason::busy) {
    emit(PlayTone{Tone::busy});
  } else if (accepted || (by_remote && !incoming_ring)) {
    emit(PlayTone{Tone::ended});
  } else {
    emit(StopTone{});
  }
  state_.phase = std::move(ended);
}

void Machine::repeat_end(const Sender& sender) {
  const bool for_us = sender.header && sender.header->to == state_.self.endpoint;
  Trace* over = for_us ? find_trace(sender.header->call) : nullptr;
  // What the other side's first device ended, its second must hear from us: the server keeps them apart.
  if (over && over->over) refuse(sender, over->said.value_or(EndReason::declined_elsewhere), ++over->sent);
}

void Machine::receive(const Sender& sender, const End& end) {
  Call* current = call();
  if (!current || !is(*current, sender)) {
    // It may have overtaken its offer: a call that was hung up must not ring when the offer comes.
    if (sender.header && !(sender.header->to && *sender.header->to != state_.self.endpoint)) {
      trace(sender.header->call).over = true;
    }
    return;
  }
  const auto& link = current->links.front();
  // While we ring at everybody, or talk with one, another device's "no" is only about itself. Their next page speaks
  // for them: it may hang up, or crash, before we have looked at its proof.
  const bool last_word = end.reason == EndReason::hangup || end.reason == EndReason::error;
  const bool next_page = std::get_if<Resuming>(&state_.phase) && sender.user == current->user && last_word;
  if (sender.header && link.endpoint && *link.endpoint != sender.header->from && !next_page) return;
  EndReason reason = end.reason;
  if (!sender.header && reason == EndReason::hangup) {
    // An old peer's end says nothing: what it means follows from where we stand.
    if (std::get_if<OutRinging>(&state_.phase)) reason = EndReason::declined;
    if (std::get_if<InRinging>(&state_.phase)) reason = EndReason::cancelled;
  }
  if (std::get_if<Preparing>(&state_.phase)) return;  // nobody has heard of this call yet
  if (std::get_if<OutRinging>(&state_.phase)) {
    // One device spoke for its person. Their other devices must not ring on, and only we can tell them.
    send(*current, link, End{EndReason::declined_elsewhere});
  }
  end_call(reason, true, false);
}

/// The caller took somebody's answer. If it was not ours, another device of this person has the call.
void Machine::receive(const Sender& sender, const Select& select) {
  const Call* current = call();
  if (!current || current->outgoing || !is(*current, sender) || sender.user != current->user) return;
  if (select.chosen == state_.self.endpoint) return;
  if (std::get_if<InRinging>(&state_.phase) || std::get_if<Connecting>(&state_.phase)) {
    end_call(EndReason::answered_elsewhere, true, false);
  }
}

/// A ring that another tab of this browser has dealt with: the person saw what became of it there.
void Machine::vanish() {
  remember_over(*call());
  close_peers(*call());
  emit(StopTone{});
  state_.phase = Idle{};
}

void Machine::on(const HangUpRequested&) {
  Call* current = call();
  if (!current) {
    if (std::get_if<Ended>(&state_.phase)) state_.phase = Idle{};
    return;
  }
  if (std::get_if<InRinging>(&state_.phase)) {
    on(DeclineRequested{});
    return;
  }
  if (std::get_if<Preparing>(&state_.phase)) {  // nobody has heard of it: no trace remains
    close_everything(*current);
    emit(StopTone{});
    state_.phase = Idle{};
    return;
  }
  if (current->media.asks_listen_only) {
    end_call(EndReason::media_failed, false, true, current->media.microphone_error);
    return;
  }
  end_call(std::get_if<OutRinging>(&state_.phase) ? EndReason::cancelled : EndReason::hangup, false, true);
}

void Machine::on(const NoticeDismissed&) {
  if (std::get_if<Ended>(&state_.phase)) {
    emit(StopTone{});
    state_.phase = Idle{};
  }
}

}  // namespace odnix::core
