// Spending what a person's words may cost. What is over it is passed over: whoever means well does not get there, and
// repeats what matters.
#include "core/budget.hpp"

#include <algorithm>

#include "core/bounded.hpp"
#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_budgets = 16;

/// So many at once, and one more after each `pause`.
struct Rate {
  std::int64_t burst;
  Duration pause;
};

Rate rate_of(Cost cost) {
  switch (cost) {
    case Cost::message: return {timing::messages_at_once, timing::message_pause};
    case Cost::ring: return {timing::rings_at_once, timing::ring_pause};
    case Cost::description: return {timing::descriptions_at_once, timing::description_pause};
    case Cost::candidate: return {timing::candidates_at_once, timing::candidate_pause};
  }
  return {};
}

TimePoint& paid_back(Budget& budget, Cost cost) {
  switch (cost) {
    case Cost::message: return budget.messages;
    case Cost::ring: return budget.rings;
    case Cost::description: return budget.descriptions;
    case Cost::candidate: break;
  }
  return budget.candidates;
}

}  // namespace

Budget& Machine::budget_of(UserId user) {
  const auto known = std::find_if(state_.budgets.begin(), state_.budgets.end(),
                                  [user](const Budget& budget) { return budget.user == user; });
  if (known != state_.budgets.end()) return *known;
  make_room(state_.budgets, max_budgets);
  state_.budgets.push_back({user, {}, {}, {}, {}});
  return state_.budgets.back();
}

/// Takes it from the budget; false: there is nothing left for now.
bool Machine::affords(UserId user, Cost cost) {
  const Rate rate = rate_of(cost);
  TimePoint& due = paid_back(budget_of(user), cost);
  const TimePoint from = std::max(due, now_);
  if (from + rate.pause > now_ + rate.pause * rate.burst) return false;
  due = from + rate.pause;
  return true;
}

/// As many of them as there is budget for go to the browser.
void Machine::give_candidates(const Link& link, std::vector<Candidate> list) {
  const UserId user = link.user.value_or(UserId{});
  const auto over =
      std::find_if(list.begin(), list.end(), [&](const Candidate&) { return !affords(user, Cost::candidate); });
  list.erase(over, list.end());
  if (!list.empty()) emit(AddCandidates{link.peer, std::move(list)});
}

bool Machine::is_blocked(UserId user) const {
  const auto& blocked = state_.self.blocked;
  return std::find(blocked.begin(), blocked.end(), user) != blocked.end();
}

/// The page says so; a call that rings is declined without a word, one that runs goes on.
void Machine::on(const PersonBlocked& event) {
  auto& blocked = state_.self.blocked;
  std::erase(blocked, event.user);
  if (!event.on) return;
  make_room(blocked, max_blocked);
  blocked.push_back(event.user);
  if (std::get_if<InRinging>(&state_.phase) && call()->user == event.user) end_call(EndReason::declined, false, false);
}

}  // namespace odnix::core
