// Randomness of our own, so that a seed means the same run on every machine and with every standard library.
#pragma once

#include <cstdint>

namespace odnix::sim {

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014): every bit of the input stirs every bit of the output.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

/// splitmix64 as a generator.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    const std::uint64_t value = mix(state_);
    state_ += 0x9e3779b97f4a7c15ull;
    return value;
  }
  /// 0 … limit-1; 0 if limit is 0.
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32); }

 private:
  std::uint64_t state_;
};

}  // namespace odnix::sim
