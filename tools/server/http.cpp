#include "http.hpp"

namespace odnix::devserver {
namespace {

/// The value of `name=value` in a list with one separator and optional spaces.
std::optional<std::string_view> in_list(std::string_view list, char separator, std::string_view name) {
  while (!list.empty()) {
    std::string_view entry = list.substr(0, list.find(separator));
    list.remove_prefix(entry.size() < list.size() ? entry.size() + 1 : list.size());
    while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
    if (entry.size() > name.size() && entry.substr(0, name.size()) == name && entry[name.size()] == '=') {
      return entry.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> Request::parameter(std::string_view key) const {
  const auto found = in_list(query, '&', key);
  if (!found) return std::nullopt;
  return std::string(*found);
}

std::optional<std::string> Request::cookie_value(std::string_view name) const {
  const auto found = in_list(cookie, ';', name);
  if (!found) return std::nullopt;
  return std::string(*found);
}

Response& Response::header(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Response plain(int status, std::string text) {
  Response response;
  response.status = status;
  response.body = std::move(text) + "\n";
  response.header("Cache-Control", "no-store");
  return response;
}

Response json(std::string text) {
  Response response;
  response.type = "application/json";
  response.body = std::move(text);
  response.header("Cache-Control", "no-store");
  return response;
}

Response redirect(std::string location) {
  Response response = plain(303, "see " + location);
  response.header("Location", std::move(location));
  return response;
}

std::optional<int> read_id(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int id = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    id = id * 10 + (c - '0');
  }
  if (id == 0) return std::nullopt;
  return id;
}

}  // namespace odnix::devserver
