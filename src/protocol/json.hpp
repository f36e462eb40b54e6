// The one JSON type of the protocol room. Members keep their order: that is how JSON.stringify writes them, and a plain
// vector of members makes less WASM than a tree. Looking one up is linear, which limits::json_separators keeps
// harmless.
#pragma once

#include <nlohmann/json.hpp>

namespace odnix::protocol {

using Json = nlohmann::ordered_json;

}  // namespace odnix::protocol
