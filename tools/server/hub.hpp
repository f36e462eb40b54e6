// The open sockets and what passes between them. Single-threaded, called from the socket library's callbacks.
//
// Memory is bounded: one incoming message per socket up to --max-frame, and up to --max-queue bytes waiting for a
// socket that reads slowly; beyond that the slow one is dropped and the others never notice.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "admission.hpp"
#include "log.hpp"
#include "options.hpp"
#include "test_controls.hpp"

struct lws;

namespace odnix::devserver {

/// WebSocket close codes we send (RFC 6455 §7.4.1).
enum CloseCode : int { kGoingAway = 1001, kTooBig = 1009, kInternalError = 1011 };

class Hub : public TestLevers {
 public:
  Hub(const Options& options, const Log& log)
      : max_frame_(options.max_frame), max_queue_(options.max_queue), log_(log) {}

  [[nodiscard]] bool refusing() const { return refusing_; }
  [[nodiscard]] bool empty() const { return sockets_.empty(); }

  void opened(lws* wsi, const Admission& admission);
  void closed(lws* wsi);

  /// One piece of a message.
  void received(lws* wsi, std::string_view piece, bool binary, bool last);

  /// The socket can take data: sends one message. Returns 0, a code to close with, or -1 when the socket is broken.
  [[nodiscard]] int writable(lws* wsi);

  /// Asks every socket to close with 1001.
  void close_all();

  int drop_sockets(int user) override;
  void refuse(bool on) override { refusing_ = on; }
  [[nodiscard]] const FrameLog& frames() const override { return frames_; }
  void record_frames() { recording_ = true; }

 private:
  /// Shared by all receivers; the library writes its header into the space in front of the text.
  using Message = std::shared_ptr<std::string>;

  struct Socket {
    const User* user = nullptr;
    const Chat* chat = nullptr;  ///< nullptr: notify
    std::string incoming;
    std::deque<Message> queue;
    std::size_t queued_bytes = 0;
    int close_code = 0;   ///< not 0: closes when it can take data, and is not listened to any more
    bool doomed = false;  ///< about to be dropped: gets nothing more
  };

  [[nodiscard]] static std::string describe(const Socket& socket);
  void message(lws* wsi, Socket& from, std::string_view text);
  void prepare_close(Socket& socket, int code, std::string_view why);
  void close(lws* wsi, Socket& socket, int code, std::string_view why);
  void send_to(const std::string& text, const std::function<bool(const Socket&)>& wanted);
  void enqueue(lws* wsi, Socket& socket, const Message& message);
  static void drop(lws* wsi, Socket& socket);

  std::size_t max_frame_;
  std::size_t max_queue_;
  const Log& log_;
  std::map<lws*, Socket> sockets_;
  FrameLog frames_;
  bool recording_ = false;
  bool refusing_ = false;
};

}  // namespace odnix::devserver
