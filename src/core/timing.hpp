// Every duration of the call machine, with the source of each (call-rules in docs/, "Timers").
#pragma once

#include <array>
#include <cstddef>

#include "core/time.hpp"

namespace odnix::core::timing {

using std::chrono::milliseconds;
using std::chrono::seconds;

inline constexpr Duration ring_out = seconds{60};         ///< then "no answer" (as RingRTC and Matrix)
inline constexpr Duration ring_in = seconds{60};          ///< from the first offer
inline constexpr Duration caller_silent = seconds{20};    ///< v2 callers repeat themselves: one that does not is gone
inline constexpr Duration offer_too_old = seconds{57};    ///< ring_out less 3 s, as in Matrix
inline constexpr Duration connect = seconds{30};          ///< accepted but no path
inline constexpr Duration reconnect = seconds{30};        ///< give up on a lost path
inline constexpr Duration reconnect_old = seconds{10};    ///< an old peer has hung up by then
inline constexpr Duration renegotiation = seconds{10};    ///< an offer inside a call, then rollback and one retry
inline constexpr Duration connect_restart = seconds{15};  ///< accepted and still no path: ICE restarts
inline constexpr Duration restart_pause = seconds{4};  ///< below Firefox's 5 s clock to a terminal `failed` (faults.md)
inline constexpr Duration path_doubt = seconds{15};  ///< ICE checks lost while packets come: Firefox has one every 5 s
inline constexpr Duration media_back = seconds{5};   ///< connected again and still nothing comes: a new connection
inline constexpr Duration offer_fresh = seconds{1};  ///< what was gathered for it is of the network that there is now
inline constexpr Duration socket_check = milliseconds{700};  ///< no answer to an offer by then: the socket is silent
inline constexpr Duration socket_ask = seconds{12};          ///< a quiet call's socket is asked whether it lives …
inline constexpr Duration socket_answer = seconds{4};        ///< … by a word that the other page answers within this
inline constexpr Duration socket_in_vain = seconds{60};      ///< a new socket brought no answer either: asked again
inline constexpr Duration mend_pause = seconds{60};          ///< descriptions refused again: the next new connection
inline constexpr Duration follow_pause = seconds{1};         ///< new connections of theirs, at most this often
inline constexpr Duration resume = seconds{15};        ///< held for a page that is reloaded, then as long to connect
inline constexpr Duration resume_repeat = seconds{1};  ///< "I am back" is said until it is answered
inline constexpr Duration candidate_batch = milliseconds{100};
inline constexpr Duration keep_trace = seconds{60};   ///< early and late messages per call
inline constexpr Duration first_repeat = seconds{1};  ///< of an unacknowledged message; doubles each time
inline constexpr int repeats = 4;                     ///< then the path is dead, and other rules act
inline constexpr Duration offer_on_ready =
    milliseconds{300};                                  ///< a page that just joined gets an offer, at most this often
inline constexpr Duration pushed_socket = seconds{25};  ///< a socket opened for a push waits this long for its offer
inline constexpr Duration tab_busy = seconds{50};       ///< a busy tab that says nothing more for so long has crashed
inline constexpr Duration tell_busy = seconds{20};
inline constexpr Duration keep_held = seconds{60};  ///< messages waiting for their socket
inline constexpr Duration declined_silence =
    seconds{20};  ///< a second decline within it silences the caller for as long
inline constexpr Duration socket_opening = seconds{10};
inline constexpr Duration socket_stood = seconds{5};           ///< a socket that stood this long starts a fresh backoff
inline constexpr Duration devices_settle = milliseconds{300};  ///< one plug makes several devicechange events
inline constexpr Duration device_notice = seconds{6};          ///< time to read one line in a call
inline constexpr Duration browser_asks = seconds{4};           ///< devices open faster unless the browser asks
inline constexpr Duration meter_every = seconds{1};
inline constexpr Duration silent_microphone = seconds{5};     ///< digital silence for so long is no pause in speech
inline constexpr Duration speech_muted = seconds{2};          ///< of measurements: more than 1 s of speech
inline constexpr Duration notice_short = milliseconds{3000};  ///< an ordinary end: a short word
inline constexpr Duration notice_long = seconds{15};          ///< anything else: time to read and to call again

inline constexpr Duration video_pause = seconds{2};   ///< the line is too narrow for so long: the picture is paused
inline constexpr Duration video_clears = seconds{8};  ///< a small picture that is too much still: paused after so long
inline constexpr Duration video_back = seconds{6};    ///< the line is wide again for so long: the picture comes back
inline constexpr Duration video_try = seconds{20};    ///< paused for so long: the line may be wider than it shows
inline constexpr Duration video_step = seconds{3};    ///< a picture that is tried takes twice as much after each

inline constexpr Duration announce = seconds{10};        ///< a group's call is announced again
inline constexpr Duration forget_ongoing = seconds{25};  ///< without a new announcement
inline constexpr Duration link_retry = seconds{10};      ///< a group's link without a path tries anew
inline constexpr Duration link_wobble = seconds{4};      ///< a lost path may come back by itself
inline constexpr Duration departed = seconds{20};        ///< others' word of a page that left is not believed
inline constexpr Duration group_note = seconds{4};

/// What one person's words may cost this page (budget.cpp): so many at once, then one more after each pause.
inline constexpr int messages_at_once = 500;  ///< a group of 8 that meets: about 80 of each
inline constexpr Duration message_pause = milliseconds{20};
inline constexpr int rings_at_once = 5;
inline constexpr Duration ring_pause = seconds{12};
inline constexpr int descriptions_at_once = 16;  ///< restarts of a lost path come every 4 s
inline constexpr Duration description_pause = milliseconds{500};
inline constexpr int candidates_at_once = 128;  ///< two generations of 64
/// At 20 a second a page had time for nothing else after half a minute; a restart every 4 s needs about 4 a second.
inline constexpr Duration candidate_pause = milliseconds{250};

/// Pauses between offers: at 0, 2, 4, 8, 16 s, then every 10 s. Each makes a push on the callee's pages, so few are
/// kind.
constexpr Duration offer_pause(int offers_sent) {
  constexpr std::array<Duration, 4> first{seconds{2}, seconds{2}, seconds{4}, seconds{8}};
  const auto index = static_cast<std::size_t>(offers_sent - 1);
  return index < first.size() ? first[index] : Duration{seconds{10}};
}

/// LiveKit's reconnect pauses; the jitter comes on top.
constexpr Duration socket_pause(int failures) {
  constexpr std::array<Duration, 5> first{milliseconds{0}, milliseconds{300}, milliseconds{1200}, milliseconds{2700},
                                          milliseconds{4800}};
  const auto index = static_cast<std::size_t>(failures - 1);
  return index < first.size() ? first[index] : Duration{seconds{5}};
}

}  // namespace odnix::core::timing
