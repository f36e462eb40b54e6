#include "protocol/words.hpp"

namespace odnix::protocol {

std::string to_word(core::EndReason reason) {
  std::string word(core::to_string(reason));
  for (char& c : word) {
    if (c == '_') c = '-';
  }
  return word;
}

core::EndReason end_reason(std::string_view word) {
  for (int i = 0;; ++i) {
    const auto reason = static_cast<core::EndReason>(i);
    const std::string known = to_word(reason);
    if (known.empty()) return core::EndReason::hangup;
    if (known == word) return reason;
  }
}

}  // namespace odnix::protocol
