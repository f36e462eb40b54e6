// The inside of step(): one short-lived object per step that holds the state being changed and the effects being
// collected. Its member functions are grouped by idea, one .cpp file each. Nothing outside src/core includes this
// header.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/effect.hpp"
#include "core/event.hpp"
#include "core/state.hpp"
#include "core/timing.hpp"

namespace odnix::core {

/// Who said it: the sender of a message, as far as the server and the header vouch for it.
struct Sender {
  ChatId chat;
  UserId user;
  std::optional<Header> header;
  std::optional<PeerId> channel{};  ///< it came by this peer's data channel, not by the server
  [[nodiscard]] Dialect dialect() const { return header ? Dialect::v2 : Dialect::old; }
};

class Machine {
 public:
  Machine(State state, TimePoint now) : state_(std::move(state)), now_(now) {}

  [[nodiscard]] State take_state() { return std::move(state_); }
  [[nodiscard]] std::vector<Effect> take_effects() { return std::move(effects_); }

  // One overload per event, each in the file of its idea
  void on(const PageOpened&);
  void on(const PageHidden&);
  void on(const PageShown&);
  void on(const StartRequested&);
  void on(const AcceptRequested&);
  void on(const DeclineRequested&);
  void on(const HangUpRequested&);
  void on(const MicrophoneSwitched&);
  void on(const CameraSwitched&);
  void on(const ListenOnlyChosen&);
  void on(const RingMuted&);
  void on(const PlaybackRequested&);
  void on(const ShareSwitched& event);
  void on(const ShareOpened& event);
  void on(const ShareEnded& event);
  void on(const NoticeDismissed&);
  void on(const TabSaid&);
  void on(const RingRightGranted&);
  void on(const SocketOpened&);
  void on(const SocketClosed&);
  void on(const MessageReceived&);
  void on(const CallPushed&);
  void on(const FrameRejected&);
  void on(const LocalDescriptionReady&);
  void on(const RemoteDescriptionApplied&);
  void on(const DescriptionFailed&);
  void on(const CandidateGathered&);
  void on(const CandidateRefused&);
  void on(const ConnectionChanged&);
  void on(const RemoteTrackAdded&);
  void on(const RemoteTrackChanged&);
  void on(const MediaFlowChanged&);
  void on(const NetworkChanged&);
  void on(const PeerFailed&);
  void on(const PlaybackChanged&);
  void on(const MediaOpened&);
  void on(const MediaFailed&);
  void on(const DeviceLost&);
  void on(const DeviceHeld&);
  void on(const DevicesChanged&);
  void on(const DevicesTold&);
  void on(const MicrophoneMeasured&);
  void on(const DeviceChosen&);
  void on(const SpeakerFailed&);
  void on(const TimePassed&);
  void on(const ChannelOpened&);
  void on(const ChannelClosed&);
  void on(const ChannelMessage&);
  void on(const KeptFound&);
  void on(const Proved&);
  void on(const RelayKnown&);
  void on(const LineMeasured&);
  void on(const StatisticsTaken&);
  void on(const RelayRenewed&);
  void on(const DevicesGranted&);
  void on(const PersonBlocked&);

  /// After every event: what should be negotiated with whom.
  void negotiate();
  /// After every event: what may be sent.
  void limit_media();
  /// One event, whoever it is for.
  void happen(const Event& event);

  /// After every event: what the other tabs should know.
  void keep_tabs_informed();
  /// After every event: is the microphone worth measuring? (meter.cpp)
  void keep_meter();
  /// After every event: is there somebody who could answer for our socket? (sockets.cpp)
  void keep_sockets_checked();

 private:
  // machine.cpp: small tools
  void emit(Effect effect) { effects_.push_back(std::move(effect)); }
  void problem(std::string code, std::string text);
  [[nodiscard]] Call* call() { return call_of(state_.phase); }
  [[nodiscard]] std::uint32_t fresh_handle() { return ++state_.handles; }
  [[nodiscard]] Link* link_of(PeerId peer);
  [[nodiscard]] bool is(const Call& call, const Sender& sender) const;
  /// Moves the call of this phase out, leaving Idle: the caller puts it into the next phase.
  [[nodiscard]] Call take_call();

  // delivery.cpp: sending with or without an open socket, repeating, removing duplicates
  void send(Call& call, const Link& to, Signal signal);
  void send(SendMessage message, Duration keep = timing::keep_held);  ///< `keep`: how long it may wait for its socket
  void flush_outbox(ChatId chat);
  void repeat_unacked();
  void receive(const Sender& sender, const Ack& ack);
  void await_ack(const SendMessage& message);
  [[nodiscard]] bool says_for_ever(const SendMessage& message) const;
  [[nodiscard]] bool is_impostor(const Sender& sender);
  [[nodiscard]] bool is_duplicate(const Sender& sender);
  void acknowledge(const Sender& sender, const Signal& signal);
  void drop_held(CallId call);

  // channel.cpp: the second way
  void take(const Sender& sender, const Signal& signal);
  [[nodiscard]] bool send_by_channel(const Link& to, const SendMessage& message);

  // resume.cpp: a call survives the reload of a page
  void receive(const Sender& sender, const Resume& said);
  void receive(const Sender& sender, const ResumeKey& key);
  [[nodiscard]] bool keep_call();
  void find_kept();
  void hold();
  void prove_own(Link& link);
  void say_resume(Resuming& resuming);
  void welcome(const Claim& claim);
  void take_back(const Claim& claim);
  void resume_time_passed();

  // sockets.cpp
  void add_socket(SocketKey key);
  void open_socket(Socket& socket);
  void doubt_socket(Socket& socket);
  [[nodiscard]] Socket* socket_of(const SocketKey& key);
  void sockets_time_passed();
  void rest_pushed_sockets();
  [[nodiscard]] const Link* witness(const Socket& socket);
  void check_sockets();
  void heard_by_socket(ChatId chat);

  // outgoing.cpp
  void start(CallId fresh, bool video);
  void ring_out_if_ready();
  [[nodiscard]] bool opens_unasked(const Call& call) const;
  [[nodiscard]] OutRinging* rings_out_in(ChatId chat);
  void send_offer(OutRinging& ringing);
  void repeat_offer(OutRinging& ringing);
  void receive(const Sender& sender, const Answer& answer);
  void receive(const Sender& sender, const Ringing& ringing);
  void receive(const Sender& sender, const Ready& ready);

  // incoming.cpp
  void receive(const Sender& sender, const Offer& offer);
  void ring(const Sender& sender, const Offer& offer);
  void accept(Call call, const Offer& offer);
  void refresh_ring(InRinging& ringing, const Sender& sender, const Offer& offer);
  void refuse(const Sender& sender, EndReason reason, std::uint32_t seq = 1);
  void forget_refusal(CallId call);
  void yield_to(const Sender& sender, const Offer& offer, bool video);
  [[nodiscard]] Call incoming_call(const Sender& sender, const Offer& offer);

  // early.cpp: connected while it rings
  void prepare(Call& call, const Offer& offer);
  [[nodiscard]] EarlyWay early_way(const Link& link) const;
  [[nodiscard]] static Link* beside(Call& call);
  [[nodiscard]] bool waits_for_accept(const Link& link) const;
  void say_early(Link& link);
  void early_broken(Link& link);
  void drop_beside(Call& call);
  void close_peers(const Call& call);
  [[nodiscard]] bool accept_prepared(Call& taken, const Offer& offer);
  void begin_prepared();
  void turn_away(const Sender& sender);
  void receive(const Sender& sender, const Early& said);
  void receive(const Sender& sender, const Accept& said);

  // budget.cpp: what others' words may cost
  Budget& budget_of(UserId user);
  [[nodiscard]] bool affords(UserId user, Cost cost);
  void give_candidates(const Link& link, std::vector<Candidate> list);
  [[nodiscard]] bool is_blocked(UserId user) const;

  // tabs.cpp
  void tell_tabs(TabNews news, const Call& call);
  [[nodiscard]] bool rings_as(const TabMessage& message) const;
  [[nodiscard]] bool tab_is_busy() const;
  void done_in_another_tab(const TabMessage& message);

  // ending.cpp
  void receive(const Sender& sender, const Select& select);
  void vanish();
  void receive(const Sender& sender, const End& end);
  /// Tells the other side (if `tell`), closes everything of the call and shows why.
  void end_call(EndReason reason, bool by_remote, bool tell, std::optional<MediaError> media_error = std::nullopt);
  /// Somebody still waits in a call that is over here.
  void repeat_end(const Sender& sender);
  void close_everything(const Call& call);

  // links.cpp
  Link& add_link(Call& call, bool offerer);
  void receive(const Sender& sender, const Candidates& candidates);
  [[nodiscard]] static bool is_newest(Link& link, const Sender& sender);
  void receive(const Sender& sender, const MediaState& media);
  void add_remote_candidates(Link& link, const Candidates& candidates);
  void send_candidates(Call& call, Link& link);
  void send_answer(Call& call, Link& link);
  void links_time_passed();
  void path_found(Link& link);
  void path_lost(Link& link);

  // negotiation.cpp: offers and answers inside a running call, with v2 peers
  void receive(const Sender& sender, const Renegotiate& said);
  [[nodiscard]] bool is_polite(const Call& call) const;
  /// The v2 link whose page said it; nullptr if it is not of this call.
  [[nodiscard]] Link* link_from(Call& call, const Sender& sender);
  void begin_negotiation(Call& call, Link& link);
  [[nodiscard]] bool says_answer(const Link& link) const;
  void drop_offers(const Link& link);
  [[nodiscard]] bool renegotiated(Call& call, Link& link, const LocalDescriptionReady& ready);
  [[nodiscard]] bool renegotiated(Link& link, const RemoteDescriptionApplied& applied);
  [[nodiscard]] bool renegotiated(Link& link, const DescriptionFailed& failed);
  void roll_back(Link& link, const std::string& why);
  static void forget_failures(Call& call);
  void hear(Link& link, const Renegotiate& offer);
  void hear_held(Link& link);
  void expect_candidates(Link& link, std::uint32_t generation);
  void negotiations_time_passed();

  // recovery.cpp
  void watch_path(Link& link, bool up, bool lost, bool failed);
  void lose(Link& link);
  void lose_for_good(Link& link);
  void recovered(Link& link);
  void links_recover();
  void give_time(Link& link);
  void try_again(Call& call, Link& link);
  void check_socket(const Call& call, Link& link);
  void recover_by_socket(ChatId chat);
  void replace_peer(Call& call, Link& link, bool offerer);
  void rebuild(Call& call, Link& link);
  [[nodiscard]] bool follows(Call& call, Link& link, const Renegotiate& offer);

  // quality.cpp
  void judge_line(Link& link, bool shows);
  void renew_quality(Link& link);
  void pictures_time_passed();

  // media.cpp
  void open_media(Call& call, bool audio, bool video);
  void attach_media(const Call& call);
  [[nodiscard]] MediaState media_of(const Call& call) const;
  [[nodiscard]] MediaState media_for(const Call& call, const Link& link) const;
  void tell_media(Call& call);
  void tell_media(Call& call, const Link& link);
  void media_settled();
  void lose_microphone(Call& call, MediaError error);

  // share.cpp
  void stop_share(Call& call);
  void share_refused(Call& call);

  // devices.cpp
  [[nodiscard]] const Device* device_here(const Device& choice) const;
  [[nodiscard]] std::optional<DeviceId> preferred(const Call* call, DeviceKind kind) const;
  [[nodiscard]] std::optional<DeviceId> pick(const Call& call, DeviceKind kind) const;
  /// Another one of a kind that would not open: true if one is being opened.
  bool open_next(Call& call, DeviceKind kind, MediaError error);
  void review_devices();
  void opened(Call& call, const MediaOpened& event);
  void notice(Call& call, NoticeKind kind, const Secret& text);
  void choose_speaker();
  void show_devices(bool changed);
  void devices_time_passed();

  // missed.cpp
  void tell_missed(const Call& call, Duration age);
  void missed_unseen(const Sender& sender, const Offer& offer);

  // traces.cpp
  Trace& trace(CallId id);
  [[nodiscard]] Trace* find_trace(CallId id);
  /// The call that is over and that the offer is for.
  [[nodiscard]] Trace* over_trace(const Sender& sender, const Offer& offer);
  void remember_over(const Call& call, std::optional<EndReason> said = std::nullopt);
  [[nodiscard]] bool is_silenced(const Sender& sender) const;
  void note_decline(ChatId chat, UserId user);
  void forget_old();

  // group.cpp: entering and leaving
  [[nodiscard]] bool is_group(ChatId chat) const;
  [[nodiscard]] Call* group_call();
  [[nodiscard]] bool attends() const;
  [[nodiscard]] Call group_call_of(CallId id, bool audio_only, std::optional<UserId> user, TimePoint began) const;
  void start_group(CallId fresh, bool video);
  void ring_group(const Sender& sender, const Invite& invite);
  void accept_group(bool video);
  void enter_group(Call call);
  void begin_meeting();
  void move_to(const Sender& sender, const Invite& invite);
  void say_leave(Call& call, EndReason reason);
  void note_in_group(Group& group, GroupNews news, UserId user);

  // group_words.cpp: what is said in a group's chat
  void group_receive(const Sender& sender, const Signal& signal);
  void group_heard(const Sender& sender, const Invite& invite);
  void group_heard(const Sender& sender, const Join& join);
  void group_heard(const Sender& sender, const Leave& leave);
  void group_heard(const Sender& sender, const LinkDescription& description);
  void group_heard(const Sender& sender, const Candidates& candidates);
  // a group's words mean nothing in another chat
  void receive(const Sender&, const Invite&) {}
  void receive(const Sender&, const Join&) {}
  void receive(const Sender&, const Leave&) {}
  void receive(const Sender&, const LinkDescription&) {}
  void left(Call& call, const Sender& sender, const Leave& leave);
  void catch_up(const Sender& sender, const Invite& invite);
  void send_invite(Call& call);
  void send_to(Call& call, EndpointId to, Signal signal);
  void send_join(Call& call, EndpointId to, std::uint32_t redo = 0);
  void cast(Call& call, const Signal& signal);
  void drop_words(CallId call, EndpointId to);
  [[nodiscard]] bool is_cast_to_us(const Header& header);
  [[nodiscard]] bool speaks_for_all(const Call& call, std::optional<UserId> but = std::nullopt) const;
  void announce_soon();
  void group_socket_opened(ChatId chat);

  // group_links.cpp: one link per pair, the smaller page id offers
  [[nodiscard]] static Link* link_with(Call& call, EndpointId endpoint);
  [[nodiscard]] bool offers_to(EndpointId endpoint) const { return state_.self.endpoint < endpoint; }
  Link* meet(Call& call, const Sender& sender, std::uint32_t since);
  void dial(Link& link);
  void enter_round(Link& link, std::uint32_t round);
  void retry(Call& call, Link& link);
  void drop_link(Call& call, EndpointId endpoint);
  static void depart(Group& group, const Departed& gone);
  void settle_group();
  bool group_takes(const Event& event);
  void group_link_failed(PeerId peer);
  void group_link_refused(PeerId peer);
  void group_path(const ConnectionChanged& event);
  void group_time_passed();

  State state_;
  TimePoint now_;
  std::vector<Effect> effects_;
};

}  // namespace odnix::core
