#pragma once
// Compile-time configuration of Dear ImGui, included by it through IMGUI_USER_CONFIG in every build alike. What is
// never called is left out by the linker; this is for what it cannot see.

#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FILE_FUNCTIONS
#define IMGUI_DISABLE_TTY_FUNCTIONS
#define IMGUI_DISABLE_SSE
