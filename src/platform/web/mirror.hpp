// Sends a scene to the DOM: web/ui/surface.js places the videos and the canvas, web/ui/mirror.js the buttons and texts.
#pragma once

#include "ui/output.hpp"

namespace odnix::platform {

void show_scene(const ui::Scene& scene);

}  // namespace odnix::platform
