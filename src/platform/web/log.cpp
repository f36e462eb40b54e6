#include "platform/web/log.hpp"

#include "platform/web/glue.hpp"

namespace odnix::platform {
namespace {

std::string_view prefix(ports::LogLevel level) {
  switch (level) {
    case ports::LogLevel::debug: return "";
    case ports::LogLevel::info: return "info: ";
    case ports::LogLevel::warning: return "warning: ";
  }
  return "";
}

}  // namespace

void Log::write(ports::LogLevel level, std::string_view words) {
  if (on_) glue("debug", text(std::string(prefix(level)).append(words)));
}

}  // namespace odnix::platform
