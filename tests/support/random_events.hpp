// Event sequences that nobody would think of, the same for the same seed on every machine. They know the state only to
// name its peers, requests and calls about half of the time: the other half is stale, foreign or nonsense.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/event.hpp"
#include "core/state.hpp"

namespace odnix::test {

class RandomEvents {
 public:
  explicit RandomEvents(std::uint64_t seed) : state_(seed * 0xd1342543de82ef95ull + 1) {}
  /// Chosen by bytes instead of a seed: a fuzzer learns which bytes lead somewhere. Used up, every choice is the first.
  RandomEvents(const std::uint8_t* bytes, std::size_t count) : bytes_(bytes), left_(count) {}
  [[nodiscard]] bool used_up() const { return left_ == 0; }

  [[nodiscard]] core::Event event(const core::State& now);
  /// Mostly milliseconds, sometimes a minute.
  [[nodiscard]] core::Duration pause();

 private:
  std::uint32_t below(std::uint32_t limit);
  bool coin() { return below(2) == 0; }
  template <class Enum>
  Enum any(Enum last) {
    return static_cast<Enum>(below(static_cast<std::uint32_t>(last) + 1));
  }
  core::Event helpful(const core::Call& call);
  core::Event about_page();
  core::Event about_sockets();
  core::Event about_peer(const core::State& now);
  core::Event about_media(const core::State& now);
  core::Event message(const core::State& now);
  core::Signal signal();
  core::PeerId peer(const core::State& now);

  std::uint64_t state_{};
  const std::uint8_t* bytes_{};
  std::size_t left_{};
};

}  // namespace odnix::test
