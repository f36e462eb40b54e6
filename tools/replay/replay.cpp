#include "replay/replay.hpp"

#include <utility>
#include <vector>

#include "core/describe.hpp"
#include "core/hash.hpp"
#include "core/step.hpp"
#include "replay/read_value.hpp"

namespace odnix::replay {
namespace {

struct Tick {
  core::TimePoint now;
  core::Event event;
  std::string state;  ///< recorded hashes, as hex
  std::string effects;
};

Report unreadable(Report report, std::size_t line, std::string_view what) {
  report.outcome = Outcome::unreadable;
  report.problem = "line " + std::to_string(line) + ": " + std::string(what) + "\n";
  return report;
}

Trouble read_header(const std::string& line, core::State& base) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("odnix-journal")) return "no journal";
  if (json.at("odnix-journal") != 1) return "a journal of another version";
  if (!json.contains("base")) return "base";
  return below("base", read_named(json.at("base"), base));
}

Trouble read_tick(const std::string& line, Tick& tick) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return "not JSON";
  for (const char* name : {"now", "event", "state", "effects"}) {
    if (!json.contains(name)) return name;
  }
  if (Trouble inner = read(json.at("now"), tick.now)) return below("now", inner);
  if (Trouble inner = read(json.at("event"), tick.event)) return below("event", inner);
  if (Trouble inner = read(json.at("state"), tick.state)) return below("state", inner);
  return below("effects", read(json.at("effects"), tick.effects));
}

std::string seconds(core::TimePoint now, core::TimePoint start) {
  std::string ms = std::to_string((now - start).count());
  if (ms.size() < 4) ms.insert(0, 4 - ms.size(), '0');
  return ms.insert(ms.size() - 3, ".") + " s";
}

std::string paragraph(const Tick& tick, core::TimePoint start, const core::Step& step) {
  std::string out = seconds(tick.now, start) + "  " + core::describe(tick.event) +
                    "\n    = " + std::string(core::public_name(step.next.phase)) + "\n";
  for (const core::Effect& effect : step.effects) out += "    > " + core::describe(effect) + "\n";
  return out;
}

/// Empty if both agree.
std::string difference(const char* what, const std::string& recorded, const std::string& now) {
  const std::string replayed = core::to_hex(core::hash(now));
  if (recorded == replayed) return {};
  return std::string(what) + "\n  recorded " + recorded + "\n  replayed " + replayed + "  " + now + "\n";
}

}  // namespace

Report replay(std::string_view journal) {
  Report report;
  core::State state;
  core::TimePoint start{};
  std::size_t number = 0;
  while (!journal.empty()) {
    const auto end = journal.find('\n');
    const std::string line(journal.substr(0, end));
    journal.remove_prefix(end == std::string_view::npos ? journal.size() : end + 1);
    ++number;
    if (number == 1) {
      if (const Trouble problem = read_header(line, state)) return unreadable(report, number, *problem);
      continue;
    }
    Tick tick;
    if (const Trouble problem = read_tick(line, tick)) return unreadable(report, number, *problem);
    if (number == 2) start = tick.now;
    core::Step step = core::step(std::move(state), tick.event, tick.now);
    report.trace += paragraph(tick, start, step);
    report.problem = difference("state", tick.state, core::describe(step.next)) +
                     difference("effects", tick.effects, core::describe(step.effects));
    if (!report.problem.empty()) {
      report.outcome = Outcome::diverged;
      report.problem.insert(0, "line " + std::to_string(number) + ": ");
      return report;
    }
    ++report.ticks;
    state = std::move(step.next);
  }
  if (number == 0) return unreadable(report, 1, "empty");
  return report;
}

}  // namespace odnix::replay
