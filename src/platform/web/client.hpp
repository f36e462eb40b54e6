// The client of one page: every port, the inbox and the app, wired together.
#pragma once

#include <emscripten/val.h>

#include <string>

#include "app/app.hpp"
#include "platform/web/alarm.hpp"
#include "platform/web/glue_ports.hpp"
#include "platform/web/log.hpp"
#include "platform/web/random.hpp"
#include "platform/web/rehearsal.hpp"
#include "platform/web/sockets.hpp"
#include "platform/web/ui_port.hpp"
#include "ports/inbox.hpp"

namespace odnix::platform {

class Client {
 public:
  /// `config`: web/odnix-module.d.ts, ModuleConfig; checked by the loader.
  explicit Client(const emscripten::val& config);

  void start();
  void run() { app_.run(); }
  /// "audio", "video" or "end".
  void command(std::string_view name);
  /// One message of the glue.
  void report(const emscripten::val& message);
  /// One slice of the rehearsal, for an idle page; the first makes it. False: it is over, or a call came first.
  bool rehearse(const ui::Viewport& viewport);
  [[nodiscard]] std::string journal() const { return app_.journal(); }

 private:
  core::Self self_;
  ports::Inbox inbox_;
  Random random_;
  Sockets sockets_;
  GlueRtc rtc_;
  GlueMedia media_;
  GlueTabs tabs_;
  GlueKeep keep_;
  GlueSound sound_;
  Alarm alarm_;
  Log log_;
  GluePage page_;
  UiPort ui_;
  app::App app_;
  std::unique_ptr<Rehearsal> rehearsal_;
};

}  // namespace odnix::platform
