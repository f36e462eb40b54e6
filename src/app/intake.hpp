// The last touch on an event from outside before the call machine sees it.
#pragma once

#include <string>

#include "core/event.hpp"
#include "ports/ports.hpp"

namespace odnix::app {

/// Gives a closed socket its jitter, and cleans the browser's error texts.
void prepare(core::Event& event, ports::RandomPort& random);

/// A DOMException's text fit for logs: at most 160 bytes, and cut where it begins to quote a session description or a
/// candidate ("Failed to parse SessionDescription. a=ice-pwd:… Invalid value"), for those are secret.
[[nodiscard]] std::string clean_error(std::string text);

}  // namespace odnix::app
