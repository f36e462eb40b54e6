// One link per pair of pages. The page with the smaller id offers; a link without a path is made anew, by a fresh
// connection, until 30 s are over; then that one is let go and the others go on.
#include <algorithm>

#include "core/bounded.hpp"
#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_departed = 16;

}  // namespace

void Machine::depart(Group& group, const Departed& gone) {
  std::erase_if(group.departed, [&gone](const Departed& before) { return before.is(gone.page, gone.user); });
  make_room(group.departed, max_departed);
  group.departed.push_back(gone);
}

Link* Machine::link_with(Call& call, EndpointId endpoint) {
  const auto found =
      std::find_if(call.links.begin(), call.links.end(), [&](const Link& link) { return link.endpoint == endpoint; });
  return found == call.links.end() ? nullptr : &*found;
}

/// A link with somebody who was not there before; nullptr if the call is full. The devices were opened by this person's
/// own press: only pages that are in the call get here.
Link* Machine::meet(Call& current, const Sender& sender, std::uint32_t since) {
  if (current.links.size() + 1 >= max_attendees) return nullptr;
  const EndpointId from = sender.header->from;
  std::erase_if(current.group->departed, [&](const Departed& gone) { return gone.is(from, sender.user); });
  Link link;
  link.user = sender.user;
  link.endpoint = from;
  link.dialect = Dialect::v2;
  link.phase = LinkPhase::answering;
  link.mesh = GroupLink{since, 0, now_, now_ + timing::link_retry};
  current.links.push_back(std::move(link));
  const TimePoint patience = now_ + timing::connect + timing::link_retry;  // the link's own ends before
  if (auto* connecting = std::get_if<Connecting>(&state_.phase)) connecting->give_up_at = patience;
  if (auto* lost = std::get_if<Reconnecting>(&state_.phase)) lost->give_up_at = patience;
  if (offers_to(from)) dial(current.links.back());
  return &current.links.back();
}

/// A fresh connection and offer. Whatever the last one said is worth nothing now.
void Machine::dial(Link& link) {
  Call& current = *call();
  drop_words(current.id, *link.endpoint);
  enter_round(link, ++current.sent);
  link.peer = PeerId{fresh_handle()};
  link.phase = LinkPhase::offering;
  link.mesh->retry_at = now_ + timing::link_retry;
  emit(CreatePeer{link.peer, true, true});
  if (has_tracks(current.media)) emit(AttachMedia{link.peer});
  emit(CreateOffer{link.peer, false});
}

/// A larger round begins: connection and descriptions of the last one are gone.
void Machine::enter_round(Link& link, std::uint32_t round) {
  if (round <= link.mesh->round) return;
  if (link.peer.value != 0) emit(ClosePeer{link.peer});
  Link next;
  next.user = link.user;
  next.endpoint = link.endpoint;
  next.dialect = Dialect::v2;
  next.phase = LinkPhase::answering;
  next.remote_media = link.remote_media;
  next.media_told = link.media_told;
  next.mesh = link.mesh;
  next.mesh->round = round;
  if (!next.mesh->pathless_since) next.mesh->pathless_since = now_;
  next.mesh->retry_at = now_ + timing::link_retry;
  link = std::move(next);
}

void Machine::retry(Call& current, Link& link) {
  link.mesh->retry_at = now_ + timing::link_retry;
  if (offers_to(*link.endpoint)) {
    dial(link);
  } else {
    send_join(current, *link.endpoint, link.mesh->round);
  }
}

void Machine::drop_link(Call& current, EndpointId endpoint) {
  const Link* link = link_with(current, endpoint);
  if (!link) return;
  if (link->peer.value != 0) emit(ClosePeer{link->peer});
  drop_words(current.id, endpoint);
  std::erase_if(current.links, [&](const Link& other) { return other.endpoint == endpoint; });
}

/// The phase says how the best link is.
void Machine::settle_group() {
  const Call& current = *call();
  const bool together = std::any_of(current.links.begin(), current.links.end(),
                                    [](const Link& link) { return !link.mesh->pathless_since; });
  if (together && !std::get_if<Active>(&state_.phase)) {
    Call taken = take_call();
    if (!taken.connected_at) taken.connected_at = now_;
    state_.phase = Active{std::move(taken)};
  } else if (!together && std::get_if<Active>(&state_.phase)) {
    state_.phase = Reconnecting{take_call(), now_, now_ + timing::reconnect + timing::link_retry};
  }
}

/// What peers report, where it means something else in a group. True if that was all.
bool Machine::group_takes(const Event& event) {
  Call* current = group_call();
  if (!current) return false;
  if (const auto* made = std::get_if<LocalDescriptionReady>(&event)) {
    Link* link = link_of(made->peer);
    if (!link) return true;
    link->local = made->sdp;
    link->local_sent = true;
    if (made->kind == DescriptionKind::answer) link->phase = LinkPhase::connecting;
    send_to(*current, *link->endpoint, LinkDescription{made->kind, made->sdp, link->gathered, link->mesh->round});
    return true;
  }
  if (const auto* refused = std::get_if<DescriptionFailed>(&event)) {
    group_link_refused(refused->peer);
  } else if (const auto* failed = std::get_if<PeerFailed>(&event)) {
    group_link_refused(failed->peer);
  } else if (const auto* changed = std::get_if<ConnectionChanged>(&event)) {
    group_path(*changed);
  } else {
    return false;
  }
  return true;
}

/// The browser will not have this connection: the next attempt gets another.
void Machine::group_link_refused(PeerId peer) {
  Link* link = link_of(peer);
  if (!link) return;
  group_link_failed(peer);
  emit(ClosePeer{peer});
  link = link_of(peer);
  link->peer = {};
  link->phase = LinkPhase::answering;
  link->remote_applied = false;
}

/// It is tried again; the others do not notice.
void Machine::group_link_failed(PeerId peer) {
  Link* link = link_of(peer);
  if (!link) return;
  if (!link->mesh->pathless_since) link->mesh->pathless_since = now_;
  link->phase = LinkPhase::restarting;
  link->mesh->retry_at = now_ + timing::first_repeat;
  settle_group();
}

void Machine::group_path(const ConnectionChanged& event) {
  Link* link = link_of(event.peer);
  if (!link) return;
  if (says_failed(event)) {
    group_link_failed(event.peer);
  } else if (says_lost(event) && !link->mesh->pathless_since) {
    link->mesh->pathless_since = now_;
    link->mesh->retry_at = now_ + timing::link_wobble;
    link->phase = LinkPhase::restarting;
    settle_group();
  } else if (event.connection == ConnectionState::connected) {
    link->mesh->pathless_since.reset();
    link->phase = LinkPhase::connected;
    tell_media(*call(), *link);
    settle_group();
  }
}

void Machine::group_time_passed() {
  if (state_.ongoing && state_.ongoing->until <= now_) state_.ongoing.reset();
  Call* current = group_call();
  if (!current) return;
  if (current->group->note && current->group->note->until <= now_) current->group->note.reset();
  if (!attends()) return;
  std::vector<EndpointId> lost;
  for (auto& link : current->links) {
    if (!link.mesh->pathless_since) continue;
    if (*link.mesh->pathless_since + timing::reconnect <= now_) {
      lost.push_back(*link.endpoint);
    } else if (link.mesh->retry_at <= now_) {
      retry(*current, link);
    }
  }
  for (const EndpointId endpoint : lost) {
    const UserId user = *link_with(*current, endpoint)->user;
    note_in_group(*current->group, GroupNews::lost, user);
    drop_link(*current, endpoint);
    send_to(*current, endpoint, Leave{EndReason::connection_failed, false});
    depart(*current->group, {endpoint, user, 0, now_ + timing::departed});
  }
  if (!lost.empty() && current->links.empty()) {
    end_call(EndReason::connection_failed, false, true);
  } else if (current->group->announce_at <= now_) {
    current->group->announce_at = now_ + timing::announce;
    if (speaks_for_all(*current)) send_invite(*current);
  }
}

std::optional<TimePoint> group_deadline(const State& state) {
  const Call* call = call_of(state.phase);
  if (!call || !call->group) return {};
  std::optional<TimePoint> earliest;
  const auto keep = [&](TimePoint time) { earliest = earliest ? std::min(*earliest, time) : time; };
  if (call->group->note) keep(call->group->note->until);
  if (call->group->since == 0) return earliest;
  keep(call->group->announce_at);
  for (const auto& link : call->links) {
    if (!link.mesh->pathless_since) continue;
    keep(link.mesh->retry_at);
    keep(*link.mesh->pathless_since + timing::reconnect);
  }
  return earliest;
}

}  // namespace odnix::core
