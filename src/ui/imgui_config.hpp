#pragma once
// Compile-time configuration of Dear ImGui, included by it through IMGUI_USER_CONFIG in every build alike.
// Everything left out here is code that would be loaded by each chat page and never run.

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_METRICS_WINDOW
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_TTY_FUNCTIONS
#define IMGUI_DISABLE_SSE
#define IMGUI_USE_WCHAR32  // names contain emoji

// Glyphs are drawn by the browser, not by stb_truetype: the atlas asks "FreeType" for its builder, and
// ImGuiFreeType::GetBuilderForFreeType() is ours (the native builds have a plain one).
#define IMGUI_ENABLE_FREETYPE
#define IMGUI_DISABLE_STB_TRUETYPE_IMPLEMENTATION
