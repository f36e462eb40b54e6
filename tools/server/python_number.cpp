#include "python_number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace odnix::devserver {
namespace {

std::size_t digits_at(std::string_view text, std::size_t from) {
  std::size_t count = 0;
  while (from + count < text.size() && text[from + count] >= '0' && text[from + count] <= '9') ++count;
  return count;
}

/// repr(float): the shortest digits that read back the same, positional from 1e-4 up to 1e16.
std::string python_repr(double value) {
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  const std::string_view whole(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t e = whole.find('e');
  const int exponent = std::atoi(std::string(whole.substr(e + 1)).c_str());
  if (exponent < -4 || exponent >= 16) return std::string(whole);
  const bool negative = whole.front() == '-';
  std::string digits;
  for (const char c : whole.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (exponent < 0) {
    digits.insert(0, static_cast<std::size_t>(-exponent), '0');
    digits.insert(std::size_t{1}, std::size_t{1}, '.');
  } else {
    const auto point = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() < point + 1) digits.resize(point + 1, '0');
    digits.insert(point, std::size_t{1}, '.');
  }
  if (negative) digits.insert(std::size_t{0}, std::size_t{1}, '-');
  return digits;
}

}  // namespace

bool take_python_number(std::string_view& rest, std::string& out, bool& truthy) {
  for (const std::string_view name : {"NaN", "Infinity", "-Infinity"}) {
    if (rest.substr(0, name.size()) != name) continue;
    rest.remove_prefix(name.size());
    out += name;
    truthy = true;
    return true;
  }
  std::size_t length = !rest.empty() && rest.front() == '-' ? 1 : 0;
  const std::size_t whole = digits_at(rest, length);
  if (whole == 0) return false;
  // "01" is 0 followed by rubbish, which the caller then refuses.
  length += rest[length] == '0' ? 1 : whole;
  bool is_float = false;
  if (length < rest.size() && rest[length] == '.' && digits_at(rest, length + 1) > 0) {
    length += 1 + digits_at(rest, length + 1);
    is_float = true;
  }
  if (length < rest.size() && (rest[length] == 'e' || rest[length] == 'E')) {
    const bool sign = length + 1 < rest.size() && (rest[length + 1] == '+' || rest[length + 1] == '-');
    const std::size_t start = length + (sign ? 2 : 1);
    if (digits_at(rest, start) > 0) {
      length = start + digits_at(rest, start);
      is_float = true;
    }
  }
  const std::string number(rest.substr(0, length));
  rest.remove_prefix(length);
  if (is_float) {
    const double value = std::strtod(number.c_str(), nullptr);
    truthy = value != 0;
    out += python_repr(value);
  } else {
    truthy = number != "0" && number != "-0";
    out += truthy ? number : "0";
  }
  return true;
}

}  // namespace odnix::devserver
