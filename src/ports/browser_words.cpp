#include "ports/browser_words.hpp"

#include <cstddef>

#include "core/reflect.hpp"

namespace odnix::ports {
namespace {

/// The value whose name is `word`.
template <class Enum>
std::optional<Enum> named(std::string_view word) {
  for (std::size_t n = 0;; ++n) {
    const std::string_view name = core::nth_name(names_of(Enum{}), n);
    if (name.empty()) return std::nullopt;
    if (name == word) return static_cast<Enum>(n);
  }
}

/// The browsers' "new" is a keyword in C++; "fresh" and "unknown" are our words, not theirs.
template <class State>
State state(std::string_view word) {
  if (word == "new") return State::fresh;
  if (word == "fresh") return State::unknown;
  return named<State>(word).value_or(State::unknown);
}

struct MediaErrorWord {
  std::string_view name;
  core::MediaError error;
};

constexpr MediaErrorWord media_errors[] = {
    {"NotAllowedError", core::MediaError::denied},
    {"NotFoundError", core::MediaError::missing},
    {"NotReadableError", core::MediaError::busy},
    {"AbortError", core::MediaError::busy},
    {"OverconstrainedError", core::MediaError::constrained},
    {"InsecureContext", core::MediaError::insecure},
};

}  // namespace

core::ConnectionState connection_state(std::string_view word) { return state<core::ConnectionState>(word); }
core::IceState ice_state(std::string_view word) { return state<core::IceState>(word); }

core::Permission permission(std::string_view word) {
  return named<core::Permission>(word).value_or(core::Permission::unknown);
}

core::MediaError media_error(std::string_view name, std::string_view message) {
  for (const auto& known : media_errors) {
    if (known.name != name) continue;
    // Chromium: "Permission dismissed" against "Permission denied". Others do not tell.
    const bool dismissed = message.find("dismissed") != std::string_view::npos;
    return known.error == core::MediaError::denied && dismissed ? core::MediaError::dismissed : known.error;
  }
  return core::MediaError::unknown;
}

std::optional<core::TabNews> tab_news(std::string_view word) { return named<core::TabNews>(word); }
std::optional<core::MediaKind> media_kind(std::string_view word) { return named<core::MediaKind>(word); }
std::optional<core::DescriptionKind> description_kind(std::string_view word) {
  return named<core::DescriptionKind>(word);
}
std::optional<core::DescriptionStep> description_step(std::string_view word) {
  return named<core::DescriptionStep>(word);
}

}  // namespace odnix::ports
