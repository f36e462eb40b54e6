// Who is asking. There are no passwords: a visitor is whom the address or the cookie says. The address wins, so that
// two tabs of one browser can be two people: http://localhost:8080/as/1/chat/1/ and …/as/2/chat/1/.
#pragma once

#include "accounts.hpp"
#include "http.hpp"

namespace odnix::devserver {

struct Visitor {
  const User* user = nullptr;  ///< nullptr: not signed in, or an id nobody has
  std::string prefix;          ///< "/as/<id>" or empty
  std::string path;            ///< what is left; starts with '/'
};

[[nodiscard]] Visitor identify(const Accounts& accounts, const Request& request);

/// GET /login/<id>?next=/path. Sets the cookie; 404 for an unknown id.
[[nodiscard]] Response login(const Accounts& accounts, const Request& request, std::string_view id);

}  // namespace odnix::devserver
