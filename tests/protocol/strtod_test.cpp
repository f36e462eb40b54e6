// The product's own strtod, under other names so that it can stand beside the C library's.
#include <cmath>
#include <cstdlib>
#include <string>

#define strtod product_strtod
#define strtof product_strtof
#define strtold product_strtold
#include "platform/web/strtod.cpp"
#undef strtod
#undef strtof
#undef strtold

#include "support/printers.hpp"

TEST_CASE("the product reads numbers as the C library does", "[protocol]") {
  const std::string text = GENERATE("0", "-0", "7", "65536.5", "-12.25", "1e3", "1E+3", "25e-2", "1e", "1e+", "1.",
                                    ".5", "-", "", "abc", ".", "1.5x", "9007199254740991", "-9007199254740991", "1e999",
                                    "-1e999", "1e-999", "0e999", " 3", "18446744073709551616");
  CAPTURE(text);
  char *own_end = nullptr, *end = nullptr;
  const double own = product_strtod(text.c_str(), &own_end);
  const double real = std::strtod(text.c_str(), &end);
  CHECK(own_end == end);
  CHECK(own == real);
  CHECK(std::signbit(own) == std::signbit(real));
}

TEST_CASE("the product's fractions are right to fifteen digits", "[protocol]") {
  const std::string text = GENERATE("0.1", "3.141592653589793", "1.7976931348623157e308", "6.02214076e23", "2.5e-10");
  const double own = product_strtod(text.c_str(), nullptr);
  CHECK(own == Approx(std::strtod(text.c_str(), nullptr)).epsilon(1e-14));
  CHECK(static_cast<double>(product_strtold(text.c_str(), nullptr)) == own);
}

TEST_CASE("a number as long as a frame is read in no time", "[protocol]") {
  CHECK(std::isinf(product_strtod(std::string(256 * 1024, '9').c_str(), nullptr)));
  CHECK(product_strtod(("0." + std::string(256 * 1024, '1')).c_str(), nullptr) == Approx(1.0 / 9));
  CHECK(std::isinf(product_strtof("1e300", nullptr)));
}
