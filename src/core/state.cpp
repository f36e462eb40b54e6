#include "core/state.hpp"

#include <algorithm>

#include "core/timing.hpp"

namespace odnix::core {
namespace {

template <class Result, class P>
Result* find_call(P& phase) {
  return std::visit(
      [](auto& alternative) -> Result* {
        if constexpr (requires { alternative.call; }) {
          return &alternative.call;
        } else {
          return nullptr;
        }
      },
      phase);
}

struct PublicName {
  std::string_view operator()(const Idle&) const { return "idle"; }
  std::string_view operator()(const Preparing&) const { return "preparing"; }
  std::string_view operator()(const OutRinging&) const { return "out-ringing"; }
  std::string_view operator()(const InRinging&) const { return "in-ringing"; }
  std::string_view operator()(const Connecting&) const { return "connecting"; }
  std::string_view operator()(const Active&) const { return "active"; }
  std::string_view operator()(const Reconnecting&) const { return "reconnecting"; }
  std::string_view operator()(const Resuming&) const { return "resuming"; }
  std::string_view operator()(const Ended&) const { return "ended"; }
};

}  // namespace

Call* call_of(Phase& phase) { return find_call<Call>(phase); }
const Call* call_of(const Phase& phase) { return find_call<const Call>(phase); }

bool speaks_v2(const Call& call) {
  return std::any_of(call.links.begin(), call.links.end(),
                     [](const Link& link) { return link.dialect == Dialect::v2; });
}

bool is_open(const State& state, ChatId chat) {
  return std::any_of(state.sockets.begin(), state.sockets.end(), [chat](const Socket& socket) {
    return socket.key.chat == chat && socket.status == SocketStatus::open;
  });
}

bool is_accepted(const Phase& phase) {
  return std::get_if<Connecting>(&phase) || std::get_if<Active>(&phase) || std::get_if<Reconnecting>(&phase);
}

bool is_slow(const Link& link) {
  const bool described = link.phase != LinkPhase::answering;
  return described && !link.mesh && link.dialect == Dialect::v2 && !link.path && !link.recovery;
}

TimePoint slow_from(const Connecting& phase) { return phase.give_up_at - timing::connect + timing::connect_restart; }

std::string_view public_name(const Phase& phase) { return std::visit(PublicName{}, phase); }

}  // namespace odnix::core
