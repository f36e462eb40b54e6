// Bytes choose a sequence of events: what people press, what strangers send, how and when promises settle. After every
// step the oracle of tests/support judges.
#include <cstdint>

#include "core/describe.hpp"
#include "fuzz/check.hpp"
#include "support/builders.hpp"
#include "support/oracle.hpp"
#include "support/random_events.hpp"

using namespace odnix;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int most_events = 400;
  constexpr int between_prints = 50;  // events
  test::RandomEvents events(data, size);
  test::Oracle page;
  core::TimePoint now = test::at(0);
  core::Self self = test::self();
  self.preconnect = static_cast<core::Preconnect>(size % 3);
  fuzz::check(page.take(core::PageOpened{self}, now));
  for (int i = 0; i < most_events && !events.used_up(); ++i) {
    now += events.pause();
    const core::Event event = events.event(page.state());
    const std::string problem = page.take(event, now);
    if (!problem.empty()) fuzz::check(problem, core::describe(event) + "\n" + core::describe(page.state()));
    if (i % between_prints == 0) fuzz::check(page.prints(now));
  }
  fuzz::check(page.prints(now));
  return 0;
}
