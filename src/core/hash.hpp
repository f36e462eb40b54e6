// A fingerprint of a text, the same on every machine: FNV-1a, 64 bits. Not for secrets that somebody could guess.
#pragma once

#include <cstdint>
#include <string_view>

namespace odnix::core {

[[nodiscard]] constexpr std::uint64_t hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ull;
  }
  return hash;
}

}  // namespace odnix::core
