#include "platform/web/sockets.hpp"

#include <emscripten.h>
#include <emscripten/websocket.h>

#include <algorithm>
#include <utility>

// What is missing in Emscripten's WebSocket API, done on its own table of sockets: WS.sockets in 3.1.6, webSockets in
// later versions.
//  - `new WebSocket` can throw (a refused URL, a mixed-content rule): the loader's `attempt` makes that a 0;
//  - callbacks enter through the loader's `enter`, which catches what WASM throws;
//  - a text beyond the limit, and every binary frame, is not copied: an empty or one-byte binary stands for it;
//  - a dead client must be able to close its sockets from JavaScript, and to hang up by them (web/last-words.js);
//  - a socket that the loader opened before us (web/early-socket.js) is taken over, with what it has heard;
//  - emscripten_websocket_delete() leaves the entry in the table (3.1.6).
EM_JS(int, odnix_socket_new, (void* attributes, const char* url), {
  var early = Module["early"]["take"](UTF8ToString(url));
  if (early) return typeof WS == "object" ? WS.sockets.push(early) - 1 : webSockets.allocate(early);
  var construct = function() { return _odnix_socket_construct(attributes); };
  return Module["attempt"](construct);
});
// The frame that an exception may cross: it owns nothing.
extern "C" EMSCRIPTEN_KEEPALIVE int odnix_socket_construct(EmscriptenWebSocketCreateAttributes* attributes) {
  return emscripten_websocket_new(attributes);
}
EM_JS(void, odnix_socket_guard, (int handle, int limit), {
  var socket = typeof WS == "object" ? WS.sockets[handle] : webSockets.get(handle);
  Module["sockets"].add(socket);
  var message = socket.onmessage;
  socket.onmessage = function(event) {
    var data = event.data;
    if (typeof data != "string") data = new ArrayBuffer(0);
    else if (data.length > limit) data = new ArrayBuffer(1);
    message({data: data});
  };
  ["onopen", "onmessage", "onerror", "onclose"].forEach(function(name) {
    var deliver = socket[name];
    socket[name] = function(event) { Module["enter"](function() { deliver(event); }); };
  });
  Module["early"]["replay"](socket);
});
EM_JS(void, odnix_socket_forget, (int handle), {
  var socket = typeof WS == "object" ? WS.sockets[handle] : webSockets.get(handle);
  Module["sockets"].delete(socket);
});
EM_JS(void, odnix_keep_last_words, (const char* url, const char* text), {
  var words = UTF8ToString(text);
  Module["lastWords"]["keep"](UTF8ToString(url), words);
});
EM_JS(void, odnix_socket_untable, (int handle), {
  if (typeof WS == "object") delete WS.sockets[handle];
});

namespace odnix::platform {
namespace {

/// UTF-16 units. The codec counts the bytes; this only keeps absurd frames out of the module's memory.
constexpr int frame_limit = 256 * 1024;
constexpr int closed_abnormally = 1006;  // RFC 6455, section 7.4.1
constexpr unsigned short state_open = 1;
constexpr unsigned short state_closed = 3;

unsigned short ready_state(int handle) {
  unsigned short state = state_closed;
  emscripten_websocket_get_ready_state(handle, &state);
  return state;
}

Sockets& self(void* user) { return *static_cast<Sockets*>(user); }

EM_BOOL on_open(int, const EmscriptenWebSocketOpenEvent* event, void* user) {
  self(user).opened(event->socket);
  return EM_TRUE;
}
EM_BOOL on_close(int, const EmscriptenWebSocketCloseEvent* event, void* user) {
  self(user).closed(event->socket, event->code);
  return EM_TRUE;
}
EM_BOOL on_error(int, const EmscriptenWebSocketErrorEvent* event, void* user) {
  self(user).failed(event->socket);
  return EM_TRUE;
}
EM_BOOL on_message(int, const EmscriptenWebSocketMessageEvent* event, void* user) {
  // A text is counted with the NUL that Emscripten puts behind it.
  const std::size_t size = event->isText ? event->numBytes - 1 : event->numBytes;
  self(user).received(event->socket, event->isText != 0, {reinterpret_cast<const char*>(event->data), size});
  return EM_TRUE;
}

}  // namespace

Sockets::Sockets(ports::Inbox& inbox, std::string base) : inbox_(inbox), base_(std::move(base)) {}

std::string Sockets::url_of(const core::SocketKey& key) const {
  return base_ + (key.chat ? "/ws/call/" + std::to_string(key.chat->value) + "/" : std::string("/ws/notify/"));
}

void Sockets::open(const core::SocketKey& key) {
  const bool stands = find(key) && ready_state(find(key)->handle) == state_open;
  shut(key, true);
  if (!stands) shut(key, false);
  const std::string url = url_of(key);
  EmscriptenWebSocketCreateAttributes attributes;
  emscripten_websocket_init_create_attributes(&attributes);
  attributes.url = url.c_str();
  const int handle = odnix_socket_new(&attributes, url.c_str());
  if (handle <= 0) {
    report_closed(key, closed_abnormally, stands);
    return;
  }
  sockets_.push_back({key, handle, stands});
  emscripten_websocket_set_onopen_callback(handle, this, on_open);
  emscripten_websocket_set_onclose_callback(handle, this, on_close);
  emscripten_websocket_set_onerror_callback(handle, this, on_error);
  emscripten_websocket_set_onmessage_callback(handle, this, on_message);
  odnix_socket_guard(handle, frame_limit);
}

void Sockets::send(const core::SocketKey& key, std::string_view text) {
  const Socket* socket = find(key);
  // Sending while it connects would throw.
  if (!socket || ready_state(socket->handle) != state_open) return;
  emscripten_websocket_send_utf8_text(socket->handle, std::string(text).c_str());
}

void Sockets::close(const core::SocketKey& key) {
  shut(key, false);
  shut(key, true);
}

void Sockets::keep_last_words(core::ChatId chat, std::string_view text) {
  odnix_keep_last_words(url_of({chat}).c_str(), std::string(text).c_str());
}

void Sockets::shut(const core::SocketKey& key, bool fresh) {
  const auto found = std::find_if(sockets_.begin(), sockets_.end(),
                                  [&](const Socket& socket) { return socket.key == key && socket.fresh == fresh; });
  if (found == sockets_.end()) return;
  const int handle = found->handle;
  emscripten_websocket_close(handle, 1000, nullptr);
  forget(handle);
}

/// False if there is no fresh one.
bool Sockets::promote(const core::SocketKey& key) {
  for (auto& socket : sockets_) {
    if (socket.key == key && std::exchange(socket.fresh, false)) return true;
  }
  return false;
}

void Sockets::opened(int handle) {
  const Socket* socket = find(handle);
  if (!socket) return;
  const core::SocketKey key = socket->key;
  if (socket->fresh) {
    shut(key, false);
    promote(key);
  }
  inbox_.post(core::Event(core::SocketOpened{key}));
}

void Sockets::closed(int handle, int code) {
  const Socket* socket = find(handle);
  if (!socket) return;
  const Socket was = *socket;
  forget(handle);
  if (!was.fresh && promote(was.key)) return;  // what becomes of that one is told
  report_closed(was.key, code, was.fresh);
}

void Sockets::failed(int handle) {
  // A URL blocked by a Content-Security-Policy (Chromium) or a blocked port (WebKit) gives `error` and never `close`.
  if (find(handle) && ready_state(handle) == state_closed) closed(handle, closed_abnormally);
}

void Sockets::received(int handle, bool is_text, std::string_view bytes) {
  const Socket* socket = find(handle);
  if (!socket) return;
  if (is_text) {
    inbox_.post_frame({socket->key, std::string(bytes)});
  } else {
    inbox_.post(core::Event(core::FrameRejected{socket->key, bytes.empty() ? "binary" : "too-large"}));
  }
}

const Sockets::Socket* Sockets::find(int handle) const {
  for (const auto& socket : sockets_) {
    if (socket.handle == handle) return &socket;
  }
  return nullptr;
}

const Sockets::Socket* Sockets::find(const core::SocketKey& key) const {
  for (const auto& socket : sockets_) {
    if (socket.key == key && !socket.fresh) return &socket;
  }
  return nullptr;
}

void Sockets::forget(int handle) {
  odnix_socket_forget(handle);
  emscripten_websocket_delete(handle);  // takes the callbacks away
  odnix_socket_untable(handle);
  std::erase_if(sockets_, [handle](const Socket& socket) { return socket.handle == handle; });
}

void Sockets::report_closed(const core::SocketKey& key, int code, bool stands) {
  inbox_.post(core::Event(core::SocketClosed{key, code, {}, stands}));  // the app adds the jitter
}

}  // namespace odnix::platform
