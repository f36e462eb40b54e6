// Runs effects: each is one call of one port. What comes of it is posted to the inbox by the port, now or later.
#pragma once

#include <vector>

#include "core/effect.hpp"
#include "ports/ports.hpp"

namespace odnix::app {

/// In order. The state they belong to must be stored already: a port may post while it runs.
void run_effects(const std::vector<core::Effect>& effects, const ports::Ports& ports);

}  // namespace odnix::app
