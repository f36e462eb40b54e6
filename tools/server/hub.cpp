#include "hub.hpp"

#include <libwebsockets.h>

#include "relay.hpp"

namespace odnix::devserver {
namespace {

/// What a queued message costs besides its text.
constexpr std::size_t kMessageOverhead = 64;
/// How long the rest of a message that is too big may take to come.
constexpr lws_usec_t kTooBigPatience = 2 * LWS_US_PER_SEC;

}  // namespace

std::string Hub::describe(const Socket& socket) {
  return (socket.chat == nullptr ? "notify" : "call chat " + std::to_string(socket.chat->id)) + " user " +
         std::to_string(socket.user->id);
}

void Hub::opened(lws* wsi, const Admission& admission) {
  Socket& socket = sockets_[wsi];
  socket.user = admission.user;
  socket.chat = admission.chat;
  log_.detail("open " + describe(socket));
}

void Hub::closed(lws* wsi) {
  const auto found = sockets_.find(wsi);
  if (found == sockets_.end()) return;
  log_.detail("closed " + describe(found->second));
  sockets_.erase(found);
}

void Hub::received(lws* wsi, std::string_view piece, bool binary, bool last) {
  const auto found = sockets_.find(wsi);
  if (found == sockets_.end() || found->second.doomed) return;
  Socket& socket = found->second;
  if (socket.close_code != 0) {
    if (last) lws_callback_on_writable(wsi);
    return;
  }
  if (socket.chat == nullptr) return;  // notify sockets are not listened to
  if (binary) {
    close(wsi, socket, kInternalError, "binary frame");
  } else if (socket.incoming.size() + piece.size() > max_frame_) {
    // The library cuts the connection, code and all, when more frames come after our close frame: let this message
    // end first.
    lws_set_timer_usecs(wsi, kTooBigPatience);
    prepare_close(socket, kTooBig, "message above --max-frame");
    if (last) lws_callback_on_writable(wsi);
  } else {
    socket.incoming.append(piece);
    if (!last) return;
    const std::string text = std::move(socket.incoming);
    socket.incoming = {};
    message(wsi, socket, text);
  }
}

void Hub::message(lws* wsi, Socket& from, std::string_view text) {
  const Verdict verdict = judge(*from.chat, *from.user, text);
  switch (verdict.action) {
    case Verdict::Action::Drop: log_.detail("dropped from " + describe(from) + ": " + std::string(verdict.why)); return;
    case Verdict::Action::Fail: close(wsi, from, kInternalError, verdict.why); return;
    case Verdict::Action::Relay: break;
  }
  if (recording_) frames_.add(from.chat->id, from.user->id, verdict.type, verdict.payload);
  send_to(verdict.relayed, [&](const Socket& to) { return to.chat == from.chat && to.user != from.user; });
  if (!verdict.push.empty()) {
    send_to(verdict.push, [&](const Socket& to) {
      return to.chat == nullptr && to.user != from.user && from.chat->has(to.user->id);
    });
  }
}

void Hub::prepare_close(Socket& socket, int code, std::string_view why) {
  log_.detail("close " + std::to_string(code) + " " + describe(socket) + ": " + std::string(why));
  socket.close_code = code;
  socket.incoming = {};
  socket.queue.clear();
  socket.queued_bytes = 0;
}

void Hub::close(lws* wsi, Socket& socket, int code, std::string_view why) {
  prepare_close(socket, code, why);
  // Not out of the receiving callback: what is still in the library's buffer would be lost, and with it the handshake
  // of closing.
  lws_callback_on_writable(wsi);
}

void Hub::send_to(const std::string& text, const std::function<bool(const Socket&)>& wanted) {
  Message message;
  for (auto& [wsi, socket] : sockets_) {
    if (!wanted(socket)) continue;
    if (!message) message = std::make_shared<std::string>(std::string(LWS_PRE, '\0') + text);
    enqueue(wsi, socket, message);
  }
}

void Hub::enqueue(lws* wsi, Socket& socket, const Message& message) {
  if (socket.doomed || socket.close_code != 0) return;
  if (socket.queued_bytes + message->size() + kMessageOverhead > max_queue_) {
    log_notice("dropped " + describe(socket) + ": reads too slowly, " + std::to_string(socket.queued_bytes) +
               " bytes were waiting");
    drop(wsi, socket);
    return;
  }
  socket.queue.push_back(message);
  socket.queued_bytes += message->size() + kMessageOverhead;
  lws_callback_on_writable(wsi);
}

int Hub::writable(lws* wsi) {
  const auto found = sockets_.find(wsi);
  if (found == sockets_.end() || found->second.doomed) return 0;
  Socket& socket = found->second;
  if (socket.close_code != 0) return socket.close_code;
  if (socket.queue.empty()) return 0;
  const Message message = socket.queue.front();
  socket.queue.pop_front();
  socket.queued_bytes -= message->size() + kMessageOverhead;
  auto* text = reinterpret_cast<unsigned char*>(message->data()) + LWS_PRE;
  if (lws_write(wsi, text, message->size() - LWS_PRE, LWS_WRITE_TEXT) < 0) return -1;
  if (!socket.queue.empty()) lws_callback_on_writable(wsi);
  return 0;
}

void Hub::close_all() {
  for (auto& [wsi, socket] : sockets_) close(wsi, socket, kGoingAway, "the server stops");
}

void Hub::drop(lws* wsi, Socket& socket) {
  socket.doomed = true;
  socket.queue.clear();
  socket.queued_bytes = 0;
  socket.incoming = {};
  // Not at once: we may be inside this very socket's callback.
  lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
}

int Hub::drop_sockets(int user) {
  int count = 0;
  for (auto& [wsi, socket] : sockets_) {
    if (socket.user->id != user || socket.doomed) continue;
    drop(wsi, socket);
    ++count;
  }
  return count;
}

}  // namespace odnix::devserver
