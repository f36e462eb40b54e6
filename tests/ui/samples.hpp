// View models of every screen, for tests and for pictures.
#pragma once

#include <string>
#include <vector>

#include "view/model.hpp"

namespace odnix::samples {

struct Sample {
  std::string name;
  view::ViewModel model;
};

view::ViewModel incoming(bool video = true);
view::ViewModel outgoing(bool video = true);
view::ViewModel video_call();
view::ViewModel shared_screen();  ///< theirs, large
view::ViewModel sharing();        ///< ours
view::ViewModel audio_call();
view::ViewModel ended();
view::ViewModel notice();
view::ViewModel group(int people);

/// All of them and their harder variants: long names, banners, every control, other scripts.
std::vector<Sample> all();

}  // namespace odnix::samples
