#pragma once
// One direction of the link: frames go in, and come out when and if the weather lets them. No input, output or clock.

#include <cstdint>
#include <optional>
#include <queue>
#include <random>
#include <vector>

#include "weather.hpp"

namespace odnix::lab {

using Micros = std::int64_t;  ///< on any clock that only goes forward
using Bytes = std::vector<unsigned char>;

class Direction {
 public:
  /// The seed makes a run's losses the same again.
  explicit Direction(unsigned seed) : random_(seed) {}

  /// Holds for the frames from now on; those under way keep what they were given. A cut takes them, too.
  void change(const Weather& weather);
  void put(Micros now, Bytes frame);
  /// The next frame that is due, if any.
  std::optional<Bytes> take(Micros now);
  /// When the next frame is due, if one is under way.
  std::optional<Micros> next() const;

  struct Counts {
    std::uint64_t in{}, lost{}, overflowed{}, out{};
  };
  const Counts& counts() const { return counts_; }

 private:
  struct Frame {
    Micros due;
    std::uint64_t order;  ///< equal times leave in the order they came
    Bytes bytes;
  };
  struct Later {
    bool operator()(const Frame& a, const Frame& b) const { return a.due != b.due ? a.due > b.due : a.order > b.order; }
  };

  bool chance(double share) { return share > 0 && unit_(random_) < share; }
  bool loses();

  Weather weather_;
  std::mt19937 random_;
  std::uniform_real_distribution<double> unit_{0, 1};
  std::priority_queue<Frame, std::vector<Frame>, Later> under_way_;
  std::uint64_t next_order_{};
  Micros free_at_{};   ///< when the limited line has sent what it was given
  Micros last_due_{};  ///< of the frames that keep their order
  bool losing_{};      ///< inside a burst of losses
  Counts counts_;
};

}  // namespace odnix::lab
