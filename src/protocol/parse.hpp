// Text -> tree, without the library's own tree builders: those bring the whole parser into the WASM twice (with and
// without a callback), this one once. Measured: 10 KB.
#pragma once

#include <optional>
#include <string_view>

#include "protocol/json.hpp"

namespace odnix::protocol {

/// nullopt if `text` is not one JSON value in UTF-8. Call precheck() first: nothing is limited here.
[[nodiscard]] std::optional<Json> parse(std::string_view text);

}  // namespace odnix::protocol
