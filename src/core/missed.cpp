// Calls that this person did not take: the page may want to list them.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {

void Machine::tell_missed(const Call& call, Duration age) {
  if (call.user) emit(TellMissed{call.chat, *call.user, call.name, call.video, age});
}

/// A call that never rang here: it came too late, or in the middle of another one. Told once, however often its offer
/// is repeated.
void Machine::missed_unseen(const Sender& sender, const Offer& offer) {
  const bool known = std::any_of(state_.traces.begin(), state_.traces.end(), [&](const Trace& trace) {
    if (!trace.missed) return false;
    return sender.header ? trace.id == sender.header->call
                         : trace.user == sender.user && trace.session == offer.session;
  });
  if (known || !affords(sender.user, Cost::ring)) return;
  const Call missed = incoming_call(sender, offer);
  Trace& told = trace(missed.id);
  told.missed = true;
  told.user = missed.user;
  told.session = missed.session;
  tell_missed(missed, offer.age);
  Call* current = call();
  if (current && !std::get_if<InRinging>(&state_.phase)) notice(*current, NoticeKind::tried_to_call, missed.name);
}

}  // namespace odnix::core
