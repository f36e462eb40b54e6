// Log lines for a developer who asks for them (config.debug): console.debug, nothing else. The journal is the app's.
#pragma once

#include "ports/ports.hpp"

namespace odnix::platform {

class Log final : public ports::LogPort {
 public:
  explicit Log(bool on) : on_(on) {}
  void write(ports::LogLevel level, std::string_view text) override;

 private:
  bool on_;
};

}  // namespace odnix::platform
