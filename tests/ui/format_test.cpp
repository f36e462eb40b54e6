// Our stand-ins for printf and scanf do what Dear ImGui asks of them.
#include <catch2/catch.hpp>

#include <string>

#include "imgui.h"
#include "imgui_internal.h"

namespace odnix::test {

namespace {
template <class... Values>
std::string formatted(const char* format, Values... values) {
  char buffer[64];
  const int length = ImFormatString(buffer, sizeof buffer, format, values...);
  CHECK(length == static_cast<int>(std::string(buffer).size()));
  return buffer;
}
}  // namespace

TEST_CASE("texts, numbers and widths are formatted like printf does") {
  CHECK(formatted("%s/%s_%08X", "a", "b", 0x12ABu) == "a/b_000012AB");
  CHECK(formatted("%d %i %u", -42, 7, 9u) == "-42 7 9");
  CHECK(formatted("%03d|%3d|%x", 7, 7, 255) == "007|  7|ff");
  CHECK(formatted("%.3s|%.*s", "abcdef", 2, "xyz") == "abc|xy");
  CHECK(formatted("%c%%", 'q') == "q%");
}

TEST_CASE("a text that is too long is cut and ended, never written past the end") {
  char buffer[5] = {'#', '#', '#', '#', '!'};
  CHECK(ImFormatString(buffer, 4, "%s", "abcdef") == 3);
  CHECK(std::string(buffer) == "abc");
  CHECK(buffer[4] == '!');
}

TEST_CASE("the shader version is read, numbers in fields are not") {
  int version = 0;
  CHECK(ui::scan_number("#version 300 es\n", "#version %d", &version) == 1);
  CHECK(version == 300);
  float number = 5;
  CHECK(ui::scan_number("1.5", "%f", &number) == 0);
  CHECK(number == 5);
}

}  // namespace odnix::test
