// A call ends with the reason that made it end: said to the other side, and shown to the person.
#include <algorithm>

#include "core/describe.hpp"
#include "core/timing.hpp"
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

using core::EndReason;

template <class Phase>
bool was(const Before& before) {
  return before.phase == core::Phase{Phase{}}.index();
}

bool was_accepted(const Before& before) {
  return was<core::Connecting>(before) || was<core::Active>(before) || was<core::Reconnecting>(before) ||
         was<core::Resuming>(before);
}

template <class Signal>
const Signal* heard(const core::Event& event) {
  if (const auto* said = std::get_if<core::ChannelMessage>(&event)) return std::get_if<Signal>(&said->signal);
  const auto* message = std::get_if<core::MessageReceived>(&event);
  return message ? std::get_if<Signal>(&message->signal) : nullptr;
}

}  // namespace

/// Why the page's own end of a call in this step is not true; empty if it is.
std::string_view World::untrue(unsigned index, EndReason reason, const core::CallId& call) const {
  const core::Event& event = *event_;
  const Before& before = *before_;
  const bool leaves = std::get_if<core::PageHidden>(&event) || std::get_if<core::HangUpRequested>(&event);
  const auto* message = std::get_if<core::MessageReceived>(&event);
  switch (reason) {
    case EndReason::hangup:
      return leaves && was_accepted(before) ? "" : "hangup, but nobody hung up a call that had been accepted";
    case EndReason::cancelled:
      return leaves && was<core::OutRinging>(before) ? "" : "cancelled, but nobody cancelled a ring";
    case EndReason::declined: {
      const bool pressed = leaves || std::get_if<core::DeclineRequested>(&event);
      return pressed && was<core::InRinging>(before) ? "" : "declined, but nobody declined";
    }
    case EndReason::timeout: {
      const bool rang = was<core::OutRinging>(before) && now_ >= before.until;
      return rang && std::get_if<core::TimePassed>(&event) ? "" : "timeout, but the time is not over";
    }
    case EndReason::media_failed:
      return leaves && before.asks_listen_only ? "" : "media_failed, but nobody gave up on a microphone";
    case EndReason::connection_failed: {
      const auto* change = std::get_if<core::ConnectionChanged>(&event);
      const bool failed =
          change && (change->connection == core::ConnectionState::failed || change->ice == core::IceState::failed);
      const bool over = std::get_if<core::TimePassed>(&event) && !was<core::Active>(before);
      return was_accepted(before) && (failed || over) ? "" : "connection_failed, but no connection failed";
    }
    case EndReason::error: {
      const bool refused = std::get_if<core::DescriptionFailed>(&event) || std::get_if<core::PeerFailed>(&event);
      return refused ? "" : "error, but the browser refused nothing";
    }
    case EndReason::glare: {
      const core::Call* now = core::call_of(seats_[index].state.phase);
      const bool met = heard<core::Offer>(event) && message->header;
      const bool yields = met && now && now->id == message->header->call;
      return met && (yields || message->header->call == call) ? "" : "glare, but no other call won";
    }
    case EndReason::answered_elsewhere:
      return (heard<core::Answer>(event) || heard<core::Accept>(event)) && message && message->header &&
                     before.endpoint != message->header->from
                 ? ""
                 : "answered_elsewhere, but nobody else answered";
    case EndReason::declined_elsewhere:
      return heard<core::End>(event) && was<core::OutRinging>(before) ? "" : "declined_elsewhere, but nobody declined";
    case EndReason::busy:
    case EndReason::replaced:
    case EndReason::full: break;
  }
  return "a reason that this page cannot know";
}

void World::check_end_said(unsigned index, const core::SendMessage& message) {
  Seat& seat = seats_[index];
  const EndReason reason = std::get_if<core::End>(&message.signal)->reason;
  const auto* offer = heard<core::Offer>(*event_);
  const bool own = message.header && before_->call && message.header->call == *before_->call;
  const bool somebody_waits = offer || heard<core::Answer>(*event_) || heard<core::Ringing>(*event_) ||
                              heard<core::Resume>(*event_) || heard<core::Renegotiate>(*event_) ||
                              heard<core::Early>(*event_) || heard<core::Accept>(*event_);
  for (const Past& past : seat.past) {  // said again
    const bool same =
        message.header ? past.id == message.header->call : offer && past.session != 0 && past.session == offer->session;
    if (somebody_waits && !own && same) {
      const bool true_then = !past.reason || past.reason == reason || reason == EndReason::declined_elsewhere;
      if (!true_then) fail(Invariant::true_reason, index, "said again with another reason than before");
      return;
    }
  }
  if (offer && !own) {  // a call that is refused
    if (reason == EndReason::busy && before_->call) return;
    const std::int64_t user = std::get_if<core::MessageReceived>(event_)->user.value;
    const auto recent = std::count_if(seat.declined.begin(), seat.declined.end(), [&](const auto& press) {
      return press.first == user && now_ - press.second <= 2 * core::timing::declined_silence.count();
    });
    const auto known = [&](core::CallId id) { return message.header && id == message.header->call; };
    if (reason == EndReason::declined && std::any_of(seat.refused.begin(), seat.refused.end(), known)) return;
    if (reason == EndReason::declined && recent >= 2) {
      if (message.header) seat.refused.push_back(message.header->call);
      return;
    }
    fail(Invariant::true_reason, index, "an offer is refused for no reason");
    return;
  }
  const bool passed = std::get_if<core::TimePassed>(event_) != nullptr;
  const bool opened = std::get_if<core::SocketOpened>(event_) != nullptr;
  const bool to_one =
      reason == EndReason::declined_elsewhere || reason == EndReason::answered_elsewhere || reason == EndReason::busy;
  if ((passed || opened) && to_one) return;  // repeated to one page of several, of which it was true
  if (opened || (passed && !own)) {          // it waited for its socket, or is repeated
    for (const Past& past : seat.past) {
      if (message.header && past.id == message.header->call && past.reason && past.reason != reason) {
        fail(Invariant::true_reason, index, "said later with another reason than shown");
      }
    }
    return;
  }
  const core::CallId call = message.header ? message.header->call : core::CallId{};
  const std::string_view lie = untrue(index, reason, call);
  if (!lie.empty()) fail(Invariant::true_reason, index, "said: " + std::string(lie));
}

void World::check_end_shown(unsigned index, const core::Event& event, const Before& before) {
  const auto* ended = std::get_if<core::Ended>(&seats_[index].state.phase);
  if (!ended || !before.call || *before.call != ended->id) return;
  const bool technical = ended->reason == EndReason::connection_failed || ended->reason == EndReason::error;
  // An old peer that left a call at an end which crossed its own offer says nothing: there it may happen.
  if (technical && profile_->faultless() && before.dialect != core::Dialect::old) {
    fail(Invariant::nothing_fails_by_itself, index, "ended with " + std::string(to_string(ended->reason)));
  }
  const bool sound = profile_->name == "paths" && now_ - last_fault_ > 15000;
  if (sound && ended->reason == EndReason::connection_failed && before.dialect != core::Dialect::old) {
    fail(Invariant::comes_back, index, "the network is back, but the call is not");
  }
  if (!ended->by_remote) {
    const std::string_view lie = untrue(index, ended->reason, ended->id);
    if (!lie.empty()) fail(Invariant::true_reason, index, "shown: " + std::string(lie));
    return;
  }
  if (const auto* end = heard<core::End>(event)) {
    EndReason said = end->reason;
    const auto* message = std::get_if<core::MessageReceived>(&event);
    if (message && !message->header) {  // an old peer says nothing
      if (was<core::OutRinging>(before)) said = EndReason::declined;
      if (was<core::InRinging>(before)) said = EndReason::cancelled;
    }
    if (said != ended->reason) fail(Invariant::true_reason, index, "shown: not what the other side said");
    return;
  }
  if (const auto* select = heard<core::Select>(event)) {
    const bool theirs = select->chosen != seats_[index].state.self.endpoint;
    if (ended->reason != EndReason::answered_elsewhere || !theirs)
      fail(Invariant::true_reason, index, "shown: nobody else was chosen");
    return;
  }
  // The ring's own time is over, or the caller has been silent for long.
  const bool silent = std::get_if<core::TimePassed>(&event) && was<core::InRinging>(before) &&
                      (now_ >= before.until || now_ - before.since >= core::timing::caller_silent.count());
  if (ended->reason != EndReason::timeout || !silent) {
    fail(Invariant::true_reason, index, "shown: the other side did nothing of the kind");
  }
}

}  // namespace odnix::sim
