// Every small choice of the virtual world: how long a frame travels, whether a promise fails, what a person does when
// it rings. A choice is a pure function of (seed, place, seat, how many were made there before), so taking one stimulus
// out of a run leaves the other choices as they were. 0 is always the tame choice; a failing run is shrunk by taming
// one choice after the other.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "sim/random.hpp"

namespace odnix::sim {

/// Where a choice is made.
enum class Site : std::uint8_t {
  up,           ///< client to server, delay
  down,         ///< server to client, delay
  loss,         ///< a frame vanishes in the server
  twice,        ///< a frame is delivered twice
  socket,       ///< time to open
  refusal,      ///< the handshake is refused
  notice,       ///< how late the browser learns that its socket is dead
  jitter,       ///< the client's own randomness in SocketClosed
  promise,      ///< time until createOffer and its like settle
  refused,      ///< they fail
  gathering,    ///< time between candidates
  candidates,   ///< how many
  path,         ///< time to connect
  blocked,      ///< no path exists
  devices,      ///< time until getUserMedia settles
  device_fate,  ///< how it settles
  alarm,        ///< how late the browser's timer fires
  last_words,   ///< what a page sends while it closes may be lost
  reaction,     ///< what a person does about a new situation
  reaction_time,
  call_id,
  tabs,     ///< time between two tabs of one browser
  epoch,    ///< when a page's clock began
  channel,  ///< a data channel: time to open, whether it dies, whether its last words arrive
  resume,   ///< pages that are reloaded in a call, and somebody who lies about it
  flow,     ///< how late the statistics notice
  early,    ///< what a page may do while it rings, whether it has a relay, whether that works
  count_,
};

inline constexpr unsigned max_seats = 16;

/// One choice: site, seat and its number there.
using ChoiceKey = std::uint32_t;

class Decisions {
 public:
  /// `tamed` (sorted, may be null) are answered with 0. `kept` (may be null) receives the choices that were not.
  void begin(std::uint64_t seed, const std::vector<ChoiceKey>* tamed, std::vector<ChoiceKey>* kept) {
    seed_ = mix(seed ^ 0x5151515151515151ull);
    tamed_ = tamed;
    kept_ = kept;
    counts_.fill(0);
  }

  /// 0 … below-1.
  std::uint32_t pick(Site site, unsigned seat, std::uint32_t below) {
    if (below <= 1) return 0;
    auto& count = counts_[static_cast<unsigned>(site) * max_seats + seat];
    const ChoiceKey key = static_cast<ChoiceKey>(site) << 24 | seat << 16 | count++;
    const auto value = static_cast<std::uint32_t>(((mix(seed_ ^ key * 0x9e3779b97f4a7c15ull) >> 32) * below) >> 32);
    if (value == 0 || (!tamed_ && !kept_)) return value;
    if (tamed_ && std::binary_search(tamed_->begin(), tamed_->end(), key)) return 0;
    if (kept_) kept_->push_back(key);
    return value;
  }

  /// True in `per_mille` (less than 1000) of all cases.
  bool chance(Site site, unsigned seat, std::uint32_t per_mille) {
    return per_mille > 0 && pick(site, seat, 1000) + per_mille >= 1000;
  }

 private:
  std::uint64_t seed_{};
  const std::vector<ChoiceKey>* tamed_{};
  std::vector<ChoiceKey>* kept_{};
  std::array<std::uint16_t, static_cast<std::size_t>(Site::count_) * max_seats> counts_{};
};

}  // namespace odnix::sim
