// A page's socket, as the server and the wires between see it.
#pragma once

#include <cstdint>

namespace odnix::sim {

/// A socket as its browser and the server see it.
struct Line {
  enum class Is : std::uint8_t { closed, opening, open } is{};
  bool dead{};            ///< the server has left; the browser does not know yet
  std::uint32_t life{};   ///< changes with every socket
  bool gone{};            ///< closed, and only the fresh one is left
  std::uint32_t fresh{};  ///< the life of one that opens beside it, to take its place; 0 = none
  std::uint32_t lives{};  ///< so many so far
  std::uint32_t lost{};   ///< what was sent in this life or before and has not arrived, never will
  std::int64_t up_at{};   ///< frames keep their order: none arrives before this
  std::int64_t down_at{};
};

inline void close_line(Line& line) {
  line.is = Line::Is::closed;
  line.gone = false;
  line.fresh = 0;
  line.life = ++line.lives;
}

/// A new socket of that life, not open yet.
inline void begin_line(Line& line, std::uint32_t life) {
  line.is = Line::Is::opening;
  line.dead = line.gone = false;
  line.life = life;
  line.fresh = 0;
  line.up_at = line.down_at = 0;
}

}  // namespace odnix::sim
