// Sending and taking. A message whose socket is down waits for it, one that matters is repeated until it is
// acknowledged, and a second copy of anything changes nothing: the channel layer of the server may drop what it likes
// (faults in docs/).
#include <algorithm>

#include "core/bounded.hpp"
#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_held = 64;
constexpr std::size_t max_unacked = 64;
constexpr std::size_t max_seen = 64;

bool is_end(const SendMessage& message) {
  return std::get_if<End>(&message.signal) || std::get_if<Leave>(&message.signal);
}

}  // namespace

/// Old peers ignore unknown payload fields (rule 8), so the header goes to everybody.
void Machine::send(Call& call, const Link& to, Signal signal) {
  // An old peer takes any `end` for that of the call that it is in then: what comes late would end another one. A v2
  // peer that we have not heard of stops ringing by itself when we say nothing more.
  const bool soon_wrong = to.dialect != Dialect::v2;
  SendMessage message{call.chat, Header{call.id, state_.self.endpoint, to.endpoint, ++call.sent}, std::move(signal)};
  if (send_by_channel(to, message)) return;
  send(std::move(message), soon_wrong ? timing::reconnect_old : timing::keep_held);
}

/// The newest word about our devices is never given up while the other page is in the call: it would show something
/// else for ever.
bool Machine::says_for_ever(const SendMessage& message) const {
  const Call* current = call_of(state_.phase);
  const Header& header = *message.header;
  const auto is_state = [&](const SendMessage& other) {
    return std::get_if<MediaState>(&other.signal) && other.header->call == header.call && other.header->to == header.to;
  };
  if (!current || current->group || !is_state(message)) return false;
  if (header.call != current->id || header.to != current->links.front().endpoint) return false;
  return std::none_of(state_.unacked.begin(), state_.unacked.end(), [&](const Unacked& item) {
    return is_state(item.message) && item.message.header->seq > header.seq;
  });
}

void Machine::await_ack(const SendMessage& message) {
  make_room(state_.unacked, max_unacked);
  state_.unacked.push_back({message, now_ + timing::first_repeat, 0});
}

void Machine::send(SendMessage message, Duration keep) {
  const bool open = is_open(state_, message.chat);
  const bool repeats = wants_ack(message.signal) && message.header && message.header->to;
  if (repeats) await_ack(message);
  if (open) {
    emit(std::move(message));
    return;
  }
  if (repeats || std::get_if<Offer>(&message.signal)) return;  // both are said again when the socket is back
  make_room(state_.outbox, max_held);
  state_.outbox.push_back({std::move(message), now_ + keep});
}

void Machine::flush_outbox(ChatId chat) {
  auto held = std::exchange(state_.outbox, {});
  for (auto& item : held) {
    if (item.until <= now_) continue;
    if (item.message.chat == chat) {
      emit(std::move(item.message));
    } else {
      state_.outbox.push_back(std::move(item));
    }
  }
  for (auto& item : state_.unacked) {
    if (item.message.chat != chat) continue;
    item.due = now_ + timing::first_repeat;
    emit(item.message);
  }
}

/// Repeats what is due. With the socket down nothing is counted: SocketOpened says all of it again.
void Machine::repeat_unacked() {
  std::erase_if(state_.unacked,
                [this](const Unacked& item) { return item.tries >= timing::repeats && !says_for_ever(item.message); });
  for (auto& item : state_.unacked) {
    if (item.due > now_) continue;
    item.tries = std::min(item.tries + 1, timing::repeats);
    item.due = now_ + timing::first_repeat * (1 << item.tries);
    if (is_open(state_, item.message.chat)) emit(item.message);
  }
}

void Machine::receive(const Sender& sender, const Ack& ack) {
  if (!sender.header) return;
  std::erase_if(state_.unacked, [&](const Unacked& item) {
    const Header& sent = *item.message.header;
    return sent.call == sender.header->call && sent.to == sender.header->from && sent.seq == ack.seq;
  });
}

/// Somebody speaks as the page of another person. The names of pages and calls are known to a whole chat; who somebody
/// is, the server vouches for.
bool Machine::is_impostor(const Sender& sender) {
  Call* current = call();
  if (!current || !sender.header || current->id != sender.header->call) return false;
  const Link* link = link_with(*current, sender.header->from);
  return link && link->user && link->user != sender.user;
}

/// Takes the message's number. The window is 64 wide: what is older counts as seen.
bool Machine::is_duplicate(const Sender& sender) {
  if (!sender.header || sender.header->seq == 0) return false;
  const Header& header = *sender.header;
  const auto known = std::find_if(state_.seen.begin(), state_.seen.end(), [&](const Seen& seen) {
    return seen.call == header.call && seen.from == header.from && seen.user == sender.user;
  });
  if (known == state_.seen.end()) {
    make_room(state_.seen, max_seen);
    state_.seen.push_back({header.call, header.from, sender.user, header.seq, 1});
    return false;
  }
  if (header.seq > known->top) {
    const std::uint32_t ahead = header.seq - known->top;
    known->mask = ahead < 64 ? known->mask << ahead | 1 : 1;
    known->top = header.seq;
    return false;
  }
  const std::uint32_t behind = known->top - header.seq;
  if (behind >= 64 || (known->mask >> behind & 1) != 0) return true;
  known->mask |= std::uint64_t{1} << behind;
  return false;
}

/// Every copy is acknowledged: the first acknowledgement may have been lost.
void Machine::acknowledge(const Sender& sender, const Signal& signal) {
  if (!sender.header || sender.header->seq == 0 || !wants_ack(signal)) return;
  if (sender.header->to != state_.self.endpoint && !is_cast_to_us(*sender.header)) return;
  SendMessage ack{sender.chat, Header{sender.header->call, state_.self.endpoint, sender.header->from, 0},
                  Ack{sender.header->seq}};
  if (sender.channel) {  // the way that it came is the way that works
    emit(SendByChannel{*sender.channel, std::move(ack)});
  } else if (is_open(state_, sender.chat)) {
    emit(std::move(ack));
  }
}

/// Of a call that is over nothing but its end is worth saying.
void Machine::drop_held(CallId call) {
  std::erase_if(state_.outbox, [call](const Held& held) {
    return held.message.header && held.message.header->call == call && !is_end(held.message);
  });
  std::erase_if(state_.unacked,
                [call](const Unacked& item) { return item.message.header->call == call && !is_end(item.message); });
}

}  // namespace odnix::core
