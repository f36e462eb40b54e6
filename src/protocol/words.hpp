// Words of the wire that are more than field names.
#pragma once

#include <string>
#include <string_view>

#include "core/signal.hpp"

namespace odnix::protocol {

/// The word for webrtc.end's `reason`: the enum's name with '-' for '_'.
[[nodiscard]] std::string to_word(core::EndReason reason);
/// An unknown word is a hang-up: whoever sent it has left.
[[nodiscard]] core::EndReason end_reason(std::string_view word);

}  // namespace odnix::protocol
