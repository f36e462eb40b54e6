#include "server.hpp"

#include <libwebsockets.h>

#include <algorithm>
#include <array>
#include <vector>

#include "lws_request.hpp"

namespace odnix::devserver {
namespace {

constexpr std::size_t kReceivePiece = std::size_t{64} << 10;
constexpr std::size_t kSendPiece = std::size_t{64} << 10;
constexpr lws_usec_t kShutdownPatience = LWS_US_PER_SEC;  ///< for clients to answer our close frames

int callback(lws* wsi, lws_callback_reasons reason, void*, void* data, std::size_t size) {
  auto* server = static_cast<Server*>(lws_context_user(lws_get_context(wsi)));
  return server == nullptr ? 0 : server->on_event(wsi, reason, data, size);
}

// Clients that name no subprotocol, which is all of them, get the first entry: HTTP and sockets share it.
const std::array<lws_protocols, 2> kProtocols{{
    {"odnix", callback, 0, kReceivePiece, 0, nullptr, 0},
    {nullptr, nullptr, 0, 0, 0, nullptr, 0},
}};

struct ShutdownTimer {
  lws_sorted_usec_list_t entry;  // first: the library hands back its address
  bool over;
};

void shutdown_over(lws_sorted_usec_list_t* entry) { reinterpret_cast<ShutdownTimer*>(entry)->over = true; }

}  // namespace

Server::Server(const Options& options, const Accounts& accounts, const Site& site, Hub& hub, const Log& log)
    : options_(options), accounts_(accounts), site_(site), hub_(hub), log_(log) {}

Server::~Server() {
  if (context_ != nullptr) lws_context_destroy(context_);
}

bool Server::listen() {
  lws_set_log_level(LLL_ERR, nullptr);
  lws_context_creation_info info{};
  info.port = options_.port;
  info.iface = options_.bind == "0.0.0.0" ? nullptr : options_.bind.c_str();
  info.protocols = kProtocols.data();
  info.user = this;
  info.gid = -1;  // stay who we are
  info.uid = -1;
  info.pt_serv_buf_size = static_cast<unsigned>(kReceivePiece);
  info.max_http_header_data = 16384;
  info.options =
      LWS_SERVER_OPTION_VALIDATE_UTF8 | LWS_SERVER_OPTION_DISABLE_IPV6 | LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
  if (options_.tls()) {
    info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.ssl_cert_filepath = options_.tls_cert.c_str();
    info.ssl_private_key_filepath = options_.tls_key.c_str();
    info.alpn = "http/1.1";  // sockets over HTTP/2 would be another road to test
  }
  context_ = lws_create_context(&info);
  if (context_ == nullptr) return false;
  port_ = lws_get_vhost_listen_port(lws_get_vhost_by_name(context_, "default"));
  return true;
}

std::string Server::url() const {
  const std::string host = options_.bind == "0.0.0.0" ? "127.0.0.1" : options_.bind;
  return (options_.tls() ? "https://" : "http://") + host + ":" + std::to_string(port_);
}

void Server::wake() const { lws_cancel_service(context_); }

void Server::run(const volatile std::sig_atomic_t& stop) {
  while (stop == 0 && lws_service(context_, 0) >= 0) {}
  hub_.refuse(true);
  hub_.close_all();
  ShutdownTimer timer{};
  lws_sul_schedule(context_, 0, &timer.entry, shutdown_over, kShutdownPatience);
  while (!hub_.empty() && !timer.over && lws_service(context_, 0) >= 0) {}
  lws_sul_cancel(&timer.entry);
}

int Server::on_event(lws* wsi, int reason, void* data, std::size_t size) {
  const std::string_view bytes =
      data == nullptr ? std::string_view() : std::string_view(static_cast<char*>(data), size);
  // The library knows a hundred reasons; these are ours.
  switch (reason) {
    case LWS_CALLBACK_HTTP: return answer_request(wsi, bytes);
    case LWS_CALLBACK_HTTP_WRITEABLE: return continue_response(wsi);
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: return confirm_upgrade(wsi);
    case LWS_CALLBACK_ESTABLISHED:
      hub_.opened(wsi, admitted_[wsi]);
      admitted_.erase(wsi);
      return 0;
    case LWS_CALLBACK_RECEIVE: receive(wsi, bytes); return 0;
    case LWS_CALLBACK_TIMER:
    case LWS_CALLBACK_SERVER_WRITEABLE: return close_with(wsi, hub_.writable(wsi));
    case LWS_CALLBACK_CLOSED: hub_.closed(wsi); return 0;
    case LWS_CALLBACK_CLOSED_HTTP:
    case LWS_CALLBACK_WSI_DESTROY:
      sending_.erase(wsi);
      admitted_.erase(wsi);
      hub_.closed(wsi);
      return 0;
    default: return 0;
  }
}

int Server::answer_request(lws* wsi, std::string_view path) {
  const Request request = read_request(wsi, path);
  Response response = site_.handle(request);
  log_.detail("http " + std::to_string(response.status) + " " + request.path);
  return begin_response(wsi, request, std::move(response));
}

int Server::begin_response(lws* wsi, const Request& request, Response response) {
  if (!write_head(wsi, response)) return -1;
  if (request.method == Request::Method::Head || response.body.empty()) {
    return lws_http_transaction_completed(wsi) != 0 ? -1 : 0;
  }
  sending_[wsi] = {std::move(response), 0};
  lws_callback_on_writable(wsi);
  return 0;
}

int Server::continue_response(lws* wsi) {
  const auto found = sending_.find(wsi);
  if (found == sending_.end()) return 0;
  Sending& sending = found->second;
  const std::string& body = sending.response.body;
  const std::size_t piece = std::min(kSendPiece, body.size() - sending.sent);
  const bool last = sending.sent + piece == body.size();
  std::vector<unsigned char> buffer(LWS_PRE + piece);
  std::copy_n(body.begin() + static_cast<std::ptrdiff_t>(sending.sent), piece, buffer.begin() + LWS_PRE);
  if (lws_write(wsi, buffer.data() + LWS_PRE, piece, last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < 0) return -1;
  sending.sent += piece;
  if (!last) {
    lws_callback_on_writable(wsi);
    return 0;
  }
  sending_.erase(found);
  return lws_http_transaction_completed(wsi) != 0 ? -1 : 0;
}

int Server::confirm_upgrade(lws* wsi) {
  const Request request = read_request(wsi, request_path(wsi));
  Admission admission = admit(accounts_, request);
  if (hub_.refusing()) admission = {503, nullptr, nullptr, "refusing sockets"};
  if (admission.status == 0) {
    admitted_[wsi] = admission;
    return 0;
  }
  log_.detail("refused " + std::to_string(admission.status) + " " + request.path + ": " + admission.why);
  Response refusal;
  refusal.status = admission.status;
  return write_head(wsi, refusal) ? 1 : -1;
}

void Server::receive(lws* wsi, std::string_view piece) {
  const bool last = lws_is_final_fragment(wsi) != 0 && lws_remaining_packet_payload(wsi) == 0;
  hub_.received(wsi, piece, lws_frame_is_binary(wsi) != 0, last);
}

int Server::close_with(lws* wsi, int code) {
  if (code > 0) lws_close_reason(wsi, static_cast<lws_close_status>(code), nullptr, 0);
  return code == 0 ? 0 : -1;
}

}  // namespace odnix::devserver
