// Who exists and who talks with whom: read once from a small JSON file, constant afterwards.
//
//   {"users": [{"id": 1, "name": "Alice", "avatar": "data:…"}, …],
//    "chats": [{"id": 1, "kind": "private" | "group", "members": [1, 2]}, …]}
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace odnix::devserver {

struct User {
  int id = 0;
  std::optional<std::string> name;
  std::optional<std::string> avatar;
};

struct Chat {
  enum class Kind { Private, Group };
  int id = 0;
  Kind kind = Kind::Private;
  std::vector<int> members;

  [[nodiscard]] bool has(int user) const;
};

struct Accounts {
  std::vector<User> users;
  std::vector<Chat> chats;

  [[nodiscard]] const User* user(int id) const;
  [[nodiscard]] const Chat* chat(int id) const;

  /// `{"id", "name", "chats": [{"id", "kind", "members": [{"id", "name", "avatar"}]}]}` for /api/me.json.
  [[nodiscard]] std::string describe_user(const User& user) const;
  /// `{"users": [<describe_user>, …]}` for the chooser page.
  [[nodiscard]] std::string describe_all() const;
};

/// nullopt: `error` says what is wrong with the file.
[[nodiscard]] std::optional<Accounts> read_accounts(const std::string& path, std::string& error);

}  // namespace odnix::devserver
