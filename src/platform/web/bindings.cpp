// What the loader calls (web/odnix-module.d.ts). Arguments are numbers and val only: with -sDYNAMIC_EXECUTION=0,
// Emscripten 3.1.6 corrupts the heap when a function with a std::string argument is entered again while it runs.
#include <emscripten.h>
#include <emscripten/bind.h>

#include <memory>
#include <string>

#include "platform/web/client.hpp"

namespace {

using emscripten::val;
using odnix::platform::Client;

/// Made by start(), lives as long as the page.
std::unique_ptr<Client>& client() {
  static std::unique_ptr<Client> instance;
  return instance;
}

void start() {
  if (client()) return;
  client() = std::make_unique<Client>(val::module_property("config"));
  client()->start();
}
void report(val message) {
  if (client()) client()->report(message);
}
void run() {
  if (client()) client()->run();
}
void command(val name) {
  if (client() && name.isString()) client()->command(name.as<std::string>());
}
std::string journal() { return client() ? client()->journal() : std::string(); }
std::string version() { return ODNIX_VERSION; }

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE int odnix_rehearse(double width, double height, double scale) {
  const auto number = [](double value) { return static_cast<float>(value); };
  return client() && client()->rehearse({number(width), number(height), number(scale), {}}) ? 1 : 0;
}

EMSCRIPTEN_BINDINGS(odnix) {
  emscripten::function("start", &start);
  emscripten::function("report", &report);
  emscripten::function("run", &run);
  emscripten::function("command", &command);
  emscripten::function("journal", &journal);
  emscripten::function("version", &version);
}

/// The loader starts the client itself, once it has compared the versions.
int main() { return 0; }
