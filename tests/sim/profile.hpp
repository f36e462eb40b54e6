// What kind of world a run takes place in. Every number is a chance in a thousand or a time in milliseconds.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace odnix::sim {

/// A hidden page's timers are up to a minute late (call-rules in docs/); what others say comes at once.
inline constexpr std::uint32_t hidden_lag = 60000;

struct Profile {
  std::string_view name;
  bool scripted{};           ///< one call: start, accept, hang up; no random stimuli
  bool old_callee{};         ///< the second seat has an old page, with `scripted`
  bool group{};              ///< one chat for all; 3 to `users` people
  int users{2};              ///< each pair of users has a private chat of its own
  int seats_per_user{1};     ///< pages open at the same time
  std::uint32_t old{};       ///< a seat has an old page
  int stimuli{8};            ///< at most
  std::int64_t span{40000};  ///< they come within this time; then users fall silent and faults stop
  bool page_acts{};          ///< pages hide, close, reload, crash
  bool device_acts{};        ///< devices vanish, sound is blocked
  bool network_acts{};       ///< sockets drop, the server restarts, paths are cut
  std::uint32_t jitter{40};  ///< of every delay in the network
  std::uint32_t loss{};
  std::uint32_t twice{};
  std::uint32_t refusal{};          ///< of a handshake
  std::uint32_t refused{};          ///< of an operation on a description
  std::uint32_t blocked{};          ///< of a path
  std::uint32_t hostile{};          ///< a peer says something that it may not
  std::uint32_t channel_trouble{};  ///< a data channel never opens, or dies
  std::uint32_t device_trouble{};
  std::uint32_t open_prompt{};  ///< the permission question stays open for ever
  std::uint32_t hidden{};       ///< a page is hidden all the time
  std::uint32_t alarm_lag{20};  ///< timers of the others fire up to this late
  /// What waits for a timer waits so much longer at most: limits of time are to know it.
  [[nodiscard]] std::int64_t worst_lag() const { return hidden > 0 ? hidden_lag : alarm_lag; }
  /// Nothing is ever lost, refused, cut or said too late, so no call may end for a technical reason.
  [[nodiscard]] bool faultless() const {
    return !page_acts && !network_acts && hidden == 0 && loss == 0 && refused == 0 && blocked == 0 && refusal == 0;
  }
};

/// In the order of the list that `--profile` prints.
[[nodiscard]] const std::array<Profile, 14>& profiles();
/// nullptr if there is none of that name.
[[nodiscard]] const Profile* profile_named(std::string_view name);

}  // namespace odnix::sim
