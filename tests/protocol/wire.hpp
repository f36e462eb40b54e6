// Words for tests of the wire.
#pragma once

#include "support/printers.hpp"
//
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "protocol/codec.hpp"
#include "support/builders.hpp"

namespace odnix::test {

inline constexpr core::SocketKey call_socket{chat};
inline constexpr core::SocketKey notify_socket{};

inline std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\r') {
      out += "\\r";
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}
/// A frame as the server sends it on.
inline std::string relayed(const std::string& type, const std::string& payload) {
  return R"({"type": ")" + type + R"(", "from_user_id": 2, "payload": )" + payload + "}";
}
/// Sound v2 fields, to be put into a payload.
inline const std::string v2 = R"("v":2,"call":"00000000000000a10000000000000001","from":"5555666677778888","seq":1)";

/// An extension message with sound v2 fields and these members, as the server sends it on.
inline std::string extension(const std::string& members) {
  return relayed("webrtc.ringing", "{" + v2 + "," + members + "}");
}

/// "offer", "rejected too-large", "ignored", …: what became of a frame, in one word or two.
inline std::string outcome(const protocol::Decoded& decoded) {
  if (const auto* rejected = std::get_if<protocol::Rejected>(&decoded))
    return "rejected " + std::string(rejected->reason);
  if (std::holds_alternative<protocol::Ignored>(decoded)) return "ignored";
  return core::describe(*std::get_if<core::Event>(&decoded));
}

/// The event of a frame; fails the test if there is none.
template <class E>
E decoded(const std::string& text, core::SocketKey socket = call_socket) {
  const protocol::Decoded result = protocol::decode(socket, text);
  INFO(outcome(result));
  const auto* event = std::get_if<core::Event>(&result);
  REQUIRE(event != nullptr);
  const auto* wanted = std::get_if<E>(event);
  REQUIRE(wanted != nullptr);
  return *wanted;
}
template <class S>
S decoded_signal(const std::string& text) {
  const auto message = decoded<core::MessageReceived>(text);
  const auto* wanted = std::get_if<S>(&message.signal);
  INFO(core::describe(message));
  REQUIRE(wanted != nullptr);
  return *wanted;
}

/// What we say in the chat.
inline std::string sent(core::Signal signal, std::optional<core::Header> with = std::nullopt) {
  return protocol::encode({chat, with, std::move(signal)});
}
/// What the other side reads of it, after the server put the sender's number in.
inline core::MessageReceived through_the_server(core::Signal signal, std::optional<core::Header> with) {
  std::string text = sent(std::move(signal), with);
  text.insert(1, R"("from_user_id":2,)");
  return decoded<core::MessageReceived>(text);
}

}  // namespace odnix::test
