#include "platform/web/reports.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/describe.hpp"
#include "platform/web/glue.hpp"
#include "ports/browser_words.hpp"
#include "ports/device_numbers.hpp"

namespace odnix::platform {
namespace {

using emscripten::val;
using Made = std::optional<core::Event>;

core::PeerId peer_of(const val& m) { return {static_cast<std::uint32_t>(number_of(m, "peer"))}; }
core::RequestId request_of(const val& m) { return {static_cast<std::uint32_t>(number_of(m, "request"))}; }

std::vector<core::Device> devices_in(const val& m) { return ports::devices_of(string_of(m, "devices")); }

Made page_hidden(const val& m) { return core::PageHidden{flag_of(m, "kept"), flag_of(m, "returns")}; }
/// From our own origin, yet perhaps from another version of us: what does not read is dropped.
Made tab_said(const val& m) {
  const auto news = ports::tab_news(string_of(m, "news"));
  const auto call = core::call_id_from_hex(string_of(m, "call"));
  const auto session = core::from_hex(string_of(m, "session"));
  if (!news || !call || !session) return std::nullopt;
  core::TabMessage message{*news, *call, {}, {}, static_cast<std::int64_t>(*session)};
  if (const auto chat = static_cast<std::int64_t>(number_of(m, "chat"))) message.chat = core::ChatId{chat};
  if (const auto user = static_cast<std::int64_t>(number_of(m, "user"))) message.user = core::UserId{user};
  return core::TabSaid{message};
}
Made ring_right_granted(const val&) { return core::RingRightGranted{}; }
Made page_shown(const val&) { return core::PageShown{}; }

Made local_description_ready(const val& m) {
  const auto kind = ports::description_kind(string_of(m, "kind"));
  if (!kind) return std::nullopt;
  return core::LocalDescriptionReady{peer_of(m), *kind, {string_of(m, "sdp")}};
}
Made remote_description_applied(const val& m) { return core::RemoteDescriptionApplied{peer_of(m)}; }
Made description_failed(const val& m) {
  const auto step = ports::description_step(string_of(m, "step"));
  if (!step) return std::nullopt;
  return core::DescriptionFailed{peer_of(m), *step, string_of(m, "error")};
}

Made candidate_gathered(const val& m) {
  return core::CandidateGathered{peer_of(m),
                                 {{string_of(m, "line")},
                                  string_of(m, "mid"),
                                  static_cast<std::int32_t>(number_of(m, "mLineIndex")),
                                  {string_of(m, "ufrag")}}};
}
Made candidate_refused(const val& m) { return core::CandidateRefused{peer_of(m), string_of(m, "error")}; }

Made connection_changed(const val& m) {
  return core::ConnectionChanged{peer_of(m), ports::connection_state(string_of(m, "connection")),
                                 ports::ice_state(string_of(m, "ice"))};
}
Made remote_track_added(const val& m) {
  const auto kind = ports::media_kind(string_of(m, "kind"));
  if (!kind) return std::nullopt;
  return core::RemoteTrackAdded{peer_of(m), *kind};
}
Made remote_track_changed(const val& m) {
  const auto kind = ports::media_kind(string_of(m, "kind"));
  if (!kind) return std::nullopt;
  return core::RemoteTrackChanged{peer_of(m), *kind, flag_of(m, "flowing")};
}
Made media_flow_changed(const val& m) { return core::MediaFlowChanged{peer_of(m), flag_of(m, "flowing")}; }
Made network_changed(const val& m) { return core::NetworkChanged{flag_of(m, "online")}; }
Made line_measured(const val& m) {
  return core::LineMeasured{peer_of(m), static_cast<std::int32_t>(number_of(m, "kbit")), flag_of(m, "relayed"),
                            flag_of(m, "overfull")};
}
Made statistics_taken(const val& m) {
  const auto whole = [&m](const char* name) { return static_cast<std::int32_t>(number_of(m, name)); };
  return core::StatisticsTaken{peer_of(m),      whole("roundTrip"), whole("lost"),    whole("jitter"),
                               whole("kbitIn"), whole("kbitOut"),   whole("pictures")};
}
Made relay_known(const val& m) { return core::RelayKnown{flag_of(m, "there"), flag_of(m, "only")}; }
Made relay_renewed(const val& m) { return core::RelayRenewed{peer_of(m)}; }
Made devices_granted(const val& m) { return core::DevicesGranted{flag_of(m, "microphone"), flag_of(m, "camera")}; }
Made peer_failed(const val& m) { return core::PeerFailed{peer_of(m), string_of(m, "error")}; }
Made playback_changed(const val& m) { return core::PlaybackChanged{flag_of(m, "blocked")}; }

Made media_opened(const val& m) {
  return core::MediaOpened{
      request_of(m), flag_of(m, "audio"), flag_of(m, "video"), devices_in(m), {string_of(m, "label")}};
}
Made media_failed(const val& m) {
  return core::MediaFailed{request_of(m), ports::media_error(string_of(m, "error"), string_of(m, "message")),
                           ports::permission(string_of(m, "microphone")), ports::permission(string_of(m, "camera"))};
}
Made device_lost(const val& m) {
  const auto kind = ports::media_kind(string_of(m, "kind"));
  if (!kind) return std::nullopt;
  return core::DeviceLost{*kind, ports::permission(string_of(m, "permission"))};
}
Made device_held(const val& m) {
  const auto kind = ports::media_kind(string_of(m, "kind"));
  if (!kind) return std::nullopt;
  return core::DeviceHeld{*kind, flag_of(m, "held")};
}
Made devices_changed(const val& m) { return core::DevicesChanged{flag_of(m, "asked")}; }
Made devices_told(const val& m) { return core::DevicesTold{devices_in(m), flag_of(m, "remembered")}; }
Made device_chosen(const val& m) {
  const auto list = devices_in(m);
  if (list.empty()) return std::nullopt;
  return core::DeviceChosen{list.front().kind, list.front().id};
}
Made person_blocked(const val& m) {
  return core::PersonBlocked{{static_cast<std::int64_t>(number_of(m, "user"))}, flag_of(m, "on")};
}
Made microphone_measured(const val& m) {
  return core::MicrophoneMeasured{static_cast<std::int32_t>(number_of(m, "level"))};
}
Made share_opened(const val& m) { return core::ShareOpened{request_of(m)}; }
Made share_ended(const val& m) { return core::ShareEnded{request_of(m)}; }
Made speaker_failed(const val&) { return core::SpeakerFailed{}; }

Made channel_opened(const val& m) { return core::ChannelOpened{peer_of(m), {}}; }
Made channel_closed(const val& m) { return core::ChannelClosed{peer_of(m)}; }
Made channel_refused(const val& m) { return core::FrameRejected{{}, string_of(m, "reason")}; }

/// From this tab's own storage, yet perhaps by another version of us: what does not read is dropped.
Made kept_found(const val& m) {
  const val r = m["record"];
  if (r.typeOf().as<std::string>() != "object" || r.isNull()) return std::nullopt;
  const auto call = core::call_id_from_hex(string_of(r, "call"));
  const auto from = core::from_hex(string_of(r, "from"));
  const auto to = core::from_hex(string_of(r, "to"));
  if (!call || !from || !to) return std::nullopt;
  const auto number = [&r](const char* name) { return static_cast<std::int64_t>(number_of(r, name)); };
  core::Kept kept;
  kept.call = *call;
  kept.chat = {number("chat")};
  kept.self = {number("self")};
  kept.user = {number("user")};
  kept.from = {*from};
  kept.to = {*to};
  kept.own_token = {string_of(r, "ownToken")};
  kept.their_token = {string_of(r, "theirToken")};
  kept.outgoing = flag_of(r, "outgoing");
  kept.video = flag_of(r, "video");
  kept.microphone = flag_of(r, "microphone");
  kept.camera = flag_of(r, "camera");
  kept.listen_only = flag_of(r, "listenOnly");
  kept.talked = core::Duration{number("talked")};
  kept.sent = static_cast<std::uint32_t>(std::clamp<std::int64_t>(number("sent"), 0, 1 << 30));
  kept.name = {string_of(r, "name")};
  kept.avatar = {string_of(r, "avatar")};
  return core::KeptFound{std::move(kept), core::Duration{static_cast<std::int64_t>(number_of(m, "age"))}};
}
Made proved(const val& m) {
  return core::Proved{{static_cast<std::uint32_t>(number_of(m, "ticket"))}, {string_of(m, "proof")}};
}

struct Row {
  std::string_view type;
  Made (*make)(const val&);
};

constexpr Row rows[] = {
    {"page-hidden", page_hidden},
    {"page-shown", page_shown},
    {"tab-said", tab_said},
    {"ring-right-granted", ring_right_granted},
    {"local-description-ready", local_description_ready},
    {"remote-description-applied", remote_description_applied},
    {"description-failed", description_failed},
    {"candidate-gathered", candidate_gathered},
    {"candidate-refused", candidate_refused},
    {"connection-changed", connection_changed},
    {"remote-track-added", remote_track_added},
    {"remote-track-changed", remote_track_changed},
    {"media-flow-changed", media_flow_changed},
    {"network-changed", network_changed},
    {"relay-known", relay_known},
    {"line-measured", line_measured},
    {"statistics-taken", statistics_taken},
    {"relay-renewed", relay_renewed},
    {"devices-granted", devices_granted},
    {"peer-failed", peer_failed},
    {"playback-changed", playback_changed},
    {"media-opened", media_opened},
    {"media-failed", media_failed},
    {"device-lost", device_lost},
    {"channel-opened", channel_opened},
    {"kept-found", kept_found},
    {"proved", proved},
    {"channel-closed", channel_closed},
    {"channel-refused", channel_refused},
    {"device-held", device_held},
    {"devices-changed", devices_changed},
    {"devices-told", devices_told},
    {"device-chosen", device_chosen},
    {"microphone-measured", microphone_measured},
    {"person-blocked", person_blocked},
    {"speaker-failed", speaker_failed},
    {"share-opened", share_opened},
    {"share-ended", share_ended},
};

}  // namespace

std::optional<core::Event> event_of(std::string_view type, const val& message) {
  for (const auto& row : rows) {
    if (row.type == type) return row.make(message);
  }
  return std::nullopt;
}

}  // namespace odnix::platform
