// What the call machine needs from the world. A port acts and returns nothing: what came of it is posted to the Inbox
// later. No port has a policy: no retry, no decision, no state of a call. Every started operation ends in exactly one
// report.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/effect.hpp"
#include "core/time.hpp"
#include "view/model.hpp"

namespace odnix::ports {

/// WebSockets by key. Reports: SocketOpened, RawFrame…, SocketClosed (exactly once per open; also when the URL is
/// refused; not of one whose place another took).
class SignalingPort {
 public:
  virtual ~SignalingPort() = default;
  /// An earlier one of that key, if it is open, stays in use until this one is open, and is closed silently then.
  /// Should this one fail, `SocketClosed::stands` says whether the earlier one is still open.
  virtual void open(const core::SocketKey& socket) = 0;
  virtual void send(const core::SocketKey& socket, std::string_view text) = 0;  ///< dropped if not open
  virtual void close(const core::SocketKey& socket) = 0;                        ///< silent: no SocketClosed follows
  /// For a program that crashed: said by the chat's socket then. "" takes it back.
  virtual void keep_last_words(core::ChatId chat, std::string_view text) = 0;
};

/// RTCPeerConnections by PeerId. A report about a closed peer is stale; the port drops it.
class RtcPort {
 public:
  virtual ~RtcPort() = default;
  virtual void create(const core::CreatePeer& options) = 0;
  virtual void create_offer(const core::CreateOffer& options) = 0;
  virtual void apply_remote(core::PeerId peer, core::DescriptionKind kind, std::string_view sdp) = 0;
  virtual void create_answer(core::PeerId peer) = 0;
  virtual void rollback(core::PeerId peer) = 0;
  virtual void add_candidate(core::PeerId peer, const core::Candidate& candidate) = 0;
  virtual void attach_media(core::PeerId peer) = 0;
  virtual void admit(core::PeerId peer) = 0;
  virtual void limit_media(const core::LimitMedia& limits) = 0;
  virtual void close(core::PeerId peer) = 0;
  /// Reports: ChannelOpened, ChannelText…, ChannelClosed. What floods it is refused before it gets here.
  virtual void open_channel(core::PeerId peer) = 0;
  virtual void send(core::PeerId peer, std::string_view text) = 0;  ///< dropped if its channel does not stand
};

/// The local microphone and camera, the list of devices and where sound goes. Reports: MediaOpened or MediaFailed per
/// open(), DeviceLost, DeviceHeld, PlaybackChanged, DevicesTold per list_devices(), DevicesChanged, SpeakerFailed.
class MediaPort {
 public:
  virtual ~MediaPort() = default;
  virtual void open(const core::OpenMedia& wish) = 0;
  virtual void close_all() = 0;
  virtual void set_microphone(bool on) = 0;
  virtual void close_camera() = 0;
  virtual void retry_playback() = 0;
  virtual void open_share(core::RequestId request) = 0;  ///< ShareOpened, ShareEnded
  virtual void close_share() = 0;
  virtual void list_devices() = 0;
  virtual void tell_devices(const core::TellDevices& what) = 0;  ///< odnix-call-devices, or kept
  virtual void meter(bool on) = 0;                               ///< MicrophoneMeasured, if it can be told
  virtual void use_speaker(core::DeviceId id) = 0;
};

/// The person's other tabs on this site. Reports: TabSaid, RingRightGranted (once per request, when it is our turn).
class TabsPort {
 public:
  virtual ~TabsPort() = default;
  virtual void tell(const core::TabMessage& message) = 0;
  virtual void request_ring_right() = 0;
  virtual void leave() = 0;
};

/// What this tab remembers from one page to the next, and proofs of it. Reports: KeptFound (only if there is
/// something), Proved (once per prove()).
class KeepPort {
 public:
  virtual ~KeepPort() = default;
  virtual void keep(const core::Kept& kept) = 0;
  virtual void find() = 0;
  /// HMAC-SHA-256, in hex.
  virtual void prove(core::RequestId ticket, std::string_view token, std::string_view text) = 0;
};

class SoundPort {
 public:
  virtual ~SoundPort() = default;
  virtual void play(core::Tone tone) = 0;
  virtual void stop() = 0;
};

/// The one timer of the program; posts TimePassed at or after `when`. nullopt: none. A new set() replaces the old.
class AlarmPort {
 public:
  virtual ~AlarmPort() = default;
  virtual void set(std::optional<core::TimePoint> when) = 0;
};

class RandomPort {
 public:
  virtual ~RandomPort() = default;
  virtual std::uint64_t next() = 0;  ///< 64 random bits fit for secrets
};

enum class LogLevel { debug, info, warning };

class LogPort {
 public:
  virtual ~LogPort() = default;
  virtual void write(LogLevel level, std::string_view text) = 0;  ///< text holds no secrets: it comes from describe()
};

/// The page that hosts us.
class PagePort {
 public:
  virtual ~PagePort() = default;
  virtual void state_changed(std::string_view state,
                             std::string_view reason) = 0;                 ///< odnix-call-state; reason "" unless ended
  virtual void problem(std::string_view code, std::string_view text) = 0;  ///< odnix-call-error, not fatal
  virtual void silence_banner() = 0;
  virtual void missed(const core::TellMissed& call, std::string_view name) = 0;  ///< odnix-call-missed
};

/// The user interface. Called after each run of the inbox that changed what is seen.
class ScreenPort {
 public:
  virtual ~ScreenPort() = default;
  virtual void show(const view::ViewModel& model) = 0;
};

/// All of them, owned by the platform.
struct Ports {
  SignalingPort& signaling;
  RtcPort& rtc;
  MediaPort& media;
  TabsPort& tabs;
  KeepPort& keep;
  SoundPort& sound;
  AlarmPort& alarm;
  RandomPort& random;
  LogPort& log;
  PagePort& page;
  ScreenPort& screen;
};

}  // namespace odnix::ports
