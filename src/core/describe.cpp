#include "core/describe.hpp"

namespace odnix::core {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

}  // namespace

std::string to_hex(std::uint64_t value) {
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = hex_digits[value & 15];
  return out;
}

std::optional<std::uint64_t> from_hex(std::string_view digits) {
  if (digits.size() != 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto digit = hex_digits.find(lower);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value << 4 | digit;
  }
  return value;
}

std::string to_hex(const CallId& id) { return to_hex(id.hi) + to_hex(id.lo); }

std::optional<CallId> call_id_from_hex(std::string_view digits) {
  if (digits.size() != 32) return std::nullopt;
  const auto hi = from_hex(digits.substr(0, 16));
  const auto lo = from_hex(digits.substr(16));
  if (!hi || !lo) return std::nullopt;
  return CallId{*hi, *lo};
}

void write_integer(std::string& out, std::int64_t value) { out += std::to_string(value); }

void write_text(std::string& out, std::string_view raw) {
  out += '"';
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte > 0x7e) {
      out += "\\u00";
      out += hex_digits[byte >> 4];
      out += hex_digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write_key(std::string& out, std::string_view name, bool first) {
  if (!first) out += ',';
  out += '"';
  out += name;
  out += "\":";
}

}  // namespace odnix::core
