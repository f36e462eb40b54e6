#include "site.hpp"

namespace odnix::devserver {

Response Site::handle(const Request& request) const {
  const Visitor visitor = identify(accounts_, request);
  if (levers_ != nullptr) {
    if (auto response = serve_test_controls(*levers_, request, visitor.path)) return *std::move(response);
  }
  switch (request.method) {
    case Request::Method::Get:
    case Request::Method::Head: break;
    case Request::Method::Post:
    case Request::Method::Other: return plain(405, "GET or HEAD only").header("Allow", "GET, HEAD");
  }
  // "/as/1" alone would break the page's relative links.
  if (!visitor.prefix.empty() && request.path == visitor.prefix) return redirect(visitor.prefix + "/");
  if (auto page = pages_.serve(visitor, request)) return *std::move(page);

  constexpr std::string_view kLogin = "/login/";
  if (visitor.path.compare(0, kLogin.size(), kLogin) == 0) {
    return login(accounts_, request, std::string_view(visitor.path).substr(kLogin.size()));
  }
  if (visitor.path == "/api/users.json") return json(accounts_.describe_all());
  if (visitor.path == "/api/me.json") {
    return visitor.user == nullptr ? plain(403, "not signed in") : json(accounts_.describe_user(*visitor.user));
  }
  return files_.serve(visitor.path, request);
}

}  // namespace odnix::devserver
