#include "platform/web/mirror.hpp"

#include <emscripten.h>

#include <algorithm>

namespace odnix::platform {

namespace {

// clang-format off
EM_JS(void, scene_begin, (double x, double y, double w, double h, double radius, int modal, int opaque, int escape, const char* devices), {
  Module["ui"]["begin"]([x, y, w, h], radius, !!modal, !!opaque, escape, UTF8ToString(devices));
});
EM_JS(void, scene_video, (int peer, double x, double y, double w, double h, double radius, int mirrored, int cover), {
  Module["ui"]["video"](peer, x, y, w, h, radius, mirrored, cover);
});
EM_JS(void, scene_text, (const char* role, const char* text, double x, double y, double w, double h, double size), {
  Module["ui"]["text"](UTF8ToString(role), UTF8ToString(text), [x, y, w, h], size);
});
EM_JS(void, scene_button, (int id, const char* name, const char* label, const char* caption, const char* role, int pressed, int enabled,
                           double x, double y, double w, double h), {
  Module["ui"]["button"]({
    "id": id, "name": UTF8ToString(name), "label": UTF8ToString(label), "caption": UTF8ToString(caption),
    "role": UTF8ToString(role), "pressed": pressed, "enabled": !!enabled, "rect": [x, y, w, h]
  });
});
EM_JS(void, scene_end, (), { Module["ui"]["end"](); });
// clang-format on

/// The data-control of a control: its name with '-' for '_'.
std::string control_name(view::ControlId id) {
  std::string name(core::to_string(id));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

const char* devices_in_use(const ui::Scene& scene) {
  if (scene.microphone_open && scene.camera_open) return "Microphone and camera in use";
  if (scene.microphone_open) return "Microphone in use";
  return scene.camera_open ? "Camera in use" : "";
}

}  // namespace

void show_scene(const ui::Scene& scene) {
  const ui::Rect& surface = scene.surface;
  scene_begin(surface.x, surface.y, surface.w, surface.h, scene.radius, scene.modal, scene.opaque,
              scene.escape ? static_cast<int>(*scene.escape) : -1, devices_in_use(scene));
  for (const ui::VideoPlace& video : scene.videos) {
    const ui::Rect& r = video.rect;
    scene_video(static_cast<int>(video.peer.value), r.x, r.y, r.w, r.h, video.radius, video.mirrored, video.cover);
  }
  for (const ui::MirrorText& text : scene.texts) {
    const std::string role(core::to_string(text.role));
    scene_text(role.c_str(), text.text.c_str(), text.rect.x, text.rect.y, text.rect.w, text.rect.h, text.size);
  }
  for (const ui::MirrorButton& button : scene.buttons) {
    const std::string role(core::to_string(button.role));
    const int pressed = button.pressed ? (*button.pressed ? 1 : 0) : -1;
    const ui::Rect& r = button.rect;
    scene_button(static_cast<int>(button.control), control_name(button.control).c_str(), button.label.c_str(),
                 button.caption.c_str(), role.c_str(), pressed, button.enabled, r.x, r.y, r.w, r.h);
  }
  scene_end();
}

}  // namespace odnix::platform
