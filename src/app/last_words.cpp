#include "app/last_words.hpp"

namespace odnix::app {

std::optional<core::SendMessage> last_words(const core::State& state) {
  const core::Call* call = core::call_of(state.phase);
  const bool known = call && !std::get_if<core::Preparing>(&state.phase) && !std::get_if<core::InRinging>(&state.phase);
  if (!known || call->group) return {};
  const core::Header header{call->id, state.self.endpoint, call->links.front().endpoint, 0};
  return core::SendMessage{call->chat, header, core::End{core::EndReason::error}};
}

}  // namespace odnix::app
