// A module that shows the sample view models of the tests in the real page surface, for tools/pictures. Never shipped.
#include <emscripten.h>

#include "platform/web/ui_port.hpp"
#include "ui/samples.hpp"

namespace {

using odnix::platform::UiPort;

// clang-format off
EM_JS(void, tell_name, (const char* name), { Module["names"].push(UTF8ToString(name)); });
EM_JS(void, tell_pressed, (const char* control), { Module["pressed"].push(UTF8ToString(control)); });
// clang-format on

odnix::ports::Inbox* inbox = nullptr;

void drain() {
  while (!inbox->empty()) {
    const odnix::ports::Item item = inbox->take();
    if (const auto* intent = std::get_if<odnix::view::Intent>(&item))
      tell_pressed(std::string(odnix::core::to_string(intent->control)).c_str());
  }
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void story_show(int number) {
  static const std::vector<odnix::samples::Sample> samples = odnix::samples::all();
  drain();
  if (number < 0 || number >= static_cast<int>(samples.size()))
    UiPort::instance()->show({});
  else
    UiPort::instance()->show(samples[static_cast<std::size_t>(number)].model);
}

EMSCRIPTEN_KEEPALIVE void story_drain() { drain(); }

}  // extern "C"

int main() {
  inbox = new odnix::ports::Inbox([] {}, [] {});
  new UiPort(*inbox);
  for (const odnix::samples::Sample& sample : odnix::samples::all()) tell_name(sample.name.c_str());
  return 0;
}
