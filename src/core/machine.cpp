#include "core/machine.hpp"

#include <algorithm>

namespace odnix::core {

void Machine::problem(std::string code, std::string text) { emit(ReportProblem{std::move(code), std::move(text)}); }

Link* Machine::link_of(PeerId peer) {
  Call* current = call();
  if (!current || peer.value == 0) return nullptr;  // a ringing call's link has no peer yet
  const auto found = std::find_if(current->links.begin(), current->links.end(),
                                  [peer](const Link& link) { return link.peer == peer; });
  return found == current->links.end() ? nullptr : &*found;
}

/// A v2 message names its call. An old peer's names none: it can only mean the call we have with old (or not yet known)
/// peers in that chat, and only its own user's.
bool Machine::is(const Call& current, const Sender& sender) const {
  if (sender.chat != current.chat) return false;
  if (sender.header) {
    const auto* resuming = std::get_if<Resuming>(&state_.phase);
    const bool by_former_name = resuming && resuming->former && sender.header->to == resuming->former;
    const bool for_us = !sender.header->to || *sender.header->to == state_.self.endpoint || by_former_name;
    return for_us && sender.header->call == current.id;
  }
  if (current.user && *current.user != sender.user) return false;
  return std::none_of(current.links.begin(), current.links.end(), [this](const Link& link) {
    const bool undecided = is_beside(link) && waits_for_accept(link);  // another device may still answer
    return link.dialect == Dialect::v2 && !undecided;
  });
}

Call Machine::take_call() {
  Call taken = std::move(*call());
  state_.phase = Idle{};
  return taken;
}

}  // namespace odnix::core
