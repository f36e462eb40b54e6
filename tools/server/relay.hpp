// What the real server does with one message from a call socket (docs/dev-server.md lists the rules), as a pure
// function.
#pragma once

#include <string>
#include <string_view>

#include "accounts.hpp"

namespace odnix::devserver {

struct Verdict {
  enum class Action {
    Drop,   ///< ignored without a word
    Relay,  ///< `relayed` goes to every call socket of the chat's other users
    Fail,   ///< the sender's socket closes with 1011, as after an uncaught exception
  };
  Action action = Action::Drop;
  std::string relayed;
  std::string push;      ///< not empty: goes to the other members' notify sockets
  std::string type;      ///< of a relayed message
  std::string payload;   ///< of a relayed message, JSON
  std::string_view why;  ///< for the log
};

/// `text` is one complete text message from `sender`, a member of `chat`.
[[nodiscard]] Verdict judge(const Chat& chat, const User& sender, std::string_view text);

}  // namespace odnix::devserver
