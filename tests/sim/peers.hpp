// All RTCPeerConnections of a virtual world, and ICE between them. A description's text is its number ("#o12": offer
// 12, "#a13+2": answer 13 with two candidates in it), so two peers can be asked whether they really mean each other.
// Texts are shorter than 16 bytes: no allocation.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace odnix::sim {

enum class Path : std::uint8_t { fresh, connected, disconnected, failed };

/// The name (mid) of each line; 0: it has none yet.
using Mids = std::array<std::uint8_t, 8>;

struct Peer {
  std::uint8_t seat{};
  std::uint32_t handle{};  ///< the client's PeerId
  bool open{true};
  bool offerer{};
  bool paused{};          ///< no picture, for the sound
  bool rings{};           ///< nobody has accepted yet
  bool relayed{};         ///< it uses nothing but relays
  bool applying{};        ///< old pages: setRemoteDescription is under way
  std::uint32_t local{};  ///< number of the description that stands; 0 = none
  std::uint32_t remote{};
  std::uint32_t offer_out{};  ///< have-local-offer: its number
  std::uint32_t offer_in{};   ///< have-remote-offer: its number
  std::uint8_t operations{};  ///< on its descriptions, under way or waiting their turn
  std::int64_t busy_until{};  ///< when the last of them settles
  int gathered{};
  std::uint32_t ice{};        ///< of its own candidates
  std::uint32_t tried_ice{};  ///< the other side's, to which a path was looked for
  int heard{};                ///< candidates of the other side, in the description or later
  std::uint8_t lines{};       ///< transceivers: bit 0 audio, bit 1 camera
  Mids mids{};                ///< of its lines; a rollback takes away what the offer named
  std::uint8_t last_mid{};    ///< names are never used twice
  std::uint8_t attached{};    ///< bit 0 microphone, bit 1 camera
  bool flowing{};             ///< what its page was told of the packets that come in
  Path path{};
  bool channel{};                    ///< its client asked for a data channel
  bool channel_open{};               ///< and knows that it stands
  std::int64_t channel_at{};         ///< what comes by it keeps its order: nothing arrives before this
  std::vector<std::uint32_t> queue;  ///< what is on its way to this peer by the channel
  std::uint32_t partner{};           ///< index + 1 of the peer it is or was connected to
};

struct Description {
  bool offer{};
  std::uint32_t peer{};     ///< index of its maker
  std::uint32_t answers{};  ///< number of the offer
  std::uint32_t ice{};      ///< of the candidates that go with it
  std::uint8_t lines{};
  Mids mids{};
};

/// A description's text, read back.
struct SdpText {
  std::uint32_t number{};
  int candidates{};
};

[[nodiscard]] std::string sdp_text(bool offer, std::uint32_t number, std::size_t candidates);
[[nodiscard]] SdpText read_sdp(std::string_view text);
[[nodiscard]] std::string candidate_text(std::uint32_t ice, int number);
/// The ICE generation it belongs to.
[[nodiscard]] std::uint32_t read_candidate(std::string_view text);

class Peers {
 public:
  void clear();
  /// Index of the new peer.
  std::uint32_t add(unsigned seat, std::uint32_t handle, bool offerer);
  [[nodiscard]] Peer& at(std::uint32_t index) { return peers_[index]; }
  [[nodiscard]] const Peer& at(std::uint32_t index) const { return peers_[index]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(peers_.size()); }
  /// Number of a new local description of an old page's peer, which it sets.
  std::uint32_t describe(std::uint32_t index, bool offer);
  std::uint32_t describe(const Description& description);
  [[nodiscard]] std::uint32_t fresh_ice() { return ++ices_; }
  /// The lines that both sides agreed on.
  [[nodiscard]] std::uint8_t agreed_lines(const Peer& peer) const;
  [[nodiscard]] const Description& description(std::uint32_t number) const { return descriptions_[number]; }
  /// The open peer at the other end, if both mean each other; they need not be connected.
  [[nodiscard]] std::optional<std::uint32_t> match(std::uint32_t index) const;

 private:
  std::vector<Peer> peers_;
  std::vector<Description> descriptions_;
  std::uint32_t ices_{};
};

}  // namespace odnix::sim
