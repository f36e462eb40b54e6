// crypto.getRandomValues(): fit for ids that must not be guessed.
#pragma once

#include "ports/ports.hpp"

namespace odnix::platform {

class Random final : public ports::RandomPort {
 public:
  std::uint64_t next() override;
};

}  // namespace odnix::platform
