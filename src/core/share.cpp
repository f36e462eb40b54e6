// This person's screen, beside the camera: asked for in a running call only, with lines of its own, and over with the
// call, with the button, or with the browser's own "stop sharing". It never comes back by itself: not with the next
// page of this tab, not in the next call.
#include <utility>

#include "core/machine.hpp"

namespace odnix::core {

bool may_share(const State& state, const Call& call) {
  return state.self.can_share && !call.group && call.connected_at && speaks_v2(call);
}

void Machine::on(const ShareSwitched& event) {
  Call* current = call();
  if (!current) return;
  if (!event.on) {
    stop_share(*current);
    return;
  }
  LocalMedia& media = current->media;
  if (media.share != ShareState::none || !may_share(state_, *current)) return;
  media.share = ShareState::asking;
  media.share_request = RequestId{fresh_handle()};
  emit(OpenShare{media.share_request});
}

void Machine::on(const ShareOpened& event) {
  Call* current = call();
  if (!current || current->media.share != ShareState::asking || current->media.share_request != event.request) return;
  current->media.share = ShareState::on;
  forget_failures(*current);
  attach_media(*current);
  tell_media(*current);
}

/// Refused in the browser's own picker, or ended by its bar: nobody did anything wrong.
void Machine::on(const ShareEnded& event) {
  Call* current = call();
  if (!current || current->media.share_request != event.request) return;
  if (current->media.share == ShareState::asking) notice(*current, NoticeKind::not_shared, {});
  stop_share(*current);
}

/// The lines for it could not be agreed upon: nobody is told that something is shown which is not.
void Machine::share_refused(Call& call) {
  if (call.media.share != ShareState::on) return;
  stop_share(call);
  notice(call, NoticeKind::not_shared, {});
}

void Machine::stop_share(Call& call) {
  const ShareState before = std::exchange(call.media.share, ShareState::none);
  call.media.share_request = {};
  if (before == ShareState::none) return;
  emit(CloseShare{});
  if (before != ShareState::on) return;
  attach_media(call);
  tell_media(call);
}

}  // namespace odnix::core
