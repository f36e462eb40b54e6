// Both WebSockets over Emscripten's WebSocket API: /ws/call/<chat>/ and /ws/notify/ below the configured base.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ports/inbox.hpp"
#include "ports/ports.hpp"

namespace odnix::platform {

class Sockets final : public ports::SignalingPort {
 public:
  /// `base`: "wss://host/prefix" without a slash at the end, checked by the loader.
  Sockets(ports::Inbox& inbox, std::string base);

  void open(const core::SocketKey& socket) override;
  void send(const core::SocketKey& socket, std::string_view text) override;
  void close(const core::SocketKey& socket) override;
  void keep_last_words(core::ChatId chat, std::string_view text) override;

  /// Emscripten's callbacks; a handle that is not open any more is stale.
  void opened(int handle);
  void closed(int handle, int code);
  void failed(int handle);
  void received(int handle, bool is_text, std::string_view bytes);

 private:
  struct Socket {
    core::SocketKey key;
    int handle{};
    bool fresh{};  ///< opens beside another, and takes its place once it is open
  };
  [[nodiscard]] const Socket* find(int handle) const;
  [[nodiscard]] const Socket* find(const core::SocketKey& key) const;  ///< no fresh one
  [[nodiscard]] std::string url_of(const core::SocketKey& key) const;
  void shut(const core::SocketKey& key, bool fresh);
  bool promote(const core::SocketKey& key);
  void forget(int handle);
  void report_closed(const core::SocketKey& key, int code, bool stands);

  ports::Inbox& inbox_;
  std::string base_;
  std::vector<Socket> sockets_;  ///< two, and those that pushes from other chats open; with fresh ones twice that
};

}  // namespace odnix::platform
