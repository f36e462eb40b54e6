#include "admission.hpp"

namespace odnix::devserver {

Admission admit(const Accounts& accounts, const Request& request) {
  constexpr std::string_view kCall = "/ws/call/";
  const Visitor visitor = identify(accounts, request);
  const std::string_view path = visitor.path;

  const bool is_call = path.size() > kCall.size() + 1 && path.substr(0, kCall.size()) == kCall && path.back() == '/';
  const auto chat_id = is_call ? read_id(path.substr(kCall.size(), path.size() - kCall.size() - 1)) : std::nullopt;
  if (!chat_id && path != "/ws/notify/") return {404, nullptr, nullptr, "no such socket"};
  if (visitor.user == nullptr) return {403, nullptr, nullptr, "not signed in"};
  if (!chat_id) return {0, visitor.user, nullptr, ""};

  const Chat* chat = accounts.chat(*chat_id);
  if (chat == nullptr || !chat->has(visitor.user->id)) return {403, nullptr, nullptr, "not a member of the chat"};
  return {0, visitor.user, chat, ""};
}

}  // namespace odnix::devserver
