// What is remembered of calls that are over or not yet known, so that late and early frames change nothing they should
// not.
#include <algorithm>

#include "core/bounded.hpp"
#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_traces = 64;
constexpr std::size_t max_silences = 16;
constexpr std::size_t max_people = 16;
constexpr std::size_t max_sockets = 8;

}  // namespace

Trace* Machine::find_trace(CallId id) {
  const auto found =
      std::find_if(state_.traces.begin(), state_.traces.end(), [id](const Trace& trace) { return trace.id == id; });
  return found == state_.traces.end() ? nullptr : &*found;
}

Trace& Machine::trace(CallId id) {
  for (auto& known : state_.traces) {
    if (known.id == id) return known;
  }
  make_room(state_.traces, max_traces);
  Trace fresh;
  fresh.id = id;
  fresh.until = now_ + timing::keep_trace;
  state_.traces.push_back(std::move(fresh));
  return state_.traces.back();
}

void Machine::remember_over(const Call& call, std::optional<EndReason> said) {
  Trace& known = trace(call.id);
  known.user = call.user;
  known.session = call.session;
  known.over = true;
  known.said = said;
  known.sent = call.sent;
  known.early.clear();
  known.until = now_ + timing::keep_trace;
}

Trace* Machine::over_trace(const Sender& sender, const Offer& offer) {
  const auto found = std::find_if(state_.traces.begin(), state_.traces.end(), [&](const Trace& known) {
    if (!known.over) return false;
    if (sender.header) return known.id == sender.header->call;
    return known.session != 0 && known.session == offer.session && known.user == sender.user;
  });
  return found == state_.traces.end() ? nullptr : &*found;
}

/// One decline is an answer, and the telephone rings again for a new call. Two within 20 s ask for quiet.
void Machine::note_decline(ChatId chat, UserId user) {
  for (auto& silence : state_.silences) {
    if (silence.chat == chat && silence.user == user && silence.until > now_) {
      ++silence.declines;
      silence.until = now_ + timing::declined_silence;
      return;
    }
  }
  make_room(state_.silences, max_silences);
  state_.silences.push_back({chat, user, 1, now_ + timing::declined_silence});
}

bool Machine::is_silenced(const Sender& sender) const {
  return std::any_of(state_.silences.begin(), state_.silences.end(), [&](const Silence& silence) {
    return silence.chat == sender.chat && silence.user == sender.user && silence.declines > 1 && silence.until > now_;
  });
}

void Machine::on(const CallPushed& event) {
  if (is_blocked(event.user)) return;
  std::erase_if(state_.people, [&](const Person& person) { return person.user == event.user; });
  make_room(state_.people, max_people);
  state_.people.push_back({event.user, event.name, event.avatar});
  // A chat that this page has no socket for: the call is taken here, without going there; in a call it hears "busy".
  const bool elsewhere =
      !state_.hidden && !tab_is_busy() && !socket_of({event.chat}) && state_.sockets.size() < max_sockets;
  if (elsewhere && state_.self.can_call) {
    add_socket({event.chat});
    state_.sockets.back().close_at = now_ + timing::pushed_socket;
  }
  Call* current = call();
  if (!current || current->user != event.user) return;
  if (current->chat == event.chat) emit(SilencePageBanner{});  // it rings anew at every push
  if (!event.name.text.empty()) current->name = event.name;
  if (!event.avatar.text.empty()) current->avatar = event.avatar;
}

void Machine::forget_old() {
  std::erase_if(state_.traces, [this](const Trace& trace) { return trace.until <= now_; });
  std::erase_if(state_.silences, [this](const Silence& silence) { return silence.until <= now_; });
  std::erase_if(state_.outbox, [this](const Held& held) { return held.until <= now_; });
}

}  // namespace odnix::core
