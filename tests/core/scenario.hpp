// Scenarios as tables: a page in some standing, one thing that happens, and everything that comes of it in order.
// Effects print in a few words; kinds of effect that a table does not speak of are left out of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "world.hpp"

namespace odnix::scenario {

/// A page in a named standing: "rung", "talking as callee", …
struct Standing {
  std::string_view name;
  World (*make)();
};

/// One line of a table. `then` is "Phase: effect; effect; …".
struct Line {
  std::string_view story;
  World (*given)();
  std::function<Event(const World&)> when;
  std::string_view then;
};

/// "Phase: effect; effect" of the last event.
std::string outcome(const World& world);

/// Plays every line and compares; on a difference both texts are printed.
void play(const std::vector<Line>& table);

// ---- standings
// -------------------------------------------------------------------------------------------------------

World idle();
World preparing();            ///< start was pressed, devices and description still open
World calling();              ///< our video call rings out
World rung();                 ///< Bob's v2 video call rings here
World rung_by_old();          ///< an old peer's call rings here
World answering();            ///< accepted, our answer is out, no path yet
World answered();             ///< our call was answered by Bob's page `there`, no path yet
World answered_by_old();      ///< by an old peer
World talking();              ///< our call, connected
World talking_as_callee();    ///< Bob's call, connected
World talking_to_old();       ///< our call to an old peer, connected
World lost();                 ///< our call, the path is lost
World over();                 ///< our call has ended by our hang-up
World without_socket(World);  ///< the chat's socket has closed

}  // namespace odnix::scenario
