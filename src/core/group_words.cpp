// What is said in a group's chat. Everything goes inside webrtc.ringing, which old clients neither see nor answer; what
// they say themselves is not for us: an answer to one of them would reach all of them.
#include <algorithm>

#include "core/bounded.hpp"
#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_refused = 16;

bool names(const Invite& invite, EndpointId page) {
  return std::any_of(invite.people.begin(), invite.people.end(), [page](const Attendee& a) { return a.page == page; });
}

bool names(const Invite& invite, UserId user) {
  return std::any_of(invite.people.begin(), invite.people.end(), [user](const Attendee& a) { return a.user == user; });
}

bool in_meeting(const Link& link) { return link.mesh && !link.mesh->pathless_since; }

}  // namespace

// ---- saying ----

/// One message for everybody; those we are linked with acknowledge it, or hear it again by name.
void Machine::cast(Call& call, const Signal& signal) {
  SendMessage message{call.chat, Header{call.id, state_.self.endpoint, std::nullopt, ++call.sent}, signal};
  for (const auto& link : call.links) {
    make_room(state_.unacked, 64);
    state_.unacked.push_back({message, now_ + timing::first_repeat, 0});
    state_.unacked.back().message.header->to = link.endpoint;
  }
  send(std::move(message));
}

void Machine::send_to(Call& call, EndpointId to, Signal signal) {
  send(SendMessage{call.chat, Header{call.id, state_.self.endpoint, to, ++call.sent}, std::move(signal)});
}

void Machine::send_join(Call& call, EndpointId to, std::uint32_t redo) {
  const MediaState media = media_of(call);
  send_to(call, to, Join{media, call.group->since, redo});
}

void Machine::drop_words(CallId call, EndpointId to) {
  std::erase_if(state_.unacked, [&](const Unacked& item) {
    return item.message.header->call == call && item.message.header->to == to;
  });
}

bool Machine::is_cast_to_us(const Header& header) {
  Call* current = group_call();
  return current && current->id == header.call && !header.to && link_with(*current, header.from);
}

void Machine::send_invite(Call& call) {
  call.group->announced_at = now_;
  call.group->announce_at = now_ + timing::announce;
  if (!is_open(state_, call.chat)) return;
  Invite invite{call.group->audio_only, now_ - call.began, {{state_.self.endpoint, state_.self.user}}};
  for (const auto& link : call.links) invite.people.push_back({*link.endpoint, *link.user});
  send(SendMessage{call.chat, Header{call.id, state_.self.endpoint, std::nullopt, ++call.sent}, std::move(invite)});
}

/// One page announces for all: the smallest id among those who certainly are there.
bool Machine::speaks_for_all(const Call& call, std::optional<UserId> but) const {
  return std::all_of(call.links.begin(), call.links.end(), [&](const Link& link) {
    return !in_meeting(link) || link.user == but || state_.self.endpoint < *link.endpoint;
  });
}

void Machine::announce_soon() {
  const TimePoint soon = std::max(now_, call()->group->announced_at + timing::offer_on_ready);
  if (auto* ringing = std::get_if<OutRinging>(&state_.phase)) {
    ringing->next_offer_at =
        std::min(ringing->next_offer_at, std::max(now_, ringing->last_offer_at + timing::offer_on_ready));
  } else {
    call()->group->announce_at = std::min(call()->group->announce_at, soon);
  }
}

/// Who opened this chat asks what goes on; who is in a call catches up.
void Machine::group_socket_opened(ChatId chat) {
  if (!is_group(chat)) return;
  Call* current = group_call();
  send(SendMessage{chat, Header{CallId{state_.self.endpoint.value, 0}, state_.self.endpoint, {}, 0}, Ready{}});
  if (current && attends() && speaks_for_all(*current)) announce_soon();
}

// ---- hearing ----

void Machine::group_receive(const Sender& sender, const Signal& signal) {
  if (!sender.header || (sender.header->to && *sender.header->to != state_.self.endpoint)) return;
  if (!state_.self.can_call || state_.hidden) return;
  const bool ours = call() && call()->group && call()->id == sender.header->call;
  if (const auto* ack = std::get_if<Ack>(&signal)) {
    receive(sender, *ack);
  } else if (const auto* invite = std::get_if<Invite>(&signal)) {
    group_heard(sender, *invite);
  } else if (const auto* leave = std::get_if<Leave>(&signal)) {
    group_heard(sender, *leave);
  } else if (std::get_if<Ready>(&signal)) {
    if (!group_call()) return;
    const bool mine = std::get_if<OutRinging>(&state_.phase) || (attends() && speaks_for_all(*call()));
    if (mine) announce_soon();
  } else if (!ours || std::get_if<Preparing>(&state_.phase) || std::get_if<InRinging>(&state_.phase)) {
    return;
  } else if (const auto* join = std::get_if<Join>(&signal)) {
    group_heard(sender, *join);
  } else if (const auto* description = std::get_if<LinkDescription>(&signal)) {
    group_heard(sender, *description);
  } else if (const auto* candidates = std::get_if<Candidates>(&signal)) {
    group_heard(sender, *candidates);
  } else if (const auto* media = std::get_if<MediaState>(&signal)) {
    if (Link* link = link_with(*call(), sender.header->from); link && is_newest(*link, sender))
      link->remote_media = *media;
  } else if (auto* ringing = std::get_if<OutRinging>(&state_.phase); ringing && std::get_if<Ringing>(&signal)) {
    ringing->rings_there = true;
  }
}

void Machine::group_heard(const Sender& sender, const Invite& invite) {
  const CallId id = sender.header->call;
  const bool own_user_is_in = names(invite, state_.self.user);
  Call* current = call();
  if (current && current->group && current->id == id) {
    if (auto* ringing = std::get_if<InRinging>(&state_.phase)) {
      ringing->last_sign = now_;
      if (own_user_is_in) end_call(EndReason::answered_elsewhere, true, false);
    } else {
      catch_up(sender, invite);
    }
    return;
  }
  if (!state_.ongoing || state_.ongoing->until <= now_ || !(state_.ongoing->id < id)) {
    state_.ongoing = Ongoing{id, sender.user, invite.audio_only, now_ - invite.age, now_ + timing::forget_ongoing};
  }
  const Trace* known = find_trace(id);
  const bool quiet = own_user_is_in || invite.age >= timing::offer_too_old || (known && known->over) || tab_is_busy() ||
                     is_silenced(sender) || is_blocked(sender.user);
  if (!current) {
    if (!quiet && affords(sender.user, Cost::ring)) ring_group(sender, invite);
  } else if (!current->group) {  // a call with somebody in another chat: one word, and no ring later
    if (quiet) return;
    trace(id).over = true;
    send(SendMessage{sender.chat, Header{id, state_.self.endpoint, std::nullopt, ++state_.group_sent},
                     Leave{EndReason::busy, false}});
  } else if (std::get_if<InRinging>(&state_.phase)) {
    if (id < current->id && !quiet) ring_group(sender, invite);
  } else if (std::get_if<Preparing>(&state_.phase) || id < current->id) {
    if (!is_blocked(sender.user) && affords(sender.user, Cost::description)) move_to(sender, invite);
  } else {
    announce_soon();  // theirs gives way as soon as they know of ours
  }
}

/// Whoever an announcement names and we have no link with may have missed us: they are told. So everybody finds
/// everybody.
void Machine::catch_up(const Sender& sender, const Invite& invite) {
  begin_meeting();
  Call& current = *call();
  const auto strange = [&](const Attendee& other) {
    return other.user != state_.self.user && !link_with(current, other.page);
  };
  if (std::any_of(invite.people.begin(), invite.people.end(), strange) && !affords(sender.user, Cost::description))
    return;  // names that somebody makes up are not all greeted
  for (const Attendee& other : invite.people) {
    if (!strange(other)) continue;
    const bool gone =
        std::any_of(current.group->departed.begin(), current.group->departed.end(), [&](const Departed& d) {
          return d.is(other.page, other.user) && d.until > now_ && other.page != sender.header->from;
        });
    if (!gone) send_join(current, other.page);
  }
  const Link* announcer = link_with(current, sender.header->from);
  if (announcer && !names(invite, state_.self.endpoint)) send_join(current, sender.header->from);
}

void Machine::group_heard(const Sender& sender, const Join& join) {
  const EndpointId from = sender.header->from;
  if (sender.user == state_.self.user) return;
  begin_meeting();
  Call& current = *call();
  for (const Departed& gone : current.group->departed) {
    // Said before it left. After a link was given up by word both go on in the call, and may meet again.
    if (gone.is(from, sender.user) && sender.header->seq <= gone.seq) return;
  }
  Link* link = link_with(current, from);
  const bool again = link && (link->mesh->since == 0 || join.since <= link->mesh->since) && join.redo == 0;
  if (!again && !affords(sender.user, Cost::description)) return;
  if (link && link->mesh->since == 0) link->mesh->since = join.since;
  if (link && join.since < link->mesh->since) return;
  if (link && join.since > link->mesh->since) {  // it was away: nothing of the old link counts
    drop_link(current, from);
    link = nullptr;
  }
  const bool fresh = link == nullptr;
  if (fresh) {
    if (join.redo != 0) return;
    link = meet(current, sender, join.since);
    if (!link) {
      send_to(current, from, Leave{EndReason::full, false});
      return;
    }
    note_in_group(*current.group, GroupNews::joined, sender.user);
    if (speaks_for_all(current, sender.user)) announce_soon();  // that person's other devices stop ringing
  } else if (join.redo != 0 && offers_to(from) && link->mesh->round == join.redo) {
    dial(*link);
  }
  if (is_newest(*link, sender)) link->remote_media = join.media;
  if (fresh || !sender.header->to) send_join(current, from);
  settle_group();
}

void Machine::group_heard(const Sender& sender, const Leave& leave) {
  const CallId id = sender.header->call;
  if (leave.over && state_.ongoing && state_.ongoing->id == id) state_.ongoing.reset();
  Call* current = group_call();
  if (!current || current->id != id) {
    if (leave.over && leave.reason != EndReason::replaced) trace(id).over = true;  // its invitations may come late
    return;
  }
  if (std::get_if<InRinging>(&state_.phase)) {
    // Who moves to another call rings on from there.
    if (leave.over && leave.reason != EndReason::replaced) end_call(EndReason::cancelled, true, false);
    return;
  }
  if (leave.reason == EndReason::declined || leave.reason == EndReason::busy) {
    const bool declined = leave.reason == EndReason::declined;
    auto& refused = current->group->refused;
    note_in_group(*current->group, declined ? GroupNews::declined : GroupNews::busy, sender.user);
    if (std::find(refused.begin(), refused.end(), sender.user) == refused.end()) {
      make_room(refused, max_refused);
      refused.push_back(sender.user);
    }
    const auto& members = state_.self.members;
    const bool by_all = !members.empty() && std::all_of(members.begin(), members.end(), [&](const Member& member) {
      return member.user == state_.self.user || std::find(refused.begin(), refused.end(), member.user) != refused.end();
    });
    if (by_all && std::get_if<OutRinging>(&state_.phase)) end_call(leave.reason, true, true);
    return;
  }
  // Who has a path to somebody is in: a single word does not send them out.
  const bool enters =
      std::get_if<Connecting>(&state_.phase) && std::none_of(current->links.begin(), current->links.end(), in_meeting);
  if (leave.reason == EndReason::full && sender.header->to && enters) {
    end_call(EndReason::full, true, true);
    return;
  }
  if (attends()) left(*current, sender, leave);
}

void Machine::left(Call& current, const Sender& sender, const Leave& leave) {
  const EndpointId from = sender.header->from;
  const Link* link = link_with(current, from);
  if (link && sender.header->seq < link->mesh->since) return;  // of an earlier stay
  depart(*current.group, {from, sender.user, sender.header->seq, now_ + timing::departed});
  const bool lost = leave.reason == EndReason::connection_failed;
  if (link) note_in_group(*current.group, lost ? GroupNews::lost : GroupNews::left, sender.user);
  const bool was_linked = link != nullptr;
  drop_link(current, from);
  if (current.links.empty() && leave.reason != EndReason::replaced && (was_linked || leave.over)) {
    end_call(lost ? EndReason::connection_failed : EndReason::hangup, true, true);
    return;
  }
  settle_group();
}

void Machine::group_heard(const Sender& sender, const LinkDescription& description) {
  const EndpointId from = sender.header->from;
  const bool offer = description.kind == DescriptionKind::offer;
  if (offer == offers_to(from)) return;  // never both
  begin_meeting();
  Call& current = *call();
  Link* link = link_with(current, from);
  if (!offer) {
    if (!link || link->phase != LinkPhase::offering || link->mesh->round != description.round) return;
    link->phase = LinkPhase::connecting;
    emit(ApplyRemote{link->peer, DescriptionKind::answer, description.sdp});
    return;
  }
  if (!link) {
    for (const Departed& gone : current.group->departed) {
      if (gone.is(from, sender.user) && (gone.until > now_ || description.round <= gone.seq)) return;
    }
    link = meet(current, sender, 0);  // its word of joining was lost
  }
  if (!link || description.round < link->mesh->round) return;
  const bool copy = description.round == link->mesh->round && link->peer.value != 0;
  if (copy || !affords(sender.user, Cost::description)) return;
  enter_round(*link, description.round);
  link->peer = PeerId{fresh_handle()};
  emit(CreatePeer{link->peer, false, true});
  emit(ApplyRemote{link->peer, DescriptionKind::offer, description.sdp});
  settle_group();
}

void Machine::group_heard(const Sender& sender, const Candidates& candidates) {
  Link* link = link_with(*call(), sender.header->from);
  if (!link) return;
  if (!offers_to(sender.header->from) && candidates.round > link->mesh->round) enter_round(*link, candidates.round);
  if (candidates.round == link->mesh->round) add_remote_candidates(*link, candidates);
  settle_group();
}

}  // namespace odnix::core
