// One run, fully determined: who sits where, what they do when, and which small choices are tamed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/reflect.hpp"
#include "sim/decisions.hpp"
#include "sim/profile.hpp"

namespace odnix::sim {

/// What somebody or something does to one seat.
ODNIX_ENUM(Act, start_audio, start_video, accept_audio, accept_video, decline, hang_up, microphone_off, microphone_on,
           camera_off, camera_on, share_on, share_off, end_share, listen_only, mute_ring, dismiss, hide, close_page,
           reload, crash, lose_microphone, lose_camera, plug_in, take_device, hold_device, revoke, choose_device,
           block_sound, play_sound, drop_socket, restart_server, cut_path)

struct Stimulus {
  std::int64_t at{};
  std::uint8_t seat{};
  Act act{};
  std::uint32_t amount{};  ///< milliseconds, where the act lasts
};

struct SeatPlan {
  int user{};  ///< from 1
  int chat{};  ///< from 1
  bool old{};
  int browser{};  ///< pages of one user with the same number are tabs of one browser, others are devices
  bool hidden{};  ///< its timers are late, also those of the pages that come after it
};

struct Scenario {
  std::uint64_t seed{};
  const Profile* profile{};
  std::vector<SeatPlan> seats;
  std::vector<Stimulus> stimuli;  ///< by time
  std::int64_t quiet_at{};        ///< no person and no fault does anything after it
  std::vector<ChoiceKey> tamed;   ///< sorted
};

/// Fills `out` (whose memory is reused).
void make_scenario(std::uint64_t seed, const Profile& profile, Scenario& out);

}  // namespace odnix::sim
