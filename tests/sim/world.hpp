// A virtual world in virtual time: pages, each a real call machine or a model of the old client, the browsers that run
// their effects, the server between them, ICE, and people. One World plays one scenario after the other and keeps its
// memory. The members are grouped by idea, one .cpp file each, as in src/core/machine.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/step.hpp"
#include "sim/decisions.hpp"
#include "sim/invariant.hpp"
#include "sim/line.hpp"
#include "sim/mutation.hpp"
#include "sim/old_page.hpp"
#include "sim/peers.hpp"
#include "sim/scenario.hpp"

namespace odnix::sim {

// faults.md, "Measured facts"
inline constexpr std::int64_t until_disconnected = 7500;
inline constexpr std::int64_t until_failed = 17400;
inline constexpr std::int64_t until_hopeless = 16000;

inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// What is due in the world at some moment.
enum class Kind : std::uint8_t {
  stimulus,         ///< a: index
  reaction,         ///< a: Act
  page_opens,       ///< a new page in the seat
  page_shown,       ///< back from the back-forward cache
  server_returns,   ///<
  frame_at_server,  ///< a: frame, b: life of the line
  frame_at_seat,    ///< a: frame, b: life of the line
  push_at_seat,     ///< a: frame, b: life of the line
  line_opens,       ///< a: line, b: life
  line_closes,      ///< a: line, b: life
  offer_made,       ///< a: peer, b: 1 = with an ICE restart
  remote_applied,   ///< a: peer, b: description << 8 | candidates in it
  answer_made,      ///< a: peer
  rolled_back,      ///< a: peer
  candidate,        ///< a: peer, b: ICE generation
  path_up,          ///< a: peer, b: 1 = after a cut, 2 = after a restart
  flow,             ///< a: peer: the statistics are looked at
  path_down,        ///< a: peer, b: 1 = cut
  path_dead,        ///< a: peer, b: 1 = cut, 2 = never came up
  devices,          ///< a: request, b: fate
  devices_listed,   ///<
  speaker_fails,    ///<
  measured,         ///< the microphone
  share_settles,    ///< a: request
  tab_said,         ///< a: message
  ring_right,       ///< granted
  old_work,         ///< a: stage, b: life of the old page's call
  channel_up,       ///< a: peer
  channel_down,     ///< a: peer
  channel_message,  ///< a: peer
  kept_found,       ///<
  proved,           ///< a: proof
};

struct Item {
  std::int64_t at{};
  std::uint32_t order{};
  Kind kind{};
  std::uint8_t seat{};
  std::uint16_t life{};  ///< of the page
  std::uint32_t a{};
  std::uint32_t b{};
};

/// A message on its way.
struct Frame {
  std::uint8_t from{};
  int refs{};
  int user{};
  int chat{};
  std::optional<core::Header> header;
  core::Signal signal;
  std::int64_t made_at{};  ///< of an end: when the call ended
  std::int64_t session{};  ///< of an end: the old peer's call that is meant; 0 = none
};

struct Request {
  std::uint32_t id{};
  bool audio{};
  bool video{};
  core::DeviceId microphone;
  core::DeviceId camera;
};

/// A device that can be plugged in, taken by another program, and opened by the page.
struct Gadget {
  core::DeviceKind kind{};
  int number{};
  bool plugged{true};
  bool taken{};
  bool open{};
};
[[nodiscard]] std::vector<Gadget> all_gadgets();
[[nodiscard]] bool is_named(const Gadget& gadget, const core::Device& device);

/// A call that a page ended, and what it said about it.
struct Past {
  core::CallId id;
  std::int64_t session{};
  std::optional<core::EndReason> reason;
  std::int64_t at{};
};

/// What is needed to know of a state after it has moved on.
struct Before {
  std::size_t phase{};
  std::optional<core::CallId> call;
  std::int64_t session{};
  std::int64_t user{};
  core::Dialect dialect{};
  std::optional<core::EndpointId> endpoint;
  bool asks_listen_only{};
  std::int64_t since{};  ///< InRinging: the caller's last sign
  std::int64_t until{};  ///< OutRinging, InRinging: when the ring is over
};

/// What a tab keeps for its next page, and what its person had allowed.
struct Tab {
  std::optional<core::Kept> kept;
  std::int64_t at{};
  bool consent{};
  bool camera_consent{};
};

struct Recorded {
  core::TimePoint at{};  ///< by the page's clock
  core::Event event;
};

/// One window of one person: the page in it, and that page's browser.
struct Seat {
  SeatPlan plan;
  bool alive{};
  bool frozen{};
  std::uint16_t life{};
  core::State state;
  std::int64_t epoch{};  ///< the page's clock less the world's: no two pages agree on the time
  std::int64_t alarm{never};
  std::int64_t cut_until{};                                    ///< its network carries no media until then
  std::array<Line, 2> lines;                                   ///< call, notify
  std::vector<std::pair<std::uint32_t, std::uint32_t>> peers;  ///< open ones: handle, index
  std::uint32_t last_handle{};
  bool microphone{};
  bool microphone_enabled{true};
  bool camera{};
  std::vector<Gadget> gadgets;
  std::vector<core::Device> kept_order;  ///< the browser's storage: outlives the page
  bool metered{};
  std::uint32_t share{};  ///< the request whose screen is captured or whose picker is open; 0: none
  bool share_open{};      ///< it is captured
  bool share_consent{};   ///< this person pressed the button, and one picker may follow
  bool was_taken{};
  bool denied{};
  std::vector<Request> requests;
  std::optional<core::Tone> tone;  ///< only those that repeat
  bool in_tabs{};                  ///< hears the other tabs of its browser
  bool may_ring{};                 ///< holds the lock
  Tab tab;
  bool consent{};
  bool camera_consent{};
  std::uint32_t calls{};
  std::vector<Past> past;
  std::vector<std::int64_t> answered;                           ///< sessions of old peers
  std::vector<std::pair<std::int64_t, std::int64_t>> declined;  ///< user, when
  std::vector<core::CallId> refused;  ///< in the silence after that: such a call is refused for as long as it rings
  std::vector<Item> deferred;         ///< while frozen
  std::vector<Recorded> record;
  int sent{};  ///< messages
  int steps{};
  OldPage old;
  std::int64_t disagrees_since{never};
  std::int64_t rings_since{never};
  std::int64_t settles_since{never};
  std::int64_t glares_since{never};
  std::vector<std::pair<std::uint8_t, std::int64_t>> misses;  ///< in a group's call without a link to that seat, since
};

struct Options {
  Mutation mutation{};
  bool thorough{};                    ///< also what costs text: secrets, same again
  std::string* trace{};               ///< one line for everything that happens
  std::vector<ChoiceKey>* choices{};  ///< receives those that were not tame
};

class World {
 public:
  /// Plays the scenario to its end or to the first broken invariant.
  std::optional<Violation> play(const Scenario& scenario, const Options& options = {});

  [[nodiscard]] const std::vector<Seat>& seats() const { return seats_; }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  [[nodiscard]] std::uint64_t calls() const { return calls_; }
  [[nodiscard]] std::uint64_t connected() const { return connected_; }
  [[nodiscard]] std::int64_t now() const { return now_; }

 private:
  // world.cpp: time
  void reset(const Scenario& scenario, const Options& options);
  void run();
  void happen(const Item& item);
  void schedule(std::int64_t delay, Kind kind, unsigned seat, std::uint32_t a = 0, std::uint32_t b = 0);
  [[nodiscard]] Item next_item();
  [[nodiscard]] core::TimePoint time(const Seat& seat) const {
    return core::TimePoint{core::Duration{now_ + seat.epoch}};
  }
  [[nodiscard]] std::int64_t delay(Site site, unsigned seat, std::uint32_t base, std::uint32_t spread);
  void fail(Invariant invariant, unsigned seat, std::string_view what);
  void note(unsigned seat, std::string_view word, std::string_view text = {});

  // page.cpp: a page and its call machine
  void open_page(unsigned seat);
  void leave_page(unsigned seat);
  void tell(unsigned seat, core::Event event);
  void set_alarm(unsigned seat);
  void give_consent(Seat& seat, const core::Event& event);

  // person.cpp
  void perform(const Stimulus& stimulus);
  void press(unsigned seat, Act act);
  void react(unsigned seat, const Before& before);
  void react_by(unsigned seat, Act act, std::uint32_t within);
  void page_act(const Stimulus& stimulus);
  void device_act(const Stimulus& stimulus);
  void network_act(const Stimulus& stimulus);
  void cut_path(unsigned seat, std::uint32_t amount);

  // browser.cpp: effects
  void run(unsigned seat, core::OpenSocket& effect);
  void run(unsigned seat, core::CloseSocket& effect);
  void run(unsigned seat, core::SendMessage& effect);
  void run(unsigned seat, core::CreatePeer& effect);
  void run(unsigned seat, core::CreateOffer& effect);
  void run(unsigned seat, core::ApplyRemote& effect);
  void run(unsigned seat, core::CreateAnswer& effect);
  void run(unsigned seat, core::Rollback& effect);
  void run(unsigned seat, core::AddCandidates& effect);
  void run(unsigned seat, core::AttachMedia& effect);
  void run(unsigned seat, core::ClosePeer& effect);
  void run(unsigned seat, core::OpenMedia& effect);
  void run(unsigned seat, core::CloseMedia& effect);
  void run(unsigned seat, core::SetMicrophone& effect);
  void run(unsigned seat, core::CloseCamera& effect);
  void run(unsigned seat, core::OpenShare& effect);
  void run(unsigned seat, core::CloseShare& effect);
  void run(unsigned seat, core::RetryPlayback& effect);
  void run(unsigned seat, core::PlayTone& effect);
  void run(unsigned seat, core::StopTone& effect);
  void run(unsigned seat, core::TellTabs& effect);
  void run(unsigned seat, core::RequestRingRight& effect);
  void run(unsigned seat, core::LeaveTabs& effect);
  void run(unsigned seat, core::SilencePageBanner& effect);
  void run(unsigned seat, core::ReportProblem& effect);
  [[nodiscard]] Peer* peer_of(unsigned seat, core::PeerId id, std::string_view effect);
  [[nodiscard]] std::uint32_t index_of(unsigned seat, core::PeerId id) const;
  [[nodiscard]] const core::Link* link_of(unsigned seat, core::PeerId id) const;
  void run(unsigned seat, core::ListDevices& effect);
  void run(unsigned seat, core::TellDevices& effect);
  void run(unsigned seat, core::MeterMicrophone& effect);
  void run(unsigned seat, core::TellMissed& effect);
  void run(unsigned seat, core::UseSpeaker& effect);
  void devices_settle(unsigned seat, std::uint32_t request, std::uint32_t fate);

  // devices.cpp
  [[nodiscard]] static std::vector<core::Device> devices_of(const Seat& seat);
  [[nodiscard]] static std::optional<core::MediaError> open_gadget(Seat& seat, core::DeviceKind kind,
                                                                   core::DeviceId asked);
  void measured(unsigned seat);
  void share_settles(const Item& item);
  static void close_share(Seat& seat);
  [[nodiscard]] std::uint8_t share_bit(unsigned seat) const;
  [[nodiscard]] int open_bits(unsigned seat) const;
  void check_screens(unsigned seat);
  void check_gadgets(unsigned seat);
  void check_best_devices(unsigned seat);

  // tabs.cpp
  [[nodiscard]] bool same_browser(unsigned a, unsigned b) const;
  void leave_tabs(unsigned seat);
  void grant_ring_right(unsigned near);
  void check_one_ring(unsigned seat);

  // resume.cpp: reloads in a call
  void run(unsigned seat, core::KeepCall& effect);
  void run(unsigned seat, core::FindKept& effect);
  void run(unsigned seat, core::Prove& effect);
  void find_kept(unsigned seat);
  void prove(const Item& item);
  void forge(const Frame& heard);
  void check_people(unsigned seat);

  // channel.cpp: data channels
  void run(unsigned seat, core::OpenChannel& effect);
  void run(unsigned seat, core::SendByChannel& effect);
  void raise_channel(std::uint32_t peer);
  void channel_changes(const Item& item);
  void channel_delivers(const Item& item);

  // early.cpp: what leaves a page while it rings
  void choose_preconnect(unsigned seat, core::Self& self);
  void run(unsigned seat, core::AddFrom& effect);
  void run(unsigned seat, core::AdmitPeer& effect);
  void run(unsigned seat, core::LimitMedia& effect);
  void check_early(unsigned seat, const core::Signal& signal, const std::optional<core::Header>& header);
  [[nodiscard]] bool keeps_back(unsigned seat, const Peer& peer) const;

  // rtc.cpp: what the browsers' peers do by themselves
  void promise(unsigned seat, Kind kind, std::uint32_t peer, std::uint32_t b = 0);
  [[nodiscard]] bool make_offer(std::uint32_t peer, bool restart);
  [[nodiscard]] bool apply_remote(std::uint32_t peer, std::uint32_t number, int candidates);
  [[nodiscard]] bool make_answer(std::uint32_t peer);
  void promise_settles(const Item& item);
  void gather(std::uint32_t peer, std::uint32_t ice);
  void try_path(std::uint32_t peer);
  void path_changes(const Item& item);
  [[nodiscard]] bool is_cut(const Peer& peer) const;
  void look_at_flow(std::uint32_t peer, std::int64_t in);
  void flow_changes(const Item& item);
  void show_tracks(const Peer& peer);
  void close_peer(std::uint32_t peer);
  void hear(std::uint32_t peer, const std::vector<core::Candidate>& list);

  // server.cpp
  void send(unsigned seat, Frame frame);
  void relay(const Item& item);
  void deliver(const Item& item);
  void line_opens(const Item& item);
  void line_closes(const Item& item);
  void break_line(unsigned seat, unsigned line, bool half_open);
  [[nodiscard]] bool is_member(int user, int chat) const;
  [[nodiscard]] std::uint32_t keep(Frame frame);
  void drop(std::uint32_t frame);

  // old_page.cpp: the old client, from rules 1 to 8 of protocol.md
  void old_press(unsigned seat, Act act);
  void old_hears(unsigned seat, const Frame& frame);
  void old_works(const Item& item);
  void old_says(unsigned seat, core::Signal signal);
  void old_offers(unsigned seat);
  void old_path(unsigned seat, std::uint32_t peer, Path path);
  void old_over(unsigned seat, std::int64_t deaf_for);
  void old_candidate(unsigned seat, std::uint32_t peer, int number);
  void check_end_at_old(unsigned seat, const Frame& frame);

  // check_step.cpp, check_truth.cpp, check_world.cpp
  void check_step(unsigned seat, const core::Event& event, const Before& before);
  void check_devices(unsigned seat);
  void check_pictures(unsigned seat);
  void check_size(unsigned seat);
  void check_end_said(unsigned seat, const core::SendMessage& message);
  void check_end_shown(unsigned seat, const core::Event& event, const Before& before);
  // check_group.cpp
  void check_group_word(unsigned seat, const core::SendMessage& message);
  void check_group_offer(unsigned seat, core::PeerId peer);
  void check_group_end(unsigned seat, const core::Event& event, const Before& before);
  void watch_group(unsigned seat);
  [[nodiscard]] bool agrees_in_group(unsigned seat) const;
  void check_mesh();
  void watch();
  void watch_ring(unsigned seat);
  void watch_call(unsigned seat);
  void watch_glare(unsigned seat);
  [[nodiscard]] std::string_view untrue(unsigned seat, core::EndReason reason, const core::CallId& call) const;
  void check_end_of_world();
  void check_texts(unsigned seat);
  void check_view(unsigned seat);
  [[nodiscard]] bool agrees(unsigned seat) const;
  [[nodiscard]] bool has_caller(unsigned seat) const;

  const Scenario* scenario_{};
  const Profile* profile_{};
  Options options_;
  Decisions decisions_;
  std::optional<Violation> violation_;
  std::int64_t now_{};
  std::int64_t next_watch_{};
  std::uint32_t order_{};
  std::vector<Item> heap_;
  std::vector<Seat> seats_;
  Peers peers_;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> free_frames_;
  std::vector<core::TabMessage> tab_messages_;
  std::vector<core::SendMessage> channel_messages_;
  std::vector<core::Proved> proofs_;
  bool server_up_{true};
  std::int64_t last_fault_{};   ///< when the last cut ended, or a socket last broke, closed or opened
  const core::Event* event_{};  ///< what the machine was told in the step whose effects run
  const Before* before_{};
  std::uint64_t steps_{};
  std::uint64_t calls_{};
  std::uint64_t connected_{};
};

}  // namespace odnix::sim
