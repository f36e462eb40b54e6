#include "ui/imgui_compat.hpp"

#include "imgui_internal.h"

namespace odnix::ui {

struct Drawing::Parts {
  ImDrawListSharedData shared;
  ImDrawList list{&shared};
};

Drawing::Drawing() : parts_(std::make_unique<Parts>()) {
  // What ImGui's default style and NewFrame() would set.
  ImDrawListSharedData& shared = parts_->shared;
  shared.CurveTessellationTol = 1.25F;
  shared.SetCircleTessellationMaxError(0.30F);
  shared.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill;
}

Drawing::~Drawing() = default;

ImDrawList& Drawing::begin(ImVec2 size) {
  ImDrawList& list = parts_->list;
  list._ResetForNewFrame();
  list.PushClipRect({0, 0}, size);
  return list;
}

const ImDrawList& Drawing::list() const { return parts_->list; }

}  // namespace odnix::ui
