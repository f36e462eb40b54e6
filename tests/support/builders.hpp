// Short words for the things that tests are about. Everything here is made up; addresses are for documentation
// (RFC 5737, RFC 3849).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/event.hpp"
#include "core/signal.hpp"

namespace odnix::test {

inline constexpr core::ChatId chat{7};
inline constexpr core::UserId me{1};
inline constexpr core::UserId anna{2};
inline constexpr core::EndpointId my_page{0x1111222233334444};
inline constexpr core::EndpointId annas_page{0x5555666677778888};
inline constexpr core::CallId call_1{0xa1, 0x01};
inline constexpr core::CallId call_2{0xa2, 0x02};

inline constexpr core::TimePoint at(std::int64_t ms) { return core::TimePoint{core::Duration{ms}}; }

/// A page of chat 7, as user 1.
inline core::Self self() {
  core::Self self;
  self.user = me;
  self.endpoint = my_page;
  self.chat = chat;
  self.can_share = true;
  return self;
}

inline core::Header header(std::uint32_t seq = 1, core::CallId call = call_1, core::EndpointId from = annas_page) {
  return {call, from, std::nullopt, seq};
}

/// A small session description with one audio and, if wanted, one video section. `session` tells two apart.
inline std::string sdp_text(bool video = false, int session = 1) {
  const std::string common =
      "c=IN IP4 0.0.0.0\r\na=ice-ufrag:uFrG\r\na=ice-pwd:pAsSwOrDpAsSwOrDpAsSwOrD\r\n"
      "a=fingerprint:sha-256 AA:BB:CC:DD\r\na=setup:actpass\r\na=sendrecv\r\n";
  std::string text = "v=0\r\no=- " + std::to_string(session) + " 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  text += "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + common + "a=mid:0\r\na=rtpmap:111 opus/48000/2\r\n";
  if (video) text += "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n" + common + "a=mid:1\r\na=rtpmap:96 VP8/90000\r\n";
  return text;
}
inline core::Sdp sdp(bool video = false, int session = 1) { return {sdp_text(video, session)}; }

inline core::Candidate candidate(int number = 1) {
  return {{"candidate:" + std::to_string(number) + " 1 udp 2122194687 192.0.2." + std::to_string(number) +
           " 40000 typ host generation 0 ufrag uFrG"},
          "0",
          0,
          {"uFrG"}};
}

inline core::MessageReceived from_anna(core::Signal signal, std::optional<core::Header> with = std::nullopt) {
  return {chat, anna, with, std::move(signal)};
}

}  // namespace odnix::test
