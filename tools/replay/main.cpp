// odnix-replay FILE: replays a journal that a page exported (OdnixCall.debug.journal()) and prints what happened.
// Ends with 0 if every tick came out the same, 1 if one did not, 2 if the file is no journal that this build can read.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "replay/replay.hpp"

int main(int argc, char** argv) {
  if (argc != 2 || argv[1][0] == '-') {
    std::cerr << "usage: odnix-replay FILE\nReplays a journal of odnix-call and compares every tick with the record.\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) {
    std::cerr << "odnix-replay: cannot read " << argv[1] << "\n";
    return 2;
  }
  const std::string journal((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const odnix::replay::Report report = odnix::replay::replay(journal);
  std::cout << report.trace;
  switch (report.outcome) {
    case odnix::replay::Outcome::same: std::cout << report.ticks << " ticks, all the same\n"; return 0;
    case odnix::replay::Outcome::diverged:
      std::cerr << "diverged after " << report.ticks << " ticks\n" << report.problem;
      return 1;
    case odnix::replay::Outcome::unreadable:
      std::cerr << "odnix-replay: " << argv[1] << ": " << report.problem;
      return 2;
  }
  return 2;
}
