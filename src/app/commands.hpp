// What a person presses, or the page asks for, as an event of the call machine.
#pragma once

#include <optional>

#include "core/event.hpp"
#include "ports/inbox.hpp"
#include "ports/ports.hpp"
#include "view/model.hpp"

namespace odnix::app {

/// `seen` is the model as it is now: toggles turn what it shows. A control that it no longer shows, or shows disabled,
/// was pressed too late: nullopt.
[[nodiscard]] std::optional<core::Event> event_of(const view::Intent& intent, const view::ViewModel& seen,
                                                  ports::RandomPort& random);
[[nodiscard]] core::Event event_of(const ports::StartCommand& command, ports::RandomPort& random);
[[nodiscard]] core::Event event_of(const ports::EndCommand& command);

}  // namespace odnix::app
