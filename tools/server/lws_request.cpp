#include "lws_request.hpp"

#include <libwebsockets.h>

#include <array>

namespace odnix::devserver {
namespace {

std::string header(lws* wsi, lws_token_indexes token) {
  const int length = lws_hdr_total_length(wsi, token);
  if (length <= 0) return {};
  std::string value(static_cast<std::size_t>(length) + 1, '\0');
  if (lws_hdr_copy(wsi, value.data(), length + 1, token) < 0) return {};
  value.resize(static_cast<std::size_t>(length));
  return value;
}

/// The library splits the query at '&'; put it together again.
std::string query(lws* wsi) {
  std::string whole;
  std::array<char, 2048> part{};
  for (int i = 0;; ++i) {
    const int length =
        lws_hdr_copy_fragment(wsi, part.data(), static_cast<int>(part.size()), WSI_TOKEN_HTTP_URI_ARGS, i);
    if (length < 0) return whole;
    if (i > 0) whole += '&';
    whole.append(part.data(), static_cast<std::size_t>(length));
  }
}

Request::Method method(lws* wsi) {
  if (lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) > 0) return Request::Method::Get;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_HEAD_URI) > 0) return Request::Method::Head;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_POST_URI) > 0) return Request::Method::Post;
  return Request::Method::Other;
}

}  // namespace

Request read_request(lws* wsi, std::string_view path) {
  Request request;
  request.method = method(wsi);
  request.path = path;
  request.query = query(wsi);
  request.host = header(wsi, WSI_TOKEN_HOST);
  request.cookie = header(wsi, WSI_TOKEN_HTTP_COOKIE);
  request.accept_encoding = header(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING);
  request.if_none_match = header(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH);
  return request;
}

std::string_view request_path(lws* wsi) {
  char* path = nullptr;
  int length = 0;
  if (lws_http_get_uri_and_method(wsi, &path, &length) < 0 || path == nullptr) return {};
  return {path, static_cast<std::size_t>(length)};
}

bool write_head(lws* wsi, const Response& response) {
  std::array<unsigned char, LWS_PRE + 8192> buffer{};
  unsigned char* const start = buffer.data() + LWS_PRE;
  unsigned char* at = start;
  unsigned char* const end = buffer.data() + buffer.size() - 1;
  const auto add = [&](const std::string& name, const std::string& value) {
    return lws_add_http_header_by_name(wsi, reinterpret_cast<const unsigned char*>((name + ":").c_str()),
                                       reinterpret_cast<const unsigned char*>(value.data()),
                                       static_cast<int>(value.size()), &at, end) == 0;
  };
  if (lws_add_http_header_status(wsi, static_cast<unsigned>(response.status), &at, end) != 0) return false;
  if (response.status != 304) {
    if (!add("Content-Type", response.type)) return false;
    if (lws_add_http_header_content_length(wsi, response.body.size(), &at, end) != 0) return false;
  }
  if (!add("X-Content-Type-Options", "nosniff")) return false;
  for (const auto& [name, value] : response.headers) {
    if (!add(name, value)) return false;
  }
  return lws_finalize_write_http_header(wsi, start, &at, end) == 0;
}

}  // namespace odnix::devserver
