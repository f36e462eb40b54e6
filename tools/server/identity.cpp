#include "identity.hpp"

#include <algorithm>

namespace odnix::devserver {
namespace {

constexpr std::string_view kCookie = "odnix_dev_user";
constexpr std::string_view kPrefix = "/as/";

/// Only a path on this site, and nothing that could end a header line.
bool is_local_path(std::string_view path) {
  if (path.empty() || path.front() != '/') return false;
  if (path.size() > 1 && (path[1] == '/' || path[1] == '\\')) return false;
  return std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

const User* find_user(const Accounts& accounts, std::string_view id) {
  const auto number = read_id(id);
  return number ? accounts.user(*number) : nullptr;
}

}  // namespace

Visitor identify(const Accounts& accounts, const Request& request) {
  const std::string_view path = request.path;
  if (path.substr(0, kPrefix.size()) == kPrefix) {
    const std::size_t end = std::min(path.find('/', kPrefix.size()), path.size());
    const std::string_view id = path.substr(kPrefix.size(), end - kPrefix.size());
    const std::string_view rest = path.substr(end);
    return {find_user(accounts, id), std::string(path.substr(0, end)), rest.empty() ? "/" : std::string(rest)};
  }
  const auto cookie = request.cookie_value(kCookie);
  return {cookie ? find_user(accounts, *cookie) : nullptr, "", request.path};
}

Response login(const Accounts& accounts, const Request& request, std::string_view id) {
  const User* user = find_user(accounts, id);
  if (user == nullptr) return plain(404, "nobody has this id");
  const std::string next = request.parameter("next").value_or("/");
  Response response = redirect(is_local_path(next) ? next : "/");
  response.header("Set-Cookie", std::string(kCookie) + "=" + std::to_string(user->id) + "; Path=/; SameSite=Lax");
  return response;
}

}  // namespace odnix::devserver
