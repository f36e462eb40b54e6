// What one person's words may make this page do, whatever they say: a peer can neither ring without end nor keep the
// browser busy with descriptions (call-rules in docs/, "Budgets"). By person, as the server vouches for them: new
// calls, pages and connections do not begin it anew.
#pragma once

#include "core/ids.hpp"
#include "core/reflect.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// message: one is looked at. ring: a call of theirs rings, or is told as missed. description: the browser applies one,
/// or makes a connection. candidate: the browser is given one.
ODNIX_ENUM(Cost, message, ring, description, candidate)

/// When what was spent so far is paid back. Absent from the future: all is there.
struct Budget {
  UserId user;
  TimePoint messages{};
  TimePoint rings{};
  TimePoint descriptions{};
  TimePoint candidates{};
  ODNIX_RECORD(Budget, user, messages, rings, descriptions, candidates)
};

}  // namespace odnix::core
