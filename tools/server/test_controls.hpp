// Levers for tests (--test-controls): what a test wants to do to the server, and what it wants to know.
//
//   POST /test/sockets/drop?user=N      closes that user's sockets without a close frame -> {"dropped": count}
//   POST /test/refuse?on=1 | on=0       refuses new sockets with 503                     -> {"refusing": bool}
//   GET  /test/frames                   every relayed frame since the start, as a list
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "http.hpp"

namespace odnix::devserver {

/// Relayed frames in order. Bounded: beyond kMaxBytes the oldest go.
class FrameLog {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

  void add(int chat, int from, const std::string& type, const std::string& payload);
  /// `[{"at_ms", "chat", "from", "type", "size", "payload"}, …]`; at_ms counts from the server's start.
  [[nodiscard]] std::string dump() const;

 private:
  std::deque<std::string> entries_;
  std::size_t bytes_ = 0;
};

/// The side of the sockets that tests may reach into.
class TestLevers {
 public:
  virtual ~TestLevers() = default;
  virtual int drop_sockets(int user) = 0;
  virtual void refuse(bool on) = 0;
  [[nodiscard]] virtual const FrameLog& frames() const = 0;
};

/// nullopt: the path is none of these routes.
[[nodiscard]] std::optional<Response> serve_test_controls(TestLevers& levers, const Request& request,
                                                          const std::string& path);

}  // namespace odnix::devserver
