#include "app/journal.hpp"

#include <utility>

#include "app/redact.hpp"
#include "core/describe.hpp"
#include "core/hash.hpp"
#include "core/step.hpp"

namespace odnix::app {

void Journal::record(core::TimePoint now, core::Event event, const core::State& next,
                     const std::vector<core::Effect>& effects) {
  redact(event);
  const std::size_t bytes = core::describe(event).size();
  ticks_.push_back(
      {now, std::move(event), bytes, core::hash(core::describe(next)), core::hash(core::describe(effects))});
  bytes_ += bytes;
  while (!ticks_.empty() && (ticks_.size() > limits_.ticks || bytes_ > limits_.bytes)) drop_oldest();
}

void Journal::drop_oldest() {
  const Tick& oldest = ticks_.front();
  base_ = core::step(std::move(base_), oldest.event, oldest.now).next;
  bytes_ -= oldest.bytes;
  ticks_.pop_front();
}

std::string Journal::export_lines() const {
  std::string out = "{\"odnix-journal\":1,\"version\":";
  core::write_text(out, version_);
  out += ",\"base\":" + core::describe(base_) + "}\n";
  for (const Tick& tick : ticks_) {
    out += "{\"now\":";
    core::write(out, tick.now);
    out += ",\"event\":" + core::describe(tick.event) + ",\"state\":\"" + core::to_hex(tick.state) +
           "\",\"effects\":\"" + core::to_hex(tick.effects) + "\"}\n";
  }
  return out;
}

}  // namespace odnix::app
