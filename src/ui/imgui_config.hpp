#pragma once
// Compile-time configuration of Dear ImGui, included by it through IMGUI_USER_CONFIG in every build alike.
// Everything left out here is code that would be loaded by each chat page and never run.

#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_TTY_FUNCTIONS
#define IMGUI_DISABLE_SSE
#define IMGUI_USE_WCHAR32  // names contain emoji

// Its printf: ours is a tenth of the size (imgui/format.cpp). Its scanf reads numbers typed into fields, which we do
// not have, and in the OpenGL backend the number in "#version 100".
#define IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS
#include <stdio.h>
namespace odnix::ui {
inline int scan_number(const char* text, const char*, int* number) {
  while (*text != '\0' && (*text < '0' || *text > '9')) ++text;
  for (*number = 0; *text >= '0' && *text <= '9'; ++text) *number = *number * 10 + (*text - '0');
  return 1;
}
template <class... Targets>
int scan_number(const char*, const char*, Targets...) {
  return 0;
}
}  // namespace odnix::ui
#define sscanf odnix::ui::scan_number

// Text is drawn by the browser: neither stb_truetype nor the built-in font is compiled in. Every version asks
// "FreeType" for what makes its glyphs, and the answer is ours (imgui_compat.cpp): a builder until 1.91, a loader
// since 1.92.
#define IMGUI_DISABLE_STB_TRUETYPE_IMPLEMENTATION
#define IMGUI_ENABLE_FREETYPE
#define IMGUI_DISABLE_DEFAULT_FONT  // since 1.92; before, tools/cmake empties its data
