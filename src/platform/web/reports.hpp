// What the glue reports, as core events: one table, by the message's type.
#pragma once

#include <emscripten/val.h>

#include <optional>
#include <string_view>

#include "core/event.hpp"

namespace odnix::platform {

/// nullopt: a type or a word that we do not know.
[[nodiscard]] std::optional<core::Event> event_of(std::string_view type, const emscripten::val& message);

}  // namespace odnix::platform
