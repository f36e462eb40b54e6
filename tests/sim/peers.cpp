#include "sim/peers.hpp"

#include <charconv>
#include <cstddef>

namespace odnix::sim {
namespace {

/// Letters and two numbers, without a stream or a growing string: this is the hot path.
class Text {
 public:
  void put(char c) { text_[size_++] = c; }
  void put(std::uint32_t number) {
    std::size_t digits = 1;
    for (std::uint32_t rest = number; rest >= 10; rest /= 10) ++digits;
    for (std::size_t i = digits; i-- > 0; number /= 10) text_[size_ + i] = static_cast<char>('0' + number % 10);
    size_ += digits;
  }
  [[nodiscard]] std::string take() const { return {text_, size_}; }

 private:
  char text_[32];
  std::size_t size_{};
};

}  // namespace

std::string sdp_text(bool offer, std::uint32_t number, std::size_t candidates) {
  Text text;
  text.put('#');
  text.put(offer ? 'o' : 'a');
  text.put(number);
  if (candidates > 0) {
    text.put('+');
    text.put(static_cast<std::uint32_t>(candidates));
  }
  return text.take();
}

SdpText read_sdp(std::string_view text) {
  SdpText result;
  if (text.size() < 3) return result;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + 2, end, result.number);
  if (error == std::errc{} && rest != end && *rest == '+') std::from_chars(rest + 1, end, result.candidates);
  return result;
}

std::string candidate_text(std::uint32_t ice, int number) {
  Text text;
  text.put('#');
  text.put('c');
  text.put(ice);
  text.put('.');
  text.put(static_cast<std::uint32_t>(number));
  return text.take();
}

std::uint32_t read_candidate(std::string_view text) { return read_sdp(text).number; }

void Peers::clear() {
  peers_.clear();
  descriptions_.assign(1, {});
  ices_ = 0;
}

std::uint32_t Peers::add(unsigned seat, std::uint32_t handle, bool offerer) {
  Peer peer;
  peer.seat = static_cast<std::uint8_t>(seat);
  peer.handle = handle;
  peer.offerer = offerer;
  peer.lines = 3;
  peer.ice = fresh_ice();
  peers_.push_back(peer);
  return size() - 1;
}

std::uint32_t Peers::describe(std::uint32_t index, bool offer) {
  const Peer& peer = peers_[index];
  return peers_[index].local = describe({offer, index, offer ? 0 : peer.remote, peer.ice, peer.lines});
}

std::uint32_t Peers::describe(const Description& description) {
  descriptions_.push_back(description);
  return static_cast<std::uint32_t>(descriptions_.size() - 1);
}

std::uint8_t Peers::agreed_lines(const Peer& peer) const {
  return descriptions_[peer.local].lines & descriptions_[peer.remote].lines;
}

std::optional<std::uint32_t> Peers::match(std::uint32_t index) const {
  const Peer& own = peers_[index];
  if (own.local == 0 || own.remote == 0 || own.applying) return std::nullopt;
  const std::uint32_t other = descriptions_[own.remote].peer;
  const Peer& theirs = peers_[other];
  const bool meant = theirs.open && theirs.local == own.remote && theirs.remote == own.local && !theirs.applying;
  const std::uint32_t answer = descriptions_[own.local].offer ? own.remote : own.local;
  const std::uint32_t offer = answer == own.local ? own.remote : own.local;
  if (!own.open || !meant || descriptions_[answer].answers != offer) return std::nullopt;
  return other;
}

}  // namespace odnix::sim
