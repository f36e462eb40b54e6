// Reads the library's header table into a Request and writes a Response's head.
#pragma once

#include <optional>
#include <string_view>

#include "http.hpp"

struct lws;

namespace odnix::devserver {

/// Only valid while the library still holds the headers: in the request and handshake callbacks.
[[nodiscard]] Request read_request(lws* wsi, std::string_view path);
/// The path of a handshake, percent-decoded; empty when there is none.
[[nodiscard]] std::string_view request_path(lws* wsi);
/// False: the connection is broken.
[[nodiscard]] bool write_head(lws* wsi, const Response& response);

}  // namespace odnix::devserver
