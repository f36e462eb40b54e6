// Which device: the person's choices in their order, what becomes of a device that goes away, comes back, or will not
// open. Every attempt is remembered until the browser tells a new list, so that nothing is tried for ever.
#include "core/devices.hpp"

#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

constexpr std::size_t max_tried = 6;  ///< devices of one list that may fail before we stop asking

bool contains(const std::vector<DeviceId>& list, DeviceId id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

const Device* with_id(const std::vector<Device>& list, DeviceKind kind, DeviceId id) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const Device& device) { return device.kind == kind && device.id == id; });
  return found == list.end() ? nullptr : &*found;
}

const Device* following(const std::vector<Device>& list, DeviceKind kind) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const Device& device) { return device.kind == kind && device.follows; });
  return found == list.end() ? nullptr : &*found;
}

/// The person has to do something first: another device would not help.
bool is_final(std::optional<MediaError> error) {
  return error == MediaError::denied || error == MediaError::dismissed || error == MediaError::insecure;
}

constexpr DeviceKind captured[] = {DeviceKind::microphone, DeviceKind::camera};

}  // namespace

bool runs(DeviceState state) { return state == DeviceState::on || state == DeviceState::muted; }

bool has_tracks(const LocalMedia& media) { return !media.request || runs(media.microphone) || runs(media.camera); }

DeviceUse& use_of(LocalMedia& media, DeviceKind kind) {
  return kind == DeviceKind::camera ? media.camera_use : media.microphone_use;
}
const DeviceUse& use_of(const LocalMedia& media, DeviceKind kind) {
  return kind == DeviceKind::camera ? media.camera_use : media.microphone_use;
}
DeviceState& state_of(LocalMedia& media, DeviceKind kind) {
  return kind == DeviceKind::camera ? media.camera : media.microphone;
}
DeviceState state_of(const LocalMedia& media, DeviceKind kind) {
  return kind == DeviceKind::camera ? media.camera : media.microphone;
}

void note_tried(LocalMedia& media, DeviceId id) {
  if (media.tried.size() < max_devices && !contains(media.tried, id)) media.tried.push_back(id);
}

/// Browsers may give a device a new id; its label then still tells.
const Device* Machine::device_here(const Device& choice) const {
  const auto& present = state_.devices.present;
  if (const Device* same = with_id(present, choice.kind, choice.id)) return same;
  const auto found = std::find_if(present.begin(), present.end(), [&](const Device& device) {
    return device.kind == choice.kind && choice.label != 0 && device.label == choice.label;
  });
  return found == present.end() ? nullptr : &*found;
}

/// The one that is worth leaving another for: the first of the person's choices that is here, else the one that went
/// away and came back.
std::optional<DeviceId> Machine::preferred(const Call* call, DeviceKind kind) const {
  const auto worth = [call](DeviceId id) { return !call || !contains(call->media.tried, id); };
  for (const Device& choice : state_.devices.order) {
    const Device* here = choice.kind == kind ? device_here(choice) : nullptr;
    if (here && worth(here->id)) return here->id;
  }
  if (!call || kind == DeviceKind::speaker) return std::nullopt;
  const auto lost = use_of(call->media, kind).lost;
  return lost && worth(*lost) && with_id(state_.devices.present, kind, *lost) ? lost : std::nullopt;
}

/// What to open: the preferred one, else the browser's choice, else any other.
std::optional<DeviceId> Machine::pick(const Call& call, DeviceKind kind) const {
  if (auto best = preferred(&call, kind)) return best;
  if (!contains(call.media.tried, DeviceId{})) return DeviceId{};
  if (call.media.tried.size() >= max_tried) return std::nullopt;
  for (const Device& device : state_.devices.present) {
    if (device.kind == kind && !device.follows && !contains(call.media.tried, device.id)) return device.id;
  }
  return std::nullopt;
}

bool Machine::open_next(Call& call, DeviceKind kind, MediaError error) {
  const DeviceUse& use = use_of(call.media, kind);
  note_tried(call.media, use.asked);
  const bool instead = call.media.switching == kind;
  const auto next = instead ? preferred(&call, kind) : pick(call, kind);
  if (is_final(error) || !next || (instead && *next == use.id)) return false;
  open_media(call, kind == DeviceKind::microphone, kind == DeviceKind::camera);
  return true;
}

/// After every list and every request: is there a better device than the one in use, or one instead of a lost one?
void Machine::review_devices() {
  Call* current = call();
  if (!current || std::get_if<InRinging>(&state_.phase)) return;
  const LocalMedia& media = current->media;
  for (const DeviceKind kind : captured) {
    if (media.request || media.asks_listen_only) return;
    const bool camera = kind == DeviceKind::camera;
    const DeviceState state = state_of(media, kind);
    const DeviceUse& use = use_of(media, kind);
    const auto better = runs(state) ? preferred(current, kind) : std::nullopt;
    const bool lost = state == DeviceState::failed && use.lost &&
                      !is_final(camera ? media.camera_error : media.microphone_error) && pick(*current, kind);
    if (lost || (better && *better != use.id)) open_media(*current, !camera, camera);
  }
}

/// The browser says what it opened.
void Machine::opened(Call& call, const MediaOpened& event) {
  bool unknown = false;
  for (const Device& device : event.devices) {
    DeviceUse& use = use_of(call.media, device.kind);
    const bool instead = call.media.switching == device.kind || (use.lost && use.id != device.id);
    if (instead) notice(call, NoticeKind::switched, event.label);
    use.id = device.id;
    use.held = false;
    if (use.lost == device.id) use.lost.reset();
    const Device* known = with_id(state_.devices.present, device.kind, device.id);
    unknown = unknown || !known || known->label != device.label;
  }
  if (unknown) emit(ListDevices{});
}

void Machine::on(const DeviceLost& event) {
  Call* current = call();
  if (!current) return;
  LocalMedia& media = current->media;
  const bool camera = event.kind == MediaKind::video;
  const auto kind = camera ? DeviceKind::camera : DeviceKind::microphone;
  DeviceState& state = state_of(media, kind);
  if (!runs(state)) return;
  const bool revoked = event.permission == Permission::denied;
  DeviceUse& use = use_of(media, kind);
  if (!use.lost || revoked) use.lost = revoked ? std::nullopt : std::optional(use.id);
  if (use.id.value != 0) note_tried(media, use.id);
  use.id = {};
  use.held = false;
  if (media.switching == kind) {  // another one is on its way already
    media.switching.reset();
    state = DeviceState::opening;
    return;
  }
  state = DeviceState::failed;
  (camera ? media.camera_error : media.microphone_error) = revoked ? MediaError::denied : MediaError::missing;
  if (camera) emit(CloseCamera{});
  if (!media.request) media_settled();  // opens the next, if it was not taken back
}

void Machine::on(const DeviceHeld& event) {
  Call* current = call();
  if (!current) return;
  use_of(current->media, event.kind == MediaKind::video ? DeviceKind::camera : DeviceKind::microphone).held =
      event.held;
  if (current->connected_at) tell_media(*current);
}

void Machine::on(const DevicesChanged& event) {
  if (event.asked) {
    emit(ListDevices{});
  } else {
    state_.devices.list_at = now_ + timing::devices_settle;
  }
}

void Machine::on(const DevicesTold& event) {
  Devices& devices = state_.devices;
  if (event.remembered) {
    devices.order = event.list;
    if (!event.list.empty()) emit(ListDevices{});  // which of them are here
    return;
  }
  // "Whatever the system uses" is another device now: what was opened under that name is not.
  const Device* was = following(devices.present, DeviceKind::microphone);
  const Device* is = following(event.list, DeviceKind::microphone);
  const std::uint32_t before = was ? was->label : 0;
  devices.present = event.list;
  const DeviceId speaker = devices.speaker;
  choose_speaker();
  if (Call* current = call()) {
    LocalMedia& media = current->media;
    if (speaker.value != 0 && devices.speaker != speaker) notice(*current, NoticeKind::speaker_lost, {});
    media.tried.clear();
    review_devices();
    const bool moved = before != 0 && is && before != is->label && is->id == media.microphone_use.id;
    if (moved && runs(media.microphone) && !media.request) open_media(*current, true, false);
  }
  show_devices(true);
}

void Machine::on(const DeviceChosen& event) {
  auto& order = state_.devices.order;
  Device choice{event.kind, event.id, 0, false, false};
  if (const Device* here = with_id(state_.devices.present, event.kind, event.id)) choice.label = here->label;
  const bool any = event.id.value == 0;
  std::erase_if(order,
                [&](const Device& device) { return device.kind == event.kind && (any || device.id == event.id); });
  if (!any) {
    if (order.size() == max_devices) order.pop_back();
    order.insert(order.begin(), choice);
  }
  emit(TellDevices{order, true});
  Call* current = call();
  if (event.kind == DeviceKind::speaker) {
    choose_speaker();
  } else if (current && !std::get_if<InRinging>(&state_.phase)) {
    LocalMedia& media = current->media;
    const bool camera = event.kind == DeviceKind::camera;
    DeviceUse& use = use_of(media, event.kind);
    use.lost.reset();
    media.tried.clear();
    const DeviceState state = state_of(media, event.kind);
    const bool wanted = runs(state) ? pick(*current, event.kind) != use.id : state == DeviceState::failed;
    if (wanted && !media.request && !media.asks_listen_only) open_media(*current, !camera, camera);
  }
  show_devices(false);
}

void Machine::on(const SpeakerFailed&) {
  if (state_.devices.speaker.value == 0) return;
  state_.devices.speaker = {};
  emit(UseSpeaker{});
  if (Call* current = call()) notice(*current, NoticeKind::speaker_lost, {});
  show_devices(false);
}

void Machine::choose_speaker() {
  const DeviceId next = preferred(nullptr, DeviceKind::speaker).value_or(DeviceId{});
  if (next == state_.devices.speaker) return;
  state_.devices.speaker = next;
  emit(UseSpeaker{next});
}

void Machine::notice(Call& call, NoticeKind kind, const Secret& text) {
  call.notice = Notice{kind, text, now_ + timing::device_notice};
}

/// Tells the page, if it is another list or another selection.
void Machine::show_devices(bool changed) {
  auto& present = state_.devices.present;
  const Call* own = std::get_if<InRinging>(&state_.phase) ? nullptr : call();
  for (const DeviceKind kind : {DeviceKind::microphone, DeviceKind::camera, DeviceKind::speaker}) {
    DeviceId id = state_.devices.speaker;
    if (kind != DeviceKind::speaker) {
      const bool open = own && runs(state_of(own->media, kind));
      id = open ? use_of(own->media, kind).id : preferred(own, kind).value_or(DeviceId{});
    }
    const Device* selected = with_id(present, kind, id);
    if (!selected) selected = following(present, kind);
    for (Device& device : present) {
      if (device.kind != kind) continue;
      if (!selected) selected = &device;  // the browser's first
      const bool is = selected == &device;
      changed = changed || is != device.selected;
      device.selected = is;
    }
  }
  if (changed) emit(TellDevices{present, false});
}

void Machine::devices_time_passed() {
  if (state_.devices.list_at && *state_.devices.list_at <= now_) {
    state_.devices.list_at.reset();
    emit(ListDevices{});
  }
  Call* current = call();
  if (!current) return;
  LocalMedia& media = current->media;
  if (current->notice && current->notice->until <= now_) current->notice.reset();
  if (media.hint_at && *media.hint_at <= now_) {
    media.hint_at.reset();
    media.asks_browser = true;
  }
  if (media.meter.due && *media.meter.due <= now_) {
    media.meter.due = now_ + timing::meter_every;
    emit(MeterMicrophone{true});
  }
}

}  // namespace odnix::core
