#include "ui/person.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "view/clock_text.hpp"

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
  frame.out.scene.texts.push_back({TextRole::initials, initials, around(center, diameter), font.size});
}

void room(Frame& frame, const Rect& rect, const std::string& name, float radius) {
  const Color surface = frame.theme.surface;
  const Color glow = hue_of(name).bottom;
  frame.paint.gradient(rect, mixed(surface, glow, 0.30F), mixed(surface, glow, 0.05F), radius);
}

namespace {

struct Portrait {
  TextBlock title;
  TextBlock status;
  TextBlock detail;
  Font detail_font;
  float width{};
  float clock{};  ///< the timer's line height; 0 = no timer
  [[nodiscard]] float height() const {
    return title.h + (status.h > 0 ? 6 + status.h : 0) + (clock > 0 ? 6 + clock : 0) +
           (detail.h > 0 ? 10 + detail.h : 0);
  }
};

Portrait measure(Frame& frame) {
  const Metrics& m = frame.metrics;
  Painter& paint = frame.paint;
  Portrait p;
  p.width = std::min(frame.safe.w - 2 * m.margin, 560.0F);
  p.detail_font = {m.low ? 14.0F : 15.0F, 400};
  p.title = paint.text(frame.model.title, m.title, p.width, 1, true);
  p.status = paint.text(frame.model.status, m.body, p.width, 3, true);
  p.detail = paint.text(frame.model.detail, p.detail_font, p.width, 4, true);
  if (frame.model.timer) p.clock = paint.line(m.body);
  return p;
}

void lines(Frame& frame, const Portrait& p, Point at) {
  const Metrics& m = frame.metrics;
  const Color soft = faded(frame.theme.text, 0.78F);
  at.y += label(frame, TextRole::title, frame.model.title, m.title, at, p.width, frame.theme.text) + 6;
  if (p.status.h > 0) at.y += label(frame, TextRole::status, frame.model.status, m.body, at, p.width, soft, 3) + 6;
  if (frame.model.timer) {
    const std::string text = view::clock_text(*frame.model.timer);
    clock(frame, text, m.body, {at.x - frame.paint.clock_width(text, m.body) / 2, at.y}, soft);
    at.y += p.clock + 6;
  }
  label(frame, TextRole::detail, frame.model.detail, p.detail_font, {at.x, at.y + 4}, p.width, soft, 4);
}

/// Two faint discs around an avatar, as far as there is room for them.
void halo(Frame& frame, Point center, float diameter) {
  const float reach = std::min({diameter * 0.25F, 34.0F, center.x - diameter / 2, center.y - diameter / 2});
  if (reach < 8) return;
  frame.paint.disc(center, diameter / 2 + reach, {255, 255, 255, 9});
  frame.paint.disc(center, diameter / 2 + reach / 2, {255, 255, 255, 12});
}

}  // namespace

void portrait(Frame& frame, float top, float bottom) {
  const Portrait p = measure(frame);
  const float gap = frame.metrics.low ? 16 : 36;
  const float room_for_avatar = bottom - top - p.height() - gap;
  const float size = room_for_avatar >= 44 ? std::min(frame.metrics.avatar, room_for_avatar) : 0;
  const float total = p.height() + (size > 0 ? size + gap : 0);
  Point at{frame.safe.center().x, top + std::max(0.0F, (bottom - top - total) * 0.46F)};
  if (size > 0) {
    const Point center{at.x, at.y + size / 2};
    if (!frame.metrics.low) halo(frame, center, size);
    avatar(frame, frame.model.title, frame.model.initials, center, size);
    at.y += size + gap;
  }
  lines(frame, p, at);
}

void heading(Frame& frame, float top, float bottom) {
  const Portrait p = measure(frame);
  const float free = bottom - top - p.height();
  const float size = std::clamp(free - 14, 0.0F, frame.metrics.low ? 48.0F : 72.0F);
  Point at{frame.safe.center().x, top + std::clamp(free - size - 14, 0.0F, frame.safe.h * 0.05F)};
  if (size >= 40) {
    avatar(frame, frame.model.title, frame.model.initials, {at.x, at.y + size / 2}, size);
    at.y += size + 14;
  }
  lines(frame, p, at);
}

}  // namespace odnix::ui
