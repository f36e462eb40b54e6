#include "lab/link/direction.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace odnix::lab;

namespace {

constexpr Micros kMillisecond = 1000;

Direction with(const char* words) {
  Direction way(7);
  way.change(*read_weather(words));
  return way;
}

Bytes frame(unsigned char mark, std::size_t size = 100) { return Bytes(size, mark); }

/// What came out until then, by its mark.
std::vector<int> out(Direction& way, Micros now) {
  std::vector<int> marks;
  while (const auto bytes = way.take(now)) marks.push_back(bytes->front());
  return marks;
}

/// How many of so many frames, one each millisecond, come out in the end.
int passed(Direction& way, int count) {
  for (int i = 0; i < count; ++i) way.put(i * kMillisecond, frame(1));
  return static_cast<int>(out(way, 1'000'000 * kMillisecond).size());
}

}  // namespace

TEST_CASE("a perfect cable passes everything at once and in order") {
  auto way = with("");
  for (unsigned char i = 1; i <= 3; ++i) way.put(0, frame(i));
  CHECK(out(way, 0) == std::vector<int>{1, 2, 3});
  CHECK(way.next() == std::nullopt);
}

TEST_CASE("a delay holds each frame that long, and jitter does not change their order") {
  auto way = with("delay=50 jitter=40");
  for (unsigned char i = 1; i <= 20; ++i) way.put(i * kMillisecond, frame(i));
  CHECK(out(way, 50 * kMillisecond).empty());
  const auto all = out(way, 200 * kMillisecond);
  CHECK(all.size() == 20);
  CHECK(std::is_sorted(all.begin(), all.end()));
}

TEST_CASE("the share that is lost is the share that was asked for, alone or in bursts") {
  for (const char* words : {"loss=10", "loss=10 burst=4", "loss=30 burst=2"}) {
    auto way = with(words);
    const double asked = words[5] == '1' ? 0.1 : 0.3;
    CHECK(passed(way, 20000) / 20000.0 == Approx(1 - asked).margin(0.02));
  }
  auto all = with("loss=100");
  CHECK(passed(all, 100) == 0);
}

TEST_CASE("bursts lose neighbours") {
  const auto runs = [](const char* words) {
    auto way = with(words);
    int starts{};
    bool lost_before{};
    for (int i = 0; i < 20000; ++i) {
      const auto before = way.counts().lost;
      way.put(i, frame(1));
      const bool lost = way.counts().lost > before;
      starts += lost && !lost_before;
      lost_before = lost;
    }
    return static_cast<double>(way.counts().lost) / starts;
  };
  CHECK(runs("loss=10 burst=4") == Approx(4).margin(0.5));
  CHECK(runs("loss=10") < 1.3);
}

TEST_CASE("doubled frames come twice, held back frames are overtaken") {
  auto twice = with("duplicate=100");
  twice.put(0, frame(1));
  CHECK(out(twice, 0) == std::vector<int>{1, 1});
  auto held = with("reorder=100 hold=30");
  held.put(0, frame(1));
  held.change(*read_weather(""));
  held.put(0, frame(2));
  CHECK(out(held, 30 * kMillisecond) == std::vector<int>{2, 1});
}

TEST_CASE("a narrow line passes its rate and drops what would wait too long") {
  auto way = with("rate=100 queue=300");  // 100 kbit/s are 12.5 bytes a millisecond
  for (int i = 0; i < 200; ++i) way.put(0, frame(1, 125));
  CHECK(out(way, 100 * kMillisecond).size() == 10);
  CHECK(way.counts().overflowed == 169);  // the first is under way when the queue of 300 ms fills
}

TEST_CASE("a cut takes what is under way, too, and passes nothing until it is over") {
  auto way = with("delay=20");
  way.put(0, frame(1));
  way.change(*read_weather("cut=1"));
  way.put(1, frame(2));
  CHECK(out(way, 1000 * kMillisecond).empty());
  way.change(*read_weather(""));
  way.put(2000 * kMillisecond, frame(3));
  CHECK(out(way, 2000 * kMillisecond) == std::vector<int>{3});
}

TEST_CASE("a word that is no weather is not obeyed") {
  for (const char* words : {"dealy=5", "delay", "delay=", "delay=5x", "loss=-1", "=5"}) {
    INFO(words);
    CHECK(!read_weather(words));
  }
}
