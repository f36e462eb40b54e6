// A fuzzer's finding: says what broke, and ends the process so that libFuzzer keeps the input.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace odnix::fuzz {

inline void check(const std::string& problem, const std::string& story = {}) {
  if (problem.empty()) return;
  std::fprintf(stderr, "broken: %s\n%s\n", problem.c_str(), story.c_str());
  std::abort();
}

}  // namespace odnix::fuzz
