// The one timer of the program, over the glue's setTimeout.
#pragma once

#include "ports/inbox.hpp"
#include "ports/ports.hpp"

namespace odnix::platform {

class Alarm final : public ports::AlarmPort {
 public:
  explicit Alarm(ports::Inbox& inbox) : inbox_(inbox) {}
  void set(std::optional<core::TimePoint> when) override;
  /// The timer ran out, perhaps a little early: posts TimePassed, or waits for the rest.
  void fired();

 private:
  void arm();

  ports::Inbox& inbox_;
  std::optional<core::TimePoint> when_;
};

}  // namespace odnix::platform
