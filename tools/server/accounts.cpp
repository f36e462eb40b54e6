#include "accounts.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace odnix::devserver {
namespace {

using Json = nlohmann::ordered_json;

std::optional<int> positive(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
  const auto value = found->get<unsigned long long>();
  if (value == 0 || value > 1'000'000'000) return std::nullopt;
  return static_cast<int>(value);
}

std::optional<std::string> text(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

const Json* list(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? &*found : nullptr;
}

bool read_user(const Json& entry, Accounts& accounts, std::string& error) {
  const auto id = entry.is_object() ? positive(entry, "id") : std::nullopt;
  if (!id || accounts.user(*id) != nullptr) {
    error = "every user needs its own positive \"id\"";
    return false;
  }
  accounts.users.push_back({*id, text(entry, "name"), text(entry, "avatar")});
  return true;
}

bool read_chat(const Json& entry, Accounts& accounts, std::string& error) {
  const auto id = entry.is_object() ? positive(entry, "id") : std::nullopt;
  if (!id || accounts.chat(*id) != nullptr) {
    error = "every chat needs its own positive \"id\"";
    return false;
  }
  const std::string in_chat = "chat " + std::to_string(*id) + ": ";
  const auto kind = text(entry, "kind");
  const Json* members = list(entry, "members");
  if ((kind != "private" && kind != "group") || members == nullptr) {
    error = in_chat + "\"kind\" is private or group, \"members\" a list";
    return false;
  }
  Chat chat{*id, kind == "group" ? Chat::Kind::Group : Chat::Kind::Private, {}};
  for (const Json& member : *members) {
    const int user = member.is_number_unsigned() ? member.get<int>() : 0;
    if (accounts.user(user) == nullptr || chat.has(user)) {
      error = in_chat + "members are ids of users in this file, each once";
      return false;
    }
    chat.members.push_back(user);
  }
  accounts.chats.push_back(std::move(chat));
  return true;
}

Json optional_text(const std::optional<std::string>& value) { return value ? Json(*value) : Json(nullptr); }

Json card(const User& user) {
  return {{"id", user.id}, {"name", optional_text(user.name)}, {"avatar", optional_text(user.avatar)}};
}

Json with_chats(const Accounts& accounts, const User& user) {
  Json result = card(user);
  result["chats"] = Json::array();
  for (const Chat& chat : accounts.chats) {
    if (!chat.has(user.id)) continue;
    Json members = Json::array();
    for (const int member : chat.members) members.push_back(card(*accounts.user(member)));
    result["chats"].push_back(
        {{"id", chat.id}, {"kind", chat.kind == Chat::Kind::Group ? "group" : "private"}, {"members", members}});
  }
  return result;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

}  // namespace

bool Chat::has(int user) const { return std::find(members.begin(), members.end(), user) != members.end(); }

const User* Accounts::user(int id) const {
  const auto found = std::find_if(users.begin(), users.end(), [id](const User& user) { return user.id == id; });
  return found == users.end() ? nullptr : &*found;
}

const Chat* Accounts::chat(int id) const {
  const auto found = std::find_if(chats.begin(), chats.end(), [id](const Chat& chat) { return chat.id == id; });
  return found == chats.end() ? nullptr : &*found;
}

std::string Accounts::describe_user(const User& user) const { return dump(with_chats(*this, user)); }

std::string Accounts::describe_all() const {
  Json all = Json::array();
  for (const User& user : users) all.push_back(with_chats(*this, user));
  return dump(Json{{"users", all}});
}

std::optional<Accounts> read_accounts(const std::string& path, std::string& error) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    error = "cannot read " + path;
    return std::nullopt;
  }
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const Json json = Json::parse(content, nullptr, false);
  const Json* users = json.is_object() ? list(json, "users") : nullptr;
  const Json* chats = json.is_object() ? list(json, "chats") : nullptr;
  Accounts accounts;
  const bool complete =
      users != nullptr && chats != nullptr &&
      std::all_of(users->begin(), users->end(), [&](const Json& e) { return read_user(e, accounts, error); }) &&
      std::all_of(chats->begin(), chats->end(), [&](const Json& e) { return read_chat(e, accounts, error); });
  if (complete) return accounts;
  error = path + ": " + (error.empty() ? "not JSON with the lists \"users\" and \"chats\"" : error);
  return std::nullopt;
}

}  // namespace odnix::devserver
