// The world as a test writes it: every port call is kept, typed where tests look closer, and as one line in `calls`, so
// that an order of effects is a list of sentences. Nothing answers by itself; a test posts what it wants to have
// happened.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/describe.hpp"
#include "ports/ports.hpp"

namespace odnix::test {

class FakePorts final : ports::SignalingPort,
                        ports::RtcPort,
                        ports::MediaPort,
                        ports::TabsPort,
                        ports::KeepPort,
                        ports::SoundPort,
                        ports::AlarmPort,
                        ports::RandomPort,
                        ports::LogPort,
                        ports::PagePort,
                        ports::ScreenPort {
 public:
  struct Frame {
    core::SocketKey socket;
    std::string text;
  };
  struct Line {
    ports::LogLevel level;
    std::string text;
  };

  std::vector<std::string> calls;  ///< of signaling, rtc, media, sound and page, in order
  std::vector<Frame> sent;
  std::vector<std::string> by_channel;
  std::string last_words;  ///< the newest that were kept, with their socket
  std::vector<std::optional<core::TimePoint>> alarms;
  std::vector<Line> log_lines;
  std::vector<std::string> page_states;  ///< "ended declined"
  std::vector<view::ViewModel> shown;
  std::uint64_t random{0x1000};                         ///< the next number that next() gives
  std::function<void(const std::string&)> during_call;  ///< runs inside each of `calls`: for re-entrancy tests

  [[nodiscard]] ports::Ports ports() {
    return {*this, *this, *this, *this, *this, *this, *this, *this, *this, *this, *this};
  }
  /// The warnings among log_lines.
  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> out;
    for (const Line& line : log_lines) {
      if (line.level == ports::LogLevel::warning) out.push_back(line.text);
    }
    return out;
  }
  [[nodiscard]] std::vector<std::string> take_calls() { return std::exchange(calls, {}); }

 private:
  void note(std::string line) {
    calls.push_back(line);
    if (during_call) during_call(line);
  }
  static std::string name(const core::SocketKey& key) {
    return key.chat ? "chat " + std::to_string(key.chat->value) : std::string("notify");
  }
  static std::string name(core::PeerId peer) { return "peer " + std::to_string(peer.value); }
  static std::string on_off(bool on) { return on ? " on" : " off"; }
  template <class Enum>
  static std::string word(Enum value) {
    return std::string(core::to_string(value));
  }

  // SignalingPort
  void open(const core::SocketKey& socket) override { note("open " + name(socket)); }
  void send(const core::SocketKey& socket, std::string_view text) override {
    sent.push_back({socket, std::string(text)});
    note("send " + name(socket) + " " + std::string(text.substr(0, text.find(','))));
  }
  void close(const core::SocketKey& socket) override { note("close " + name(socket)); }
  void keep_last_words(core::ChatId where, std::string_view text) override {
    last_words = text.empty() ? std::string() : name({where}) + " " + std::string(text);
  }

  // RtcPort
  void create(const core::CreatePeer& options) override {
    note("create " + name(options.peer) + (options.offerer ? " offerer" : " answerer") +
         (options.video ? " video" : ""));
  }
  void create_offer(const core::CreateOffer& options) override {
    note("create offer " + name(options.peer) + (options.ice_restart ? " restart" : "") +
         (options.camera ? " camera" : "") + (options.share ? " share" : ""));
  }
  void rollback(core::PeerId peer) override { note("rollback " + name(peer)); }
  void apply_remote(core::PeerId peer, core::DescriptionKind kind, std::string_view) override {
    note("apply " + word(kind) + " " + name(peer));
  }
  void create_answer(core::PeerId peer) override { note("create answer " + name(peer)); }
  void add_candidate(core::PeerId peer, const core::Candidate&) override { note("add candidate " + name(peer)); }
  void limit_media(const core::LimitMedia& limits) override {
    note("limit media " + name(limits.peer) + " " + std::to_string(limits.kbit) + " " + std::to_string(limits.shrink) +
         (limits.video ? "" : " no video") + (limits.lean ? " lean" : ""));
  }
  void admit(core::PeerId peer) override { note("admit " + name(peer)); }
  void attach_media(core::PeerId peer) override { note("attach media " + name(peer)); }
  void close(core::PeerId peer) override { note("close " + name(peer)); }
  void open_channel(core::PeerId peer) override { note("open channel " + name(peer)); }
  void send(core::PeerId peer, std::string_view text) override {
    by_channel.push_back(std::string(text));
    note("send by channel " + name(peer) + " " + std::string(text.substr(0, text.find(','))));
  }

  // MediaPort
  void open(const core::OpenMedia& wish) override {
    note("open media " + std::to_string(wish.request.value) + (wish.audio ? " audio" : "") +
         (wish.video ? " video" : ""));
  }
  void close_all() override { note("close media"); }
  void set_microphone(bool on) override { note("microphone" + on_off(on)); }
  void close_camera() override { note("close camera"); }
  void open_share(core::RequestId request) override { note("open share " + std::to_string(request.value)); }
  void close_share() override { note("close share"); }
  void retry_playback() override { note("retry playback"); }
  void list_devices() override { note("list devices"); }
  void tell_devices(const core::TellDevices& what) override {
    note((what.keep ? "keep devices " : "tell devices ") + std::to_string(what.list.size()));
  }
  void meter(bool on) override { note("meter" + on_off(on)); }
  void use_speaker(core::DeviceId id) override { note("use speaker " + std::to_string(id.value)); }

  // TabsPort
  void tell(const core::TabMessage& message) override { note("tell tabs " + word(message.news)); }
  void request_ring_right() override { note("request ring right"); }
  void leave() override { note("leave tabs"); }

  // KeepPort
  void keep(const core::Kept&) override { note("keep call"); }
  void find() override { note("find kept"); }
  void prove(core::RequestId ticket, std::string_view, std::string_view text) override {
    note("prove " + std::to_string(ticket.value) + " " + std::string(text));
  }

  // SoundPort
  void play(core::Tone tone) override { note("play " + word(tone)); }
  void stop() override { note("stop tone"); }

  // AlarmPort
  void set(std::optional<core::TimePoint> when) override { alarms.push_back(when); }

  // RandomPort
  std::uint64_t next() override { return random++; }

  // LogPort
  void write(ports::LogLevel level, std::string_view text) override { log_lines.push_back({level, std::string(text)}); }

  // PagePort
  void state_changed(std::string_view state, std::string_view reason) override {
    page_states.push_back(std::string(state) + (reason.empty() ? "" : " ") + std::string(reason));
    note("page " + page_states.back());
  }
  void problem(std::string_view code, std::string_view) override { note("problem " + std::string(code)); }
  void silence_banner() override { note("silence banner"); }
  void missed(const core::TellMissed& call, std::string_view name) override {
    note("missed " + std::to_string(call.user.value) + " " + std::string(name));
  }

  // ScreenPort
  void show(const view::ViewModel& model) override { shown.push_back(model); }
};

}  // namespace odnix::test
