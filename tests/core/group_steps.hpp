// What tests of groups share: everybody, everybody in a call, what was done and said.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "support/group_room.hpp"
#include "support/printers.hpp"

namespace odnix::scenario {

inline std::vector<std::size_t> all(std::size_t count) {
  std::vector<std::size_t> list(count);
  for (std::size_t i = 0; i < count; ++i) list[i] = i;
  return list;
}

/// Everybody is in a call that the first one began.
inline void meet(test::GroupRoom& room, const std::vector<std::size_t>& members) {
  room.start(members.front());
  for (std::size_t i = 1; i < members.size(); ++i) room.accept(members[i]);
  room.pass(std::chrono::seconds{1});
  REQUIRE(room.meshed(members));
}

template <class E>
std::size_t count(const test::GroupRoom& room, std::size_t page) {
  const auto& effects = room.pages[page].effects;
  return static_cast<std::size_t>(std::count_if(
      effects.begin(), effects.end(), [](const core::Effect& effect) { return std::get_if<E>(&effect) != nullptr; }));
}

template <class Signal>
bool is(const test::GroupRoom::Said& one) {
  return std::get_if<Signal>(&one.message.signal) != nullptr;
}

}  // namespace odnix::scenario
