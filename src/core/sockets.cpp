// The two sockets: opened with the page, reopened with a growing pause, rested while the page is hidden.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

/// A call waits for this socket to find its path again. When the network returns is not told: who then waits for a
/// pause, or for TCP, which asks a silent network after 1, 3 and 7 s, comes back late.
bool is_urgent(const Call* call, const SocketKey& key) {
  return call && key.chat == call->chat && std::any_of(call->links.begin(), call->links.end(), [](const Link& link) {
           return link.recovery || (link.mesh && link.mesh->pathless_since);
         });
}

Duration opening_time(const Call* call, const Socket& socket) {
  return is_urgent(call, socket.key) ? timing::restart_pause : timing::socket_opening;
}

Duration pause_before(const Call* call, const Socket& socket) {
  return timing::socket_pause(is_urgent(call, socket.key) ? std::min(socket.failures, 2) : socket.failures);
}

}  // namespace

Socket* Machine::socket_of(const SocketKey& key) {
  const auto found = std::find_if(state_.sockets.begin(), state_.sockets.end(),
                                  [&key](const Socket& socket) { return socket.key == key; });
  return found == state_.sockets.end() ? nullptr : &*found;
}

void Machine::add_socket(SocketKey key) {
  state_.sockets.push_back(Socket{key, SocketStatus::resting, {}, {}, {}, 0, {}, {}, {}, false});
  open_socket(state_.sockets.back());
}

void Machine::open_socket(Socket& socket) {
  socket.status = SocketStatus::opening;
  socket.due = now_ + opening_time(call(), socket);
  emit(OpenSocket{socket.key});
}

/// One that looks open and fell silent: another is opened beside it and takes its place once it is open. Should the old
/// one be good after all, nothing was lost.
void Machine::doubt_socket(Socket& socket) {
  if (socket.status != SocketStatus::open || socket.fresh_due) return;
  socket.fresh_due = now_ + opening_time(call(), socket);
  emit(OpenSocket{socket.key});
}

void Machine::on(const SocketOpened& event) {
  Socket* socket = socket_of(event.socket);
  const bool in_its_place = socket && socket->fresh_due;
  if (!socket || (socket->status != SocketStatus::opening && !in_its_place)) return;
  socket->status = SocketStatus::open;
  socket->fresh_due.reset();
  socket->opened_at = now_;
  if (!event.socket.chat) return;
  recover_by_socket(*event.socket.chat);
  flush_outbox(*event.socket.chat);
  if (!call() || socket->close_at) {  // somebody may be ringing: their offer came before this socket
    send(SendMessage{*event.socket.chat, Header{CallId{state_.self.endpoint.value, 0}, state_.self.endpoint, {}, 0},
                     Ready{}});
  }
  if (auto* resuming = std::get_if<Resuming>(&state_.phase)) say_resume(*resuming);
  group_socket_opened(*event.socket.chat);
  OutRinging* ringing = rings_out_in(*event.socket.chat);
  if (!ringing) return;
  if (in_its_place) {
    repeat_offer(*ringing);
  } else {
    send_offer(*ringing);
  }
}

void Machine::on(const SocketClosed& event) {
  Socket* socket = socket_of(event.socket);
  if (!socket || socket->status == SocketStatus::resting || socket->status == SocketStatus::waiting) return;
  socket->fresh_due.reset();
  if (event.stands) {  // only the fresh one would not open
    OutRinging* ringing = event.socket.chat ? rings_out_in(*event.socket.chat) : nullptr;
    if (ringing) repeat_offer(*ringing);
    return;
  }
  const bool stood = socket->status == SocketStatus::open && now_ - socket->opened_at >= timing::socket_stood;
  socket->failures = stood ? 1 : socket->failures + 1;
  socket->status = SocketStatus::waiting;
  socket->due = now_ + pause_before(call(), *socket) + event.jitter;
  constexpr int worth_a_word = 4;
  if (socket->failures == worth_a_word) {
    problem(
        event.socket.chat ? "signaling-unreachable" : "notify-unreachable",
        "The call server does not answer. Check that the server runs, that this person is signed in and a member of "
        "the chat, and that host and wsScheme in OdnixCallConfig are right. We keep trying.");
  }
}

// ---- a socket that looks open and passes nothing: nobody tells, and a browser cannot ping

/// Who could answer for it: somebody who is there for certain, so an answer that fails to come is the socket's fault.
const Link* Machine::witness(const Socket& socket) {
  const Call* current = call();
  if (!current || !std::get_if<Active>(&state_.phase)) return nullptr;
  if (socket.key.chat != current->chat || socket.status != SocketStatus::open) return nullptr;
  const auto found = std::find_if(current->links.begin(), current->links.end(), [](const Link& link) {
    const bool there = link.phase == LinkPhase::connected && (link.media_flows || link.channel);
    return there && link.dialect == Dialect::v2 && link.endpoint;
  });
  return found == current->links.end() ? nullptr : &*found;
}

void Machine::keep_sockets_checked() {
  for (auto& socket : state_.sockets) {
    if (!witness(socket) || socket.fresh_due) {
      socket.check.reset();
    } else if (!socket.check) {
      socket.check = SocketCheck{now_ + (socket.in_vain ? timing::socket_in_vain : timing::socket_ask), false};
    }
  }
}

/// Our own word about our devices, said once more and by the socket alone: it changes nothing and is answered.
void Machine::check_sockets() {
  for (auto& socket : state_.sockets) {
    const Link* link = witness(socket);
    if (!link || !socket.check || socket.check->due > now_) continue;
    if (socket.check->asked) {
      socket.in_vain = true;
      doubt_socket(socket);
      continue;
    }
    socket.check = SocketCheck{now_ + timing::socket_answer, true};
    send_to(*call(), *link->endpoint, media_for(*call(), *link));
  }
}

/// Whatever comes by it: it lives. A quiet call's two pages so ask in turn, for each hears the other's question.
void Machine::heard_by_socket(ChatId chat) {
  Socket* socket = socket_of({chat});
  if (!socket) return;
  socket->heard_at = now_;
  socket->check.reset();
  socket->in_vain = false;
}

void Machine::sockets_time_passed() {
  rest_pushed_sockets();
  check_sockets();
  for (auto& socket : state_.sockets) {
    const bool hangs = socket.fresh_due && *socket.fresh_due <= now_;
    if (socket.due > now_ && !hangs) continue;
    if (socket.status == SocketStatus::waiting) {
      open_socket(socket);
    } else if (socket.status == SocketStatus::opening || hangs) {
      socket.fresh_due.reset();
      emit(CloseSocket{socket.key});
      ++socket.failures;
      socket.status = SocketStatus::waiting;
      socket.due = now_ + pause_before(call(), socket);
    }
  }
}

/// A socket that a push opened is kept while its chat has a call here, and a while longer.
void Machine::rest_pushed_sockets() {
  for (auto& socket : state_.sockets) {
    if (!socket.close_at) continue;
    if (call() && call()->chat == socket.key.chat) socket.close_at = now_ + timing::pushed_socket;
    if (*socket.close_at <= now_) emit(CloseSocket{socket.key});
  }
  std::erase_if(state_.sockets, [this](const Socket& socket) { return socket.close_at && *socket.close_at <= now_; });
}

}  // namespace odnix::core
