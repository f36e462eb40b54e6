#include "platform/web/client.hpp"

#include "platform/web/clock.hpp"
#include "platform/web/glue.hpp"
#include "platform/web/reports.hpp"

namespace odnix::platform {
namespace {

std::vector<core::Member> members_of(const emscripten::val& config, const char* name) {
  std::vector<core::Member> list;
  const emscripten::val entries = config[name];
  const int count = static_cast<int>(number_of(entries, "length"));
  for (int i = 0; i < count; ++i) {
    const emscripten::val entry = entries[i];
    list.push_back({{static_cast<std::int64_t>(number_of(entry, "user"))},
                    {string_of(entry, "name")},
                    {string_of(entry, "avatar")}});
  }
  return list;
}

std::vector<core::UserId> users_of(const emscripten::val& config, const char* name) {
  std::vector<core::UserId> list;
  const emscripten::val entries = config[name];
  const int count = static_cast<int>(number_of(entries, "length"));
  for (int i = 0; i < count; ++i)
    list.push_back({static_cast<std::int64_t>(number_of(entries, std::to_string(i).c_str()))});
  return list;
}

core::Self self_of(const emscripten::val& config) {
  core::Self self;
  self.user = {static_cast<std::int64_t>(number_of(config, "user"))};
  if (const auto chat = static_cast<std::int64_t>(number_of(config, "chat"))) self.chat = core::ChatId{chat};
  self.notify = flag_of(config, "notify");
  self.can_call = flag_of(config, "canCall");
  self.peer_name = {string_of(config, "peerName")};
  self.peer_avatar = {string_of(config, "peerAvatar")};
  self.group = flag_of(config, "group");
  self.preconnect = static_cast<core::Preconnect>(static_cast<int>(number_of(config, "preconnect")));
  self.members = members_of(config, "members");
  self.can_share = flag_of(config, "canShare");
  self.blocked = users_of(config, "blocked");
  return self;
}

}  // namespace

Client::Client(const emscripten::val& config)
    : self_(self_of(config)),
      inbox_([] { glue("wake"); }, [] { glue("wakeLater"); }),
      sockets_(inbox_, string_of(config, "socketBase")),
      alarm_(inbox_),
      log_(flag_of(config, "debug")),
      ui_(inbox_),
      app_(
          ports::Ports{sockets_, rtc_, media_, tabs_, keep_, sound_, alarm_, random_, log_, page_, ui_}, inbox_,
          [] { return now(); }, ODNIX_VERSION) {
  self_.endpoint = {random_.next()};
}

void Client::start() {
  glue("watchPage");
  glue("recallDevices");
  glue("joinTabs", text(std::to_string(self_.user.value)));
  app_.start(self_);
}

void Client::command(std::string_view name) {
  if (name == "end") {
    inbox_.post(ports::EndCommand{});
  } else {
    inbox_.post(ports::StartCommand{name == "video"});
  }
}

bool Client::rehearse(const ui::Viewport& viewport) {
  const bool idle = std::get_if<core::Idle>(&app_.state().phase) != nullptr;
  if (idle && !rehearsal_) rehearsal_ = std::make_unique<Rehearsal>(ui_, self_);
  if (idle && rehearsal_->step(viewport)) return true;
  rehearsal_.reset();
  return false;
}

void Client::report(const emscripten::val& message) {
  const std::string type = string_of(message, "type");
  if (type == "time-passed") {
    alarm_.fired();
  } else if (type == "glue-failed") {
    log_.write(ports::LogLevel::warning, string_of(message, "where") + ": " + string_of(message, "error"));
  } else if (type == "channel-message") {
    inbox_.post(
        ports::ChannelText{{static_cast<std::uint32_t>(number_of(message, "peer"))}, string_of(message, "text")});
  } else if (auto event = event_of(type, message)) {
    if (std::get_if<core::PageHidden>(&*event)) {
      inbox_.post_first(std::move(*event));
    } else {
      inbox_.post(std::move(*event));
    }
  } else {
    log_.write(ports::LogLevel::warning, "unknown report: " + type);
  }
}

}  // namespace odnix::platform
