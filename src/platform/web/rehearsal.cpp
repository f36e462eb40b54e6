#include "platform/web/rehearsal.hpp"

#include <deque>
#include <string>

#include "app/app.hpp"
#include "platform/web/alarm.hpp"
#include "platform/web/clock.hpp"
#include "platform/web/glue.hpp"
#include "platform/web/glue_ports.hpp"
#include "platform/web/log.hpp"
#include "platform/web/random.hpp"
#include "platform/web/ui_port.hpp"

namespace odnix::platform {
namespace {

/// Enough of a description for everything that reads one.
constexpr const char* sdp = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=audio 9 RTP 0\r\n";

/// More than any call needs: whatever the two do to each other, an idle page comes to rest.
constexpr int max_slices = 80;

/// While one stands, glue() reaches the silent double of the glue.
struct Silence {
  Silence() { glue_name = "rehearsal"; }
  ~Silence() { glue_name = "glue"; }
};

/// What one client sends, the other gets, as the server would relay it.
class Wire final : public ports::SignalingPort {
 public:
  Wire(ports::Inbox& ours, ports::Inbox& theirs, const char* stamp) : ours_(ours), theirs_(theirs), stamp_(stamp) {}
  void open(const core::SocketKey& socket) override { ours_.post(core::Event(core::SocketOpened{socket})); }
  void send(const core::SocketKey& socket, std::string_view text) override {
    theirs_.post(ports::RawFrame{socket, std::string(text).insert(1, stamp_)});
  }
  void close(const core::SocketKey&) override {}
  void keep_last_words(core::ChatId, std::string_view) override {}

 private:
  ports::Inbox& ours_;
  ports::Inbox& theirs_;
  const char* stamp_;  ///< the sender, put into a frame by the server
};

/// Answers as a browser does in which everything works.
class Rtc final : public GlueRtc {
 public:
  explicit Rtc(ports::Inbox& inbox) : inbox_(inbox) {}
  void create_offer(const core::CreateOffer& options) override {
    GlueRtc::create_offer(options);
    described(options.peer, core::DescriptionKind::offer);
  }
  void apply_remote(core::PeerId peer, core::DescriptionKind kind, std::string_view text) override {
    GlueRtc::apply_remote(peer, kind, text);
    inbox_.post(core::Event(core::RemoteDescriptionApplied{peer}));
    if (kind == core::DescriptionKind::answer) connected(peer);
  }
  void create_answer(core::PeerId peer) override {
    GlueRtc::create_answer(peer);
    described(peer, core::DescriptionKind::answer);
    connected(peer);
  }

 private:
  void described(core::PeerId peer, core::DescriptionKind kind) {
    inbox_.post(core::Event(core::LocalDescriptionReady{peer, kind, {sdp}}));
    inbox_.post(core::Event(core::CandidateGathered{peer, {{"candidate:1"}, "0", 0, {}}}));
  }
  void connected(core::PeerId peer) {
    inbox_.post(core::Event(core::RemoteTrackAdded{peer, core::MediaKind::video}));
    inbox_.post(core::Event(core::RemoteTrackChanged{peer, core::MediaKind::video, true}));
    inbox_.post(
        core::Event(core::ConnectionChanged{peer, core::ConnectionState::connected, core::IceState::connected}));
  }
  ports::Inbox& inbox_;
};

class Media final : public GlueMedia {
 public:
  explicit Media(ports::Inbox& inbox) : inbox_(inbox) {}
  void open(const core::OpenMedia& wish) override {
    GlueMedia::open(wish);
    inbox_.post(core::Event(core::MediaOpened{wish.request, wish.audio, wish.video, {}, {}}));
  }

 private:
  ports::Inbox& inbox_;
};

class Prompter final : public ports::ScreenPort {
 public:
  explicit Prompter(std::deque<view::ViewModel>& screens) : screens_(screens) {}
  void show(const view::ViewModel& model) override { screens_.push_back(model); }

 private:
  std::deque<view::ViewModel>& screens_;
};

struct Actor {
  Actor(ports::Inbox& ours, ports::Inbox& theirs, const char* stamp, std::deque<view::ViewModel>& screens)
      : inbox(ours), wire(ours, theirs, stamp), rtc(ours), media(ours), alarm(ours), prompter(screens) {}

  ports::Inbox& inbox;
  Wire wire;
  Rtc rtc;
  Media media;
  GlueTabs tabs;
  GlueKeep keep;
  GlueSound sound;
  Alarm alarm;
  Random random;
  Log log{false};
  GluePage page;
  Prompter prompter;
  app::App app{ports::Ports{wire, rtc, media, tabs, keep, sound, alarm, random, log, page, prompter}, inbox,
               [] { return now(); }};
};

}  // namespace

struct Rehearsal::Cast {
  Cast(UiPort& port, const core::Self& self) : ui(port), plays(self) {
    plays.chat = core::ChatId{1};
    plays.notify = false;
    plays.can_call = true;
  }
  /// At once: who is not there yet never reads what the other says to it.
  void enter_both() {
    enter(caller, 1);
    enter(callee, 2);
  }
  void enter(Actor& actor, std::int64_t user) {
    plays.user = {user};
    plays.endpoint = {static_cast<std::uint64_t>(user)};
    actor.app.start(plays);
  }

  UiPort& ui;
  core::Self plays;
  int act{};
  int slices{};
  std::deque<view::ViewModel> screens;  ///< not laid out yet
  ports::Inbox inboxes[2]{ports::Inbox([] {}), ports::Inbox([] {})};
  Actor caller{inboxes[0], inboxes[1], "\"from_user_id\":1,", screens};
  Actor callee{inboxes[1], inboxes[0], "\"from_user_id\":2,", screens};
};

Rehearsal::Rehearsal(UiPort& ui, const core::Self& self) : cast_(std::make_unique<Cast>(ui, self)) {}
Rehearsal::~Rehearsal() = default;

bool Rehearsal::step(const ui::Viewport& viewport) {
  const Silence silence;
  Cast& cast = *cast_;
  if (++cast.slices > max_slices) return false;
  if (!cast.screens.empty()) {
    cast.ui.rehearse(cast.screens.front(), viewport);
    cast.screens.pop_front();
    return true;
  }
  for (Actor* actor : {&cast.caller, &cast.callee}) {
    if (actor->inbox.empty()) continue;
    actor->app.run();
    return true;
  }
  switch (++cast.act) {
    case 1: cast.enter_both(); return true;
    case 2: cast.caller.inbox.post(ports::StartCommand{true}); return true;
    case 3: cast.callee.inbox.post(view::Intent{view::ControlId::accept}); return true;
    case 4: cast.caller.inbox.post(view::Intent{view::ControlId::hang_up}); return true;
    case 5: cast.caller.inbox.post(view::Intent{view::ControlId::dismiss}); return true;
    default: return false;
  }
}

}  // namespace odnix::platform
