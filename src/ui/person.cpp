#include "ui/person.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace odnix::ui {

Hue hue_of(const std::string& name) {
  static constexpr std::array<Hue, 8> hues{{{{129, 140, 248}, {79, 70, 229}},
                                            {{56, 189, 248}, {2, 132, 199}},
                                            {{45, 212, 191}, {13, 148, 136}},
                                            {{251, 191, 36}, {217, 119, 6}},
                                            {{251, 146, 60}, {234, 88, 12}},
                                            {{244, 114, 182}, {219, 39, 119}},
                                            {{167, 139, 250}, {124, 58, 237}},
                                            {{148, 163, 184}, {71, 85, 105}}}};
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hues[(hash >> 16) % hues.size()];
}

void avatar(Frame& frame, const std::string& name, const std::string& initials, Point center, float diameter) {
  const Hue hue = hue_of(name);
  frame.paint.gradient_disc(center, diameter / 2, hue.top, hue.bottom);
  const Font font{diameter * 0.38F, 600};
  const TextBlock text = frame.paint.text(initials, font, diameter * 0.86F);
  frame.paint.draw(text, {center.x - text.w / 2, center.y - text.h / 2}, white);
}

void room(Frame& frame, const Rect& rect, const std::string& name, float radius) {
  const Color surface = frame.theme.surface;
  const Color glow = hue_of(name).bottom;
  frame.paint.gradient(rect, mixed(surface, glow, 0.30F), mixed(surface, glow, 0.05F), radius);
}

void portrait(Frame& frame, float top, float bottom, bool over_picture) {
  const Metrics& m = frame.metrics;
  const view::ViewModel& model = frame.model;
  Painter& paint = frame.paint;
  const float width = std::min(frame.safe.w - 2 * m.margin, 560.0F);
  const float x = frame.safe.center().x;
  const Color soft = faded(frame.theme.text, 0.78F);

  const TextBlock title = paint.text(model.title, m.title, width, 1, true);
  const bool timed = model.timer.has_value();
  const TextBlock status = paint.text(model.status, m.body, width, 2, true);
  const float clock = timed ? paint.line(m.body) : 0;
  const TextBlock detail = paint.text(model.detail, {m.low ? 14.0F : 15.0F, 400}, width, 4, true);
  const auto gap = [](float above, float h) { return h > 0 ? above : 0.0F; };
  const float status_gap = gap(6, status.h);
  const float clock_gap = gap(6, clock);
  const float detail_gap = gap(10, detail.h);
  const float texts = title.h + status_gap + status.h + clock_gap + clock + detail_gap + detail.h;

  const float room_for_avatar = bottom - top - texts - 20;
  const float size = room_for_avatar >= 44 ? std::min(m.avatar, room_for_avatar) : 0;
  const float total = texts + (size > 0 ? size + 20 : 0);
  float y = top + std::max(0.0F, (bottom - top - total) * 0.46F);
  if (size > 0) {
    const Point center{x, y + size / 2};
    if (!over_picture) {
      const float reach = std::min({size * 0.5F + 34, center.x - frame.area.x, center.y - frame.area.y});
      paint.disc(center, std::max(size / 2, reach), {255, 255, 255, 9});
      paint.disc(center, size / 2 + (reach - size / 2) / 2, {255, 255, 255, 12});
    }
    avatar(frame, model.title, model.initials, center, size);
    y += size + 20;
  }
  y += label(frame, TextRole::title, model.title, m.title, {x, y}, width, frame.theme.text, 1, true, over_picture);
  y += status_gap;
  y += label(frame, TextRole::status, model.status, m.body, {x, y}, width, soft, 2, true, over_picture);
  if (timed) {
    y += clock_gap;
    const std::string text = clock_text(*model.timer);
    const float w = paint.clock_width(text, m.body);
    paint.draw_clock(text, m.body, {x - w / 2, y}, soft, over_picture);
    frame.out.scene.texts.push_back({TextRole::timer, text, {x - w / 2, y, w, clock}, m.body.size});
    y += clock;
  }
  y += detail_gap;
  label(frame, TextRole::detail, model.detail, {m.low ? 14.0F : 15.0F, 400}, {x, y}, width, soft, 4, true, over_picture);
}

}  // namespace odnix::ui
