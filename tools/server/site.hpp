// All HTTP routes in one place.
//
//   /  /chat/<id>/  /embed/<id>/  /dashboard/      pages
//   /login/<id>?next=/path                         cookie
//   /api/me.json  /api/users.json                  accounts
//   /test/…                                        with --test-controls
//   anything else                                  a file
// Each also below /as/<id>/.
#pragma once

#include "pages.hpp"
#include "test_controls.hpp"

namespace odnix::devserver {

class Site {
 public:
  /// `levers` is nullptr without --test-controls. All references must outlive the site.
  Site(const Accounts& accounts, const StaticFiles& files, TestLevers* levers)
      : accounts_(accounts), files_(files), pages_(accounts, files), levers_(levers) {}

  [[nodiscard]] Response handle(const Request& request) const;

 private:
  const Accounts& accounts_;
  const StaticFiles& files_;
  Pages pages_;
  TestLevers* levers_;
};

}  // namespace odnix::devserver
