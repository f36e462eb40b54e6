// A page with a call machine and nothing else: events in, effects out, time by hand. Tests read as given / when / then.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/describe.hpp"
#include "core/step.hpp"
#include "support/printers.hpp"

namespace odnix::scenario {

using namespace odnix::core;
using namespace std::chrono_literals;

inline constexpr UserId alice{1};
inline constexpr UserId bob{2};
inline constexpr UserId carol{3};
inline constexpr ChatId chat{1};
inline constexpr EndpointId here{0xA};
inline constexpr EndpointId there{0xB};
inline constexpr EndpointId elsewhere{0xC};
inline constexpr CallId our_call{5, 5};
inline constexpr CallId their_call{6, 6};

inline const Sdp our_sdp{"v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"};
inline const Sdp their_sdp{"v=0\r\no=- 2 2 IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"};

inline Candidate candidate(int number) {
  return {Secret{"candidate:" + std::to_string(number) + " 1 udp 1 192.0.2.1 9 typ host"}, "0", 0, Secret{"u"}};
}

inline MessageReceived from_v2(Signal signal, CallId call = their_call, EndpointId endpoint = there, UserId user = bob,
                               std::uint32_t seq = 0) {
  return {chat, user, Header{call, endpoint, std::nullopt, seq}, std::move(signal)};
}
inline MessageReceived from_old(Signal signal, UserId user = bob) {
  return {chat, user, std::nullopt, std::move(signal)};
}
inline Offer offer(bool audio_only = false, std::int64_t session = 2, Duration age = 0ms) {
  return {their_sdp, audio_only, age, session, {}};
}

struct World {
  State state;
  TimePoint now{std::chrono::hours{1}};
  std::vector<Effect> effects;   ///< of the last event, without what only the other tabs hear
  std::vector<TabMessage> told;  ///< to the other tabs, by the last event

  /// A page of Alice's in a private chat with Bob, both sockets open.
  World() {
    Self self;
    self.user = alice;
    self.endpoint = here;
    self.chat = chat;
    self.can_share = true;
    self.peer_name = Secret{"Bob"};
    happens(PageOpened{self});
    happens(SocketOpened{SocketKey{chat}});
    happens(SocketOpened{SocketKey{}});
    happens(RingRightGranted{});
  }

  /// The machine takes one event; its effects are kept and returned.
  const std::vector<Effect>& happens(Event event) {
    Step next = step(std::move(state), event, now);
    state = std::move(next.next);
    effects.clear();
    told.clear();
    for (auto& effect : next.effects) {
      if (const auto* tell = std::get_if<TellTabs>(&effect)) {
        told.push_back(tell->message);
      } else {
        effects.push_back(std::move(effect));
      }
    }
    return effects;
  }
  /// Time passes as a browser's one timer would see it: every deadline on the way is met in order. Returns all effects.
  std::vector<Effect> pass(Duration duration) {
    std::vector<Effect> all;
    const TimePoint end = now + duration;
    for (auto due = next_deadline(state); due && *due <= end; due = next_deadline(state)) {
      if (*due > now) now = *due;
      happens(TimePassed{});
      all.insert(all.end(), effects.begin(), effects.end());
    }
    now = end;
    return all;
  }
  [[nodiscard]] std::string phase() const { return std::string(name_of(state.phase)); }
  [[nodiscard]] const Call& call() const {
    const Call* found = call_of(state.phase);
    REQUIRE(found);
    return *found;
  }
  [[nodiscard]] PeerId peer() const { return call().links.front().peer; }
  [[nodiscard]] RequestId request() const {
    REQUIRE(call().media.request);
    return *call().media.request;
  }
  [[nodiscard]] EndReason reason() const {
    const auto* ended = std::get_if<Ended>(&state.phase);
    REQUIRE(ended);
    return ended->reason;
  }

  // ---- builders: "a call that is already …" ----

  void devices_open(bool video) { happens(MediaOpened{request(), true, video, {}, {}}); }
  World& ringing_out(bool video = true) {
    happens(StartRequested{our_call, video});
    happens(LocalDescriptionReady{peer(), DescriptionKind::offer, our_sdp});
    devices_open(video);
    REQUIRE(phase() == "OutRinging");
    return *this;
  }
  World& answered(Signal answer = Answer{their_sdp, {}}) {
    happens(from_v2(std::move(answer), our_call));
    happens(RemoteDescriptionApplied{peer()});
    return *this;
  }
  World& connected() {
    happens(ConnectionChanged{peer(), ConnectionState::connected, IceState::connected});
    REQUIRE(phase() == "Active");
    return *this;
  }
  /// The other page has everything that was said to it.
  void all_acknowledged() {
    while (!state.unacked.empty()) {
      const Header said = *state.unacked.front().message.header;
      happens(MessageReceived{chat, bob, Header{said.call, *said.to, std::nullopt, 0}, Ack{said.seq}});
    }
  }
  World& in_call() { return ringing_out().answered().connected(); }
  World& rung(bool audio_only = false) {
    happens(from_v2(offer(audio_only)));
    REQUIRE(phase() == "InRinging");
    return *this;
  }
  World& rung_by_old() {
    happens(from_old(offer()));
    REQUIRE(phase() == "InRinging");
    return *this;
  }
  World& accepted(bool video = true) {
    happens(AcceptRequested{video});
    devices_open(call().video);
    happens(RemoteDescriptionApplied{peer()});
    happens(LocalDescriptionReady{peer(), DescriptionKind::answer, our_sdp});
    return *this;
  }
};

/// The effects of one type, in order.
template <class E>
std::vector<E> only(const std::vector<Effect>& effects) {
  std::vector<E> found;
  for (const auto& effect : effects) {
    if (const auto* match = std::get_if<E>(&effect)) found.push_back(*match);
  }
  return found;
}

/// The signals of one type among the sent messages.
template <class S>
std::vector<S> sent(const std::vector<Effect>& effects) {
  std::vector<S> found;
  for (const auto& message : only<SendMessage>(effects)) {
    if (const auto* match = std::get_if<S>(&message.signal)) found.push_back(*match);
  }
  return found;
}

using Effects = std::vector<Effect>;

inline constexpr auto of_offer = DescriptionKind::offer;
inline constexpr auto of_answer = DescriptionKind::answer;

/// Something that Bob's page says in the call that runs.
inline MessageReceived says(const World& w, Signal signal, std::uint32_t seq = 0) {
  return from_v2(std::move(signal), w.call().id, there, bob, seq);
}

}  // namespace odnix::scenario
