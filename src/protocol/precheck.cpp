#include "protocol/precheck.hpp"

#include <cstddef>

#include "protocol/limits.hpp"

namespace odnix::protocol {

std::string_view precheck(std::string_view text) {
  if (text.size() > limits::frame_bytes) return "too-large";
  std::size_t depth = 0;
  std::size_t separators = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;  // whatever is escaped, it does not end the string
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > limits::json_depth) return "too-deep";
    } else if (c == '}' || c == ']') {
      if (depth > 0) --depth;  // unbalanced text is the parser's to refuse
    } else if (c == ',' || c == ':') {
      if (++separators > limits::json_separators) return "too-many";
    }
  }
  return {};
}

}  // namespace odnix::protocol
