// One request and one answer as plain values: everything above the socket library works on these.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace odnix::devserver {

struct Request {
  enum class Method { Get, Head, Post, Other };
  Method method = Method::Get;
  std::string path;   ///< percent-decoded, starts with '/'
  std::string query;  ///< percent-decoded, without '?'
  std::string host;
  std::string cookie;
  std::string accept_encoding;
  std::string if_none_match;

  /// Value of `key=` in the query; nullopt: not there.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view key) const;
  /// Value of a cookie.
  [[nodiscard]] std::optional<std::string> cookie_value(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;

  Response& header(std::string name, std::string value);
};

[[nodiscard]] Response plain(int status, std::string text);
[[nodiscard]] Response json(std::string text);
[[nodiscard]] Response redirect(std::string location);

/// Digits only, 1 … 999 999 999.
[[nodiscard]] std::optional<int> read_id(std::string_view text);

}  // namespace odnix::devserver
