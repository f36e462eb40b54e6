#include "platform/web/random.hpp"

#include <emscripten.h>

EM_JS(void, odnix_random_bytes, (void* to, int count), { crypto.getRandomValues(HEAPU8.subarray(to, to + count)); });

namespace odnix::platform {

std::uint64_t Random::next() {
  std::uint64_t bits{};
  odnix_random_bytes(&bits, sizeof bits);
  return bits;
}

}  // namespace odnix::platform
