// Where one link's negotiation stands after its first offer and answer: perfect negotiation (W3C WebRTC, section 10.7)
// over messages that may be late, lost or doubled.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/reflect.hpp"
#include "core/secret_text.hpp"
#include "core/signal.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// idle: nothing under way. making: our offer is being made. offered: it is out. taking: their answer is being applied.
/// hearing: their offer is being applied. answering: our answer is being made.
ODNIX_ENUM(NegotiationStep, idle, making, offered, taking, hearing, answering)

struct Negotiation {
  NegotiationStep step{};
  std::optional<TimePoint> give_up_at;  ///< of what is under way
  std::uint32_t round{};                ///< our offers so far
  std::uint32_t heard{};                ///< the newest of their offers that was taken
  std::uint32_t answered{};             ///< Header::seq of their newest answer: no offer from before it counts any more
  std::uint32_t epoch{};                ///< which RTCPeerConnection of this link it is, counted by both sides alike
  std::uint32_t ours{};                 ///< ICE generation of the candidates that we send …
  std::uint32_t theirs{};               ///< … and of those that we take
  bool restart_wanted{};                ///< an ICE restart is due
  bool restarts{};                      ///< the offer under way is one
  bool dropped{};                       ///< the newest that was out was taken back: an answer may come all the same
  bool unsure{};                        ///< one was taken back, and they may have answered it: another is due
  bool offers_camera{};                 ///< the offer under way has a new line for the camera
  bool offers_share{};                  ///< … and new lines for our screen
  std::int32_t failures{};              ///< of offers in a row, restarts not counted
  bool fresh{};                         ///< nothing was agreed yet on a connection that replaced another
  /// A new connection is due, once the socket is open: the browser refused a description of theirs.
  std::optional<TimePoint> mend_at;
  TimePoint mends_from{};           ///< the next such connection is not due before
  bool candidates_due{};            ///< Link::remote holds some that the browser has not got
  std::optional<Renegotiate> held;  ///< their next offer, until this negotiation is done
  TimePoint followed_at{};          ///< when a new connection of theirs was taken last
  std::vector<Candidate> early;     ///< candidates of a generation to come (at most 64)
  std::uint32_t early_generation{};
  ODNIX_RECORD(Negotiation, step, give_up_at, round, heard, answered, epoch, ours, theirs, restart_wanted, restarts,
               dropped, unsure, offers_camera, offers_share, failures, fresh, mend_at, mends_from, candidates_due, held,
               followed_at, early, early_generation)
};

}  // namespace odnix::core
