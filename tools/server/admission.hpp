// Who may open which socket: decided at the handshake, from the path and the identity alone.
//
//   /ws/call/<chatId>/   members of the chat      /ws/notify/   anybody signed in
//
// As on the real server the Origin header is not looked at.
#pragma once

#include <string>

#include "identity.hpp"

namespace odnix::devserver {

struct Admission {
  int status = 0;              ///< 0: welcome; otherwise the HTTP status of the refusal
  const User* user = nullptr;  ///< set when welcome
  const Chat* chat = nullptr;  ///< nullptr: a notify socket
  std::string why;             ///< for the log
};

[[nodiscard]] Admission admit(const Accounts& accounts, const Request& request);

}  // namespace odnix::devserver
