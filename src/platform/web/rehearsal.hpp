// A call of this client with itself, in memory and in silence. A browser compiles a function of the module when it is
// first called, lays out a text slowly the first time, and so on: together a tenth of a second, which the first call of
// a page would spend with the other side waiting. Two scratch clients go through a whole call while the page is idle,
// in slices; everything that they ask of the browser goes to a glue that does nothing, their frames go to each other,
// and what they show is laid out but never shown.
#pragma once

#include <memory>

#include "core/event.hpp"
#include "ui/input.hpp"

namespace odnix::platform {

class UiPort;

class Rehearsal {
 public:
  /// The scratch clients look like `self`: the same names are written on the same screens.
  Rehearsal(UiPort& ui, const core::Self& self);
  ~Rehearsal();

  /// One slice, a few milliseconds. False: it is over.
  bool step(const ui::Viewport& viewport);

 private:
  struct Cast;
  std::unique_ptr<Cast> cast_;
};

}  // namespace odnix::platform
