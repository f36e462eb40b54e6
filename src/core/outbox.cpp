// Sending. A message whose socket is down waits for it, so that a hang-up still arrives after the server came back.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_held = 64;

}  // namespace

bool Machine::is_open(ChatId chat) const {
  return std::any_of(state_.sockets.begin(), state_.sockets.end(), [chat](const Socket& socket) {
    return socket.key.chat == chat && socket.status == SocketStatus::open;
  });
}

/// Old peers ignore unknown payload fields (rule 8), so the header goes to everybody.
void Machine::send(Call& call, const Link& to, Signal signal) {
  // An old peer takes any `end` for that of the call that it is in then: what comes late would end another one. A v2
  // peer that we have not heard of stops ringing by itself when we say nothing more.
  const bool soon_wrong = to.dialect != Dialect::v2;
  send(SendMessage{call.chat, Header{call.id, state_.self.endpoint, to.endpoint, ++call.sent}, std::move(signal)},
       soon_wrong ? timing::reconnect_old : timing::keep_held);
}

void Machine::send(SendMessage message, Duration keep) {
  if (is_open(message.chat)) {
    emit(std::move(message));
    return;
  }
  if (std::get_if<Offer>(&message.signal)) return;  // an offer is re-sent by OutRinging when the socket is back
  if (state_.outbox.size() == max_held) state_.outbox.erase(state_.outbox.begin());
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
}

/// Of a call that is over nothing but its end is worth saying.
void Machine::drop_held(CallId call) {
  std::erase_if(state_.outbox, [call](const Held& held) {
    return held.message.header && held.message.header->call == call && !std::get_if<End>(&held.message.signal);
  });
}

}  // namespace odnix::core
