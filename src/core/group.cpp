// A group's call: entering it and leaving it. Nobody owns the call. Who starts it invites the chat, whoever enters says
// so to everybody, and each pair makes a link of its own (docs/call-rules.md, "Groups").
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {

bool Machine::is_group(ChatId chat) const { return state_.self.group && state_.self.chat == chat; }

Call* Machine::group_call() {
  Call* current = call();
  return current && current->group ? current : nullptr;
}

/// In the call by this person's own press, with others or about to meet them.
bool Machine::attends() const {
  return std::get_if<Connecting>(&state_.phase) || std::get_if<Active>(&state_.phase) ||
         std::get_if<Reconnecting>(&state_.phase);
}

/// Pictures are always possible in a group, so that a camera can be switched on without a word to anybody.
Call Machine::group_call_of(CallId id, bool audio_only, std::optional<UserId> user, TimePoint began) const {
  Call call;
  call.id = id;
  call.chat = *state_.self.chat;
  call.video = true;
  call.user = user;
  call.name = state_.self.peer_name;
  call.avatar = state_.self.peer_avatar;
  call.began = began;
  call.sent = state_.group_sent;
  call.group.emplace();
  call.group->audio_only = audio_only;
  return call;
}

void Machine::start_group(CallId fresh, bool video) {
  if (state_.ongoing && state_.ongoing->until > now_) {
    const Ongoing& there = *state_.ongoing;
    Call call = group_call_of(there.id, there.audio_only, there.user, there.began);
    open_media(call, true, video);
    enter_group(std::move(call));
    return;
  }
  Call call = group_call_of(fresh, !video, std::nullopt, now_);
  call.outgoing = true;
  open_media(call, true, video);
  state_.phase = Preparing{std::move(call)};
}

void Machine::ring_group(const Sender& sender, const Invite& invite) {
  Call call = group_call_of(sender.header->call, invite.audio_only, sender.user, now_ - invite.age);
  const bool moves = std::get_if<InRinging>(&state_.phase) != nullptr;  // of two calls that ring at once one remains
  const bool muted = moves && std::get_if<InRinging>(&state_.phase)->muted;
  send(SendMessage{call.chat, Header{call.id, state_.self.endpoint, sender.header->from, 0}, Ringing{}});
  if (!moves) {
    emit(SilencePageBanner{});
    if (state_.may_ring) emit(PlayTone{Tone::ringtone});
  }
  Offer offer;
  offer.audio_only = invite.audio_only;
  offer.age = invite.age;
  state_.phase = InRinging{std::move(call), std::move(offer), muted, now_ + timing::ring_in - invite.age, now_};
}

void Machine::accept_group(bool video) {
  Call taken = take_call();
  tell_tabs(TabNews::accepted, taken);
  emit(StopTone{});
  open_media(taken, true, video && !taken.group->audio_only);
  enter_group(std::move(taken));
}

/// In: from now on this page answers to the others. Devices may still be opening; tracks follow.
void Machine::enter_group(Call call) {
  std::erase_if(state_.unacked, [&](const Unacked& item) { return item.message.header->call == call.id; });
  std::erase_if(state_.outbox, [&](const Held& held) {  // "I left" of an earlier stay must not come after "I am here"
    return held.message.header && held.message.header->call == call.id;
  });
  call.group->since = call.sent + 1;
  call.group->announce_at = now_ + timing::announce;
  const MediaState media = media_of(call);
  cast(call, Join{media, call.group->since, 0});
  state_.phase = Connecting{std::move(call), now_ + timing::connect};
}

/// Somebody is there: the ring is over, the call has begun.
void Machine::begin_meeting() {
  if (!std::get_if<OutRinging>(&state_.phase)) return;
  emit(StopTone{});
  Call taken = take_call();
  taken.group->since = taken.sent + 1;
  taken.group->announce_at = now_ + timing::announce;
  state_.phase = Connecting{std::move(taken), now_ + timing::connect};
}

/// Two calls began at once in one chat: the smaller id stays, and whoever is in the other moves over with open devices.
void Machine::move_to(const Sender& sender, const Invite& invite) {
  const bool known = !std::get_if<Preparing>(&state_.phase);
  Call taken = take_call();
  if (known) say_leave(taken, EndReason::replaced);
  drop_held(taken.id);
  remember_over(taken);
  for (const auto& link : taken.links) {
    if (link.peer.value != 0) emit(ClosePeer{link.peer});
  }
  emit(StopTone{});
  Call next = group_call_of(sender.header->call, invite.audio_only, sender.user, now_ - invite.age);
  next.media = taken.media;
  next.playback_blocked = taken.playback_blocked;
  next.sent = taken.sent;
  enter_group(std::move(next));
}

/// The last word in a call. To everybody, because those it rings for should know when nobody is left.
void Machine::say_leave(Call& call, EndReason reason) {
  const bool attended = call.group->since != 0;
  const bool others = !call.links.empty();
  const bool over = !others && (attended || call.outgoing);
  // "Full" and "all declined" were said to this page, not by it.
  if (reason == EndReason::full) reason = EndReason::hangup;
  if (call.outgoing && (reason == EndReason::declined || reason == EndReason::busy)) reason = EndReason::cancelled;
  cast(call, Leave{reason, over});
  state_.group_sent = call.sent;
  if (reason == EndReason::replaced) return;
  if (attended && others) {  // the person may come back
    state_.ongoing =
        Ongoing{call.id, *call.links.front().user, call.group->audio_only, call.began, now_ + timing::forget_ongoing};
  } else if (over && state_.ongoing && state_.ongoing->id == call.id) {
    state_.ongoing.reset();
  }
}

void Machine::note_in_group(Group& group, GroupNews news, UserId user) {
  group.note = GroupNote{news, user, now_ + timing::group_note};
}

}  // namespace odnix::core
