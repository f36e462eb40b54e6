// Colours and radius, from the page's CSS custom properties (--odnix-call-…) or these defaults (ui.md, Look).
#pragma once

#include <cstdint>

namespace odnix::ui {

struct Color {
  std::uint8_t r{};
  std::uint8_t g{};
  std::uint8_t b{};
  std::uint8_t a{255};
  bool operator==(const Color&) const = default;
};

/// The same colour with another opacity, 0…1 of what it has.
[[nodiscard]] constexpr Color faded(Color c, float opacity) {
  return {c.r, c.g, c.b, static_cast<std::uint8_t>(static_cast<float>(c.a) * opacity + 0.5F)};
}
/// From a to b, t in 0…1.
[[nodiscard]] constexpr Color mixed(Color a, Color b, float t) {
  const auto mix = [t](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(static_cast<float>(x) + (static_cast<float>(y) - static_cast<float>(x)) * t +
                                     0.5F);
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), mix(a.a, b.a)};
}

inline constexpr Color white{255, 255, 255};
inline constexpr Color black{0, 0, 0};

struct Theme {
  Color surface{17, 17, 17};
  Color accent{16, 185, 129};
  Color danger{239, 68, 68};
  Color warning{251, 191, 36};
  Color text{255, 255, 255};
  float radius{12};
  bool operator==(const Theme&) const = default;
};

}  // namespace odnix::ui
