// odnix-lab-link <interface a> <interface b> [seed]
//
// A cable between two network interfaces that can be as bad as a test wants: kernels without netem have none.
// Standard input: "ab <weather>", "ba <weather>", "both <weather>" (weather.hpp) or "counts"; each line is answered by
// one. Ends when standard input does.

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "port.hpp"

namespace {

using namespace odnix::lab;

Micros now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

struct Link {
  Port ports[2];
  Direction ways[2];  ///< [0] from a to b
};

void tell_counts(const Link& link) {
  for (const Direction& way : link.ways) {
    const auto& c = way.counts();
    std::printf("in %" PRIu64 " lost %" PRIu64 " overflowed %" PRIu64 " out %" PRIu64 "%s", c.in, c.lost, c.overflowed,
                c.out, &way == link.ways ? " | " : "\n");
  }
}

void obey(Link& link, const std::string& line) {
  if (line == "counts") return tell_counts(link);
  const std::size_t space = line.find(' ');
  const std::string which = line.substr(0, space);
  const auto weather = read_weather(space == std::string::npos ? "" : std::string_view(line).substr(space + 1));
  if (!weather || (which != "ab" && which != "ba" && which != "both")) {
    std::printf("not understood: %s\n", line.c_str());
    return;
  }
  if (which != "ba") link.ways[0].change(*weather);
  if (which != "ab") link.ways[1].change(*weather);
  std::printf("ok %s\n", line.c_str());
}

/// False once standard input has ended.
bool listen(Link& link) {
  static std::string pending;
  char buffer[512];
  const ssize_t size = read(STDIN_FILENO, buffer, sizeof buffer);
  if (size <= 0) return false;
  pending.append(buffer, static_cast<std::size_t>(size));
  for (std::size_t end; (end = pending.find('\n')) != std::string::npos; pending.erase(0, end + 1)) {
    obey(link, pending.substr(0, end));
  }
  std::fflush(stdout);
  return true;
}

void run(Link& link) {
  for (;;) {
    const Micros start = now();
    Micros wait = 1'000'000;
    for (const Direction& way : link.ways) {
      if (const auto due = way.next()) wait = std::min(wait, std::max<Micros>(0, *due - start));
    }
    pollfd ready[3] = {
        {link.ports[0].descriptor(), POLLIN, 0}, {link.ports[1].descriptor(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    const timespec limit{wait / 1'000'000, wait % 1'000'000 * 1000};
    ppoll(ready, 3, &limit, nullptr);
    if (ready[2].revents != 0 && !listen(link)) return;
    for (int i = 0; i < 2; ++i) {
      while (auto frame = link.ports[i].read()) link.ways[i].put(now(), std::move(*frame));
      while (auto frame = link.ways[i].take(now())) link.ports[1 - i].write(*frame);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: odnix-lab-link <interface a> <interface b> [seed]\n", stderr);
    return 2;
  }
  std::string error;
  const auto a = Port::open(argv[1], error);
  const auto b = a ? Port::open(argv[2], error) : a;
  if (!b) {
    std::fprintf(stderr, "odnix-lab-link: %s\n", error.c_str());
    return 1;
  }
  const unsigned seed = argc > 3 ? static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10)) : 1;
  Link link{{*a, *b}, {Direction(seed), Direction(seed + 1)}};
  std::puts("ready");
  std::fflush(stdout);
  run(link);
  return 0;
}
