#include "ui/imgui_compat.hpp"

#include <cfloat>

#include "imgui_internal.h"

#include "misc/freetype/imgui_freetype.h"

#if IMGUI_VERSION_NUM < 19200
#include <cstring>

namespace {

/// An atlas without glyphs: 64x1 texels for the white pixel that every untextured triangle samples.
bool build_bare_atlas(ImFontAtlas* atlas) {
  ImFontAtlasBuildInit(atlas);
  atlas->TexID = {};
  atlas->ClearTexData();
  int x = 0;
  int height = 1;
  for (ImFontAtlasCustomRect& rect : atlas->CustomRects) {
    rect.X = static_cast<unsigned short>(x);
    rect.Y = 0;
    x += rect.Width;
    if (rect.Height > height) height = rect.Height;
  }
  atlas->TexWidth = 64;
  atlas->TexHeight = height;
  atlas->TexUvScale = ImVec2(1.0F / 64.0F, 1.0F / static_cast<float>(height));
  const auto size = std::size_t{64} * static_cast<std::size_t>(height);
  atlas->TexPixelsAlpha8 = static_cast<unsigned char*>(IM_ALLOC(size));
  std::memset(atlas->TexPixelsAlpha8, 0, size);
  for (ImFontConfig& config : atlas->ConfigData) {
    ImFontAtlasBuildSetupFont(atlas, config.DstFont, &config, config.SizePixels, 0);
    config.DstFont->AddGlyph(&config, ' ', 0, 0, 0, 0, 0, 0, 0, 0, 1);  // ImGui wants a glyph to fall back to
  }
  ImFontAtlasBuildFinish(atlas);
  return true;
}

void add_bare_font(ImFontAtlas& atlas) {
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  ImFontConfig config;
  config.SizePixels = 16;
  config.FontData = IM_ALLOC(4);  // never read; the atlas frees it
  config.FontDataSize = 4;
  atlas.AddFont(&config);
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsRGBA32(&pixels, &width, &height);
}

}  // namespace

const ImFontBuilderIO* ImGuiFreeType::GetBuilderForFreeType() {
  static const ImFontBuilderIO builder = [] {
    ImFontBuilderIO io;
    io.FontBuilder_Build = build_bare_atlas;
    return io;
  }();
  return &builder;
}
#else
namespace {

bool has_no_glyph(ImFontAtlas*, ImFontConfig*, ImWchar) { return false; }
bool bakes_nothing(ImFontAtlas*, ImFontConfig*, ImFontBaked*, void*, ImWchar, ImFontGlyph*, float*) { return false; }
bool accepts(ImFontAtlas*, ImFontConfig*) { return true; }

void add_bare_font(ImFontAtlas& atlas) {
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  ImFontConfig config;
  config.SizePixels = 16;
  config.FontData = IM_ALLOC(4);  // never read; the atlas frees it
  config.FontDataSize = 4;
  atlas.AddFont(&config);
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsRGBA32(&pixels, &width, &height);  // for renderers that take the atlas once
}

}  // namespace

const ImFontLoader* ImGuiFreeType::GetFontLoader() {
  static const ImFontLoader loader = [] {
    ImFontLoader bare;
    bare.Name = "bare";
    bare.FontSrcInit = accepts;
    bare.FontSrcContainsGlyph = has_no_glyph;
    bare.FontBakedLoadGlyph = bakes_nothing;
    return bare;
  }();
  return &loader;
}
#endif

namespace odnix::ui {

ImGuiContext* create_imgui_context() {
  IMGUI_CHECKVERSION();
  ImGuiContext* context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
#if IMGUI_VERSION_NUM >= 18700
  io.ConfigInputTrickleEventQueue = false;  // we draw once per event ourselves
#endif
  add_bare_font(*io.Fonts);
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = ImVec2(0, 0);
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.WindowMinSize = ImVec2(1, 1);
  style.AntiAliasedLinesUseTex = false;
  return context;
}

void feed_pointer(const ImVec2* at, bool down) {
  ImGuiIO& io = ImGui::GetIO();
  const ImVec2 position = at != nullptr ? *at : ImVec2(-FLT_MAX, -FLT_MAX);
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(position.x, position.y);
  io.AddMouseButtonEvent(0, down);
#else
  io.MousePos = position;
  io.MouseDown[0] = down;
#endif
}

}  // namespace odnix::ui
