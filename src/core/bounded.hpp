// Lists of the state that strangers fill have a limit (docs/call-rules.md, "Memory").
#pragma once

#include <cstddef>
#include <vector>

namespace odnix::core {

/// Room for one more at the end: the oldest goes.
template <class T>
void make_room(std::vector<T>& list, std::size_t limit) {
  if (list.size() >= limit) list.erase(list.begin());
}

}  // namespace odnix::core
