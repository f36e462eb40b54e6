#include "core/secret_text.hpp"

#include "core/describe.hpp"
#include "core/hash.hpp"

namespace odnix::core {
namespace {

/// "~", 16 hex digits, "/", decimal digits: what redacted() itself makes.
bool is_redacted(std::string_view text) {
  if (text.size() < 19 || text.size() > 29 || text[0] != '~' || text[17] != '/') return false;
  if (text.substr(1, 16).find_first_not_of("0123456789abcdef") != std::string_view::npos) return false;
  return text.substr(18).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string redacted(std::string_view text) {
  if (text.empty() || is_redacted(text)) return std::string(text);
  return "~" + to_hex(hash(text)) + "/" + std::to_string(text.size());
}

}  // namespace odnix::core
