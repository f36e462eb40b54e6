// Nothing overlaps, nothing is clipped, everything can be hit: on every screen, at every size.
#include <algorithm>
#include <map>

#include "ui/stand.hpp"

namespace odnix::test {

using ui::Rect;

namespace {

constexpr float slack = 0.6F;  // half a device pixel of rounding

bool is_low(const Size& size) { return size.height < 480; }

std::string words(const Rect& r) {
  return "(" + std::to_string(r.x) + " " + std::to_string(r.y) + " " + std::to_string(r.w) + " " + std::to_string(r.h) +
         ")";
}

/// Everything that must keep clear of everything else, with a name for the message. Tiles of a group are content as
/// pictures are: controls may float over them.
std::vector<std::pair<std::string, Rect>> occupied(const ui::Scene& scene) {
  std::vector<std::pair<std::string, Rect>> list;
  for (const ui::MirrorButton& button : scene.buttons) {
    const std::string name(core::to_string(button.control));
    list.push_back({name, button.rect.inset(slack)});
    if (button.caption_rect.w > 0) list.push_back({name + "'s caption", button.caption_rect.inset(slack)});
  }
  const bool group = std::any_of(scene.texts.begin(), scene.texts.end(),
                                 [](const ui::MirrorText& text) { return text.role == ui::TextRole::name; });
  for (const ui::MirrorText& text : scene.texts)
    if (text.role != ui::TextRole::name && !(group && text.role == ui::TextRole::initials))
      list.push_back({std::string(core::to_string(text.role)), text.rect.inset(slack)});
  return list;
}

}  // namespace

TEST_CASE("every control of the model is on the screen, once, in reading order") {
  for (const samples::Sample& sample : samples::all()) {
    for (const Size& size : sizes) {
      INFO(sample.name << " at " << size);
      Stand stand(size);
      const ui::Output out = stand.draw(sample.model);
      REQUIRE(out.scene.buttons.size() == sample.model.controls.size());
      for (std::size_t i = 0; i < out.scene.buttons.size(); ++i)
        CHECK(out.scene.buttons[i].control == sample.model.controls[i].id);
    }
  }
}

TEST_CASE("controls and texts stay inside the surface, and the surface inside the viewport") {
  for (const samples::Sample& sample : samples::all()) {
    for (const Size& size : sizes) {
      INFO(sample.name << " at " << size);
      Stand stand(size);
      const ui::Output out = stand.draw(sample.model);
      CHECK((Rect{0, 0, size.width, size.height}.inset(-slack).contains(out.scene.surface)));
      const Rect area{0, 0, out.scene.surface.w, out.scene.surface.h};
      for (const auto& [name, rect] : occupied(out.scene)) {
        INFO(name << ' ' << words(rect) << " in " << words(area));
        CHECK(area.contains(rect));
      }
      for (const ui::VideoPlace& video : out.scene.videos) {
        INFO(words(video.rect));
        CHECK(area.inset(-slack).contains(video.rect));
      }
    }
  }
}

TEST_CASE("controls are large enough for a finger") {
  for (const samples::Sample& sample : samples::all()) {
    for (const Size& size : sizes) {
      Stand stand(size);
      for (const ui::MirrorButton& button : stand.draw(sample.model).scene.buttons) {
        INFO(sample.name << " at " << size << ": " << core::to_string(button.control) << ' ' << words(button.rect));
        CHECK(button.rect.w >= 44);
        CHECK(button.rect.h >= 44);
      }
    }
  }
}

TEST_CASE("controls, captions and texts keep clear of each other") {
  for (const samples::Sample& sample : samples::all()) {
    for (const Size& size : sizes) {
      INFO(sample.name << " at " << size);
      Stand stand(size);
      const auto things = occupied(stand.draw(sample.model).scene);
      for (std::size_t i = 0; i < things.size(); ++i) {
        for (std::size_t j = i + 1; j < things.size(); ++j) {
          INFO(things[i].first << ' ' << words(things[i].second) << " and " << things[j].first << ' '
                               << words(things[j].second));
          CHECK_FALSE(things[i].second.overlaps(things[j].second));
        }
      }
    }
  }
}

TEST_CASE("the own preview keeps clear of controls and texts unless it is the backdrop") {
  for (const samples::Sample& sample : samples::all()) {
    for (const Size& size : sizes) {
      if (sample.model.tiles.size() > 1 && is_low(size)) continue;  // controls float over the tiles, the own one too
      INFO(sample.name << " at " << size);
      Stand stand(size);
      const ui::Output out = stand.draw(sample.model);
      for (const ui::VideoPlace& video : out.scene.videos) {
        if (video.peer != core::PeerId{} || video.radius <= 0) continue;
        for (const auto& [name, rect] : occupied(out.scene)) {
          INFO(name << ' ' << words(rect) << " and the preview " << words(video.rect));
          CHECK_FALSE(video.rect.inset(slack).overlaps(rect));
        }
      }
    }
  }
}

TEST_CASE("the controls of a call stay where they are from connecting until the picture comes and goes") {
  for (const Size& size : sizes) {
    for (const bool video : {true, false}) {
      INFO(size << (video ? ", video" : ", audio"));
      Stand stand(size);
      const view::ViewModel active = video ? samples::video_call() : samples::audio_call();
      view::ViewModel connecting = active;
      connecting.status = "Connecting…";
      connecting.timer.reset();
      connecting.banner.reset();
      for (view::Tile& tile : connecting.tiles) tile.video = false;
      const ui::Scene before = stand.draw(connecting).scene;
      const ui::Scene during = stand.draw(active).scene;
      const ui::Scene after = stand.draw(connecting).scene;
      REQUIRE(before.buttons.size() == during.buttons.size());
      for (std::size_t i = 0; i < before.buttons.size(); ++i) {
        CHECK(before.buttons[i].rect == during.buttons[i].rect);
        CHECK(before.buttons[i].rect == after.buttons[i].rect);
      }
      if (video) CHECK(before.videos.back().rect == during.videos.back().rect);
    }
  }
}

TEST_CASE("notches are kept free") {
  for (const samples::Sample& sample : samples::all()) {
    Stand stand(Size{844, 390, 3});
    stand.viewport.safe = {0, 47, 21, 47};
    const ui::Output out = stand.draw(sample.model);
    const Rect& surface = out.scene.surface;
    for (const auto& [name, rect] : occupied(out.scene)) {
      INFO(sample.name << ": " << name << ' ' << words(rect));
      CHECK(surface.x + rect.x >= 47);
      CHECK(surface.x + rect.right() <= 844 - 47);
      CHECK(surface.y + rect.bottom() <= 390 - 21);
    }
  }
}

TEST_CASE("an incoming call leaves the page usable: a card, no stage") {
  for (const Size& size : sizes) {
    INFO(size);
    Stand stand(size);
    const ui::Scene scene = stand.draw(samples::incoming()).scene;
    CHECK_FALSE(scene.modal);
    CHECK(scene.surface.w <= 380);
    CHECK(scene.surface.h <= 260);
    CHECK(scene.surface.w * scene.surface.h < size.width * size.height * 0.5F);
  }
}

TEST_CASE("the other screens take the whole viewport") {
  for (const auto& model :
       {samples::outgoing(), samples::video_call(), samples::audio_call(), samples::ended(), samples::notice()}) {
    Stand stand;
    const ui::Scene scene = stand.draw(model).scene;
    CHECK(scene.modal);
    CHECK(scene.surface == Rect{0, 0, 1280, 800});
  }
}

TEST_CASE("everybody in a group has a place of their own") {
  for (int people = 2; people <= 7; ++people) {
    for (const Size& size : sizes) {
      INFO(people << " people at " << size);
      view::ViewModel model = samples::group(people);
      for (view::Tile& tile : model.tiles) tile.video = true;
      model.self_view = true;
      Stand stand(size);
      const ui::Scene scene = stand.draw(model).scene;
      std::map<std::uint32_t, Rect> places;  // 0: one's own
      for (const ui::VideoPlace& video : scene.videos) places[video.peer.value] = video.rect;
      REQUIRE(places.size() == static_cast<std::size_t>(people) + 1);
      for (const auto& [a, first] : places)
        for (const auto& [b, second] : places) CHECK((a == b || !first.inset(slack).overlaps(second)));
    }
  }
}

namespace {

/// The places of all pictures of a group in which every camera is on; ours is the last.
std::vector<Rect> tiles_of(const Size& size, int people, bool self_view) {
  view::ViewModel model = samples::group(people);
  for (view::Tile& tile : model.tiles) tile.video = true;
  model.self_view = self_view;
  Stand stand(size);
  std::vector<Rect> places;
  for (const ui::VideoPlace& video : stand.draw(model).scene.videos) places.push_back(video.rect);
  return places;
}

}  // namespace

TEST_CASE("in a group the own picture is a tile like the others: last, as large, at the same distance") {
  for (int people = 2; people <= 7; ++people) {
    for (const Size& size : sizes) {
      INFO(people << " others at " << size);
      const std::vector<Rect> places = tiles_of(size, people, true);
      REQUIRE(places.size() == static_cast<std::size_t>(people) + 1);
      for (const Rect& place : places) {
        CHECK(place.w == Approx(places[0].w));
        CHECK(place.h == Approx(places[0].h));
      }
      for (std::size_t i = 1; i < places.size(); ++i) {
        const Rect& before = places[i - 1];
        const Rect& place = places[i];
        const bool same_row = place.y == Approx(before.y);
        CHECK((same_row ? place.x - before.right() : place.y - before.bottom()) == Approx(8).margin(0.01));
      }
    }
  }
}

TEST_CASE("no tile of a group lies under the controls, unless the screen is low") {
  for (int people = 2; people <= 7; ++people) {
    for (const Size& size : sizes) {
      if (is_low(size)) continue;
      INFO(people << " others at " << size);
      view::ViewModel model = samples::group(people);
      for (view::Tile& tile : model.tiles) tile.video = true;
      Stand stand(size);
      const ui::Scene scene = stand.draw(model).scene;
      for (const ui::VideoPlace& video : scene.videos)
        for (const ui::MirrorButton& button : scene.buttons) CHECK_FALSE(video.rect.overlaps(button.rect));
    }
  }
}

TEST_CASE("the own picture is shown as in a mirror, and takes no place in the grid while the camera is off") {
  const Size desktop{1280, 800, 1};
  Stand stand(desktop);
  const ui::Scene scene = stand.draw(samples::group(3)).scene;
  CHECK(scene.videos.back().peer == core::PeerId{});
  CHECK(scene.videos.back().mirrored);
  CHECK(tiles_of(desktop, 3, false).size() == 3);
  CHECK(tiles_of(desktop, 4, false)[0].w > tiles_of(desktop, 4, true)[0].w);
}

TEST_CASE("beside a shared screen the face keeps clear of names, words and controls") {
  for (const Size& size : sizes) {
    for (const bool wordy : {false, true}) {
      INFO(size << (wordy ? " with a banner" : ""));
      view::ViewModel model = samples::shared_screen();
      if (wordy) {
        model.title = "Maximiliane-Charlotte von und zu Hohenlohe-Langenburg-Schillingsfürst";
        model.banner =
            view::Banner{view::BannerKind::warning, "The connection was lost. Trying again: stay on this page."};
      }
      Stand stand(size);
      const ui::Scene scene = stand.draw(model).scene;
      REQUIRE(scene.videos.size() == 3);
      const Rect face = scene.videos[1].rect;
      CHECK_FALSE(face.overlaps(scene.videos[2].rect));
      for (const auto& [name, rect] : occupied(scene)) {
        INFO(name << ' ' << words(rect) << " and the face " << words(face));
        CHECK_FALSE(face.inset(slack).overlaps(rect));
      }
    }
  }
}

TEST_CASE("a picture fills the stage unless cropping would cost too much of it") {
  Stand stand;
  view::ViewModel model = samples::video_call();
  stand.input.video_sizes = {{{1}, 1280, 720}};
  CHECK(stand.draw(model).scene.videos[0].rect == Rect{0, 0, 1280, 800});
  stand.input.video_sizes = {{{1}, 720, 1280}};
  const Rect upright = stand.draw(model).scene.videos[0].rect;
  CHECK(upright.h == Approx(800));
  CHECK(upright.w == Approx(450));
  CHECK(upright.center().x == Approx(640));
}

}  // namespace odnix::test
