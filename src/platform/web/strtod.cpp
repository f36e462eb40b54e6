// strtod for the product. The one of the C library brings in arithmetic on 128-bit floating point: 14 KB of WASM, 5.6
// KB after brotli, for the JSON parser, which must be able to read fractions although no field of our protocol is one.
// This one is exact for integers below 2^53 and may be off in the last digits of the rest. Defining all three keeps the
// C library's file out of the link.
#include <cstdlib>

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the digits at `at` into `value` as long as they can matter. Answers how many there were; `dropped` of them did
/// not.
int read_digits(const char*& at, double& value, int& dropped) {
  int count = 0;
  for (; is_digit(*at); ++at, ++count) {
    if (value < 1e17) {
      value = value * 10 + (*at - '0');
    } else {
      ++dropped;
    }
  }
  return count;
}

int read_exponent(const char*& at) {
  if (*at != 'e' && *at != 'E') return 0;
  const char* digits = at + 1;
  const bool negative = *digits == '-';
  if (*digits == '-' || *digits == '+') ++digits;
  if (!is_digit(*digits)) return 0;
  int exponent = 0;
  for (; is_digit(*digits); ++digits) exponent = exponent < 1000 ? exponent * 10 + (*digits - '0') : 1000;
  at = digits;
  return negative ? -exponent : exponent;
}

}  // namespace

extern "C" double strtod(const char* text, char** end) {
  const char* at = text;
  while (*at == ' ') ++at;
  const bool negative = *at == '-';
  if (*at == '-' || *at == '+') ++at;
  double value = 0;
  int scale = 0;  // dropped digits of the whole part count
  int count = read_digits(at, value, scale);
  if (*at == '.') {
    ++at;
    int dropped = 0;
    const int fraction = read_digits(at, value, dropped);
    count += fraction;
    scale -= fraction - dropped;
  }
  if (count > 0) scale += read_exponent(at);
  for (; scale > 0 && value != 0; --scale) value *= 10;
  for (; scale < 0 && value != 0; ++scale) value /= 10;
  if (end != nullptr) *end = const_cast<char*>(count > 0 ? at : text);
  return negative && count > 0 ? -value : value;
}

extern "C" float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
extern "C" long double strtold(const char* text, char** end) { return strtod(text, end); }
