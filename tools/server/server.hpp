// The socket library's side: listens, turns its callbacks into calls of Site and Hub, and stops cleanly.
#pragma once

#include <csignal>
#include <cstddef>
#include <map>
#include <string>

#include "hub.hpp"
#include "site.hpp"

struct lws_context;

namespace odnix::devserver {

class Server {
 public:
  /// All references must outlive the server.
  Server(const Options& options, const Accounts& accounts, const Site& site, Hub& hub, const Log& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// False: the port is taken, or the certificate cannot be used; the library has logged which.
  [[nodiscard]] bool listen();
  /// "http://127.0.0.1:8080": the real port.
  [[nodiscard]] std::string url() const;
  /// Serves until `stop` becomes true (a signal handler sets it and calls wake()).
  void run(const volatile std::sig_atomic_t& stop);
  /// Safe inside a signal handler.
  void wake() const;

  /// The library's events, by its own names; see server.cpp.
  int on_event(lws* wsi, int reason, void* data, std::size_t size);

 private:
  struct Sending {
    Response response;
    std::size_t sent = 0;
  };

  int answer_request(lws* wsi, std::string_view path);
  int begin_response(lws* wsi, const Request& request, Response response);
  int continue_response(lws* wsi);
  int confirm_upgrade(lws* wsi);
  void receive(lws* wsi, std::string_view piece);
  static int close_with(lws* wsi, int code);

  const Options& options_;
  const Accounts& accounts_;
  const Site& site_;
  Hub& hub_;
  const Log& log_;
  lws_context* context_ = nullptr;
  int port_ = 0;
  std::map<lws*, Sending> sending_;
  std::map<lws*, Admission> admitted_;  ///< between the handshake and the open socket
};

}  // namespace odnix::devserver
