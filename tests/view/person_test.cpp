#include "view/person.hpp"

#include <catch2/catch.hpp>

using namespace odnix::view;

TEST_CASE("a name is one line of at most 64 code points without tricks") {
  struct Row {
    std::string raw, clean;
  };
  const std::vector<Row> rows{
      {"Anna", "Anna"},
      {"  Anna \t\n Müller  ", "Anna Müller"},
      {"<b>Anna</b>", "<b>Anna</b>"},
      {"Anna\u202Egnp.exe", "Annagnp.exe"},
      {"\u2066x\u2069\u200Fy\u061Cz\uFEFF", "xyz"},
      {std::string("a\0b\x07"
                   "c\x7F",
                   6),
       "abc"},
      {"ज़ोया श्रीवास्तव", "ज़ोया श्रीवास्तव"},
      {"👩🏽‍🚀 Zoë", "👩🏽‍🚀 Zoë"},
      {"", ""},
      {" \u00A0\u2028 ", ""},
      {"a\xFF"
       "b",
       "a\uFFFD"
       "b"},
      {"\xC0\x80", "\uFFFD\uFFFD"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"\xF0\x9F\x98", "\uFFFD\uFFFD\uFFFD"},
      {std::string(100, 'x'), std::string(64, 'x')},
  };
  for (const auto& row : rows) CHECK(clean_name(row.raw) == row.clean);
}

TEST_CASE("a name of which nothing would be seen is none; joiners inside a name stay") {
  for (const char* name : {"\u200B", "\u2060\u3164", "\u2800 \u00AD", "\uFE0F\u115F"}) CHECK(clean_name(name).empty());
  const std::string family = "\U0001F468\u200D\U0001F469";
  CHECK(clean_name(family) == family);
}

TEST_CASE("initials are of the first and the last word") {
  CHECK(initials("anna maria schmidt") == "AS");
  CHECK(initials("Anna") == "A");
  CHECK(initials("") == "?");
  CHECK(initials("王 小明") == "王小");
}

TEST_CASE("an avatar is an image of the page's own or inside the message, never more") {
  CHECK(clean_avatar("data:image/png;base64,AAAA") == "data:image/png;base64,AAAA");
  CHECK(clean_avatar("/media/anna.png") == "/media/anna.png");
  for (const auto* bad : {"", "/", "//evil.example/x.png", "/\\evil.example/x.png", "https://evil.example/x.png",
                          "javascript:alert(1)", "data:text/html,<b>", "DATA:text/html,x", "blob:x"}) {
    CHECK(clean_avatar(bad).empty());
  }
  CHECK(clean_avatar("data:image/png," + std::string(40000, 'x')).empty());
}
