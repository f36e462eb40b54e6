// The HTML pages of the shell: which route shows which file, what a template may be told, and the policies that go
// with it (design: strict CSP and Trusted Types; the embed example needs its inline script, as the old templates do).
#pragma once

#include <optional>

#include "identity.hpp"
#include "static_files.hpp"

namespace odnix::devserver {

class Pages {
 public:
  Pages(const Accounts& accounts, const StaticFiles& files) : accounts_(accounts), files_(files) {}

  /// nullopt: the path is none of a page.
  [[nodiscard]] std::optional<Response> serve(const Visitor& visitor, const Request& request) const;

 private:
  const Accounts& accounts_;
  const StaticFiles& files_;
};

}  // namespace odnix::devserver
