// A stable sort for a handful of items: the library's merge sort would be four kilobytes of every page.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace odnix::ui {

template <class T, class Before>
void sort_few(std::vector<T>& list, Before before) {
  for (std::size_t i = 1; i < list.size(); ++i) {
    for (std::size_t k = i; k > 0 && before(list[k], list[k - 1]); --k) std::swap(list[k], list[k - 1]);
  }
}

}  // namespace odnix::ui
