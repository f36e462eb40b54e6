// Every event in every phase, with right and wrong names, with and without the socket: the machine has an answer, and
// the oracle has nothing to say about it.
#include <vector>

#include "scenario.hpp"
#include "support/oracle.hpp"

using namespace odnix::scenario;

namespace {

std::vector<Signal> signals() {
  return {offer(),
          offer(true, 3, 30s),
          Answer{their_sdp, {}},
          Candidates{{candidate(1)}},
          Candidates{{candidate(1), candidate(2)}},
          End{EndReason::hangup},
          End{EndReason::busy},
          End{EndReason::answered_elsewhere},
          Ringing{},
          MediaState{true, false},
          Select{here},
          Select{elsewhere},
          Ack{1},
          Ready{}};
}

/// Everything that may happen in this standing: about what is there, and about what is not.
std::vector<Event> everything(const State& state) {
  const Call* call = call_of(state.phase);
  const PeerId peer = call && !call->links.empty() ? call->links.front().peer : PeerId{};
  const RequestId request = call && call->media.request ? *call->media.request : RequestId{};
  std::vector<Event> all{PageHidden{false},
                         PageHidden{true},
                         PageShown{},
                         StartRequested{our_call, true},
                         StartRequested{{7, 7}, false},
                         AcceptRequested{true},
                         AcceptRequested{false},
                         DeclineRequested{},
                         HangUpRequested{},
                         MicrophoneSwitched{true},
                         MicrophoneSwitched{false},
                         CameraSwitched{true},
                         CameraSwitched{false},
                         ShareSwitched{true},
                         ShareSwitched{false},
                         ShareOpened{{3}},
                         ShareEnded{{3}},
                         ListenOnlyChosen{},
                         RingMuted{},
                         PlaybackRequested{},
                         NoticeDismissed{},
                         RingRightGranted{},
                         PlaybackChanged{true},
                         PlaybackChanged{false},
                         DeviceLost{MediaKind::audio, Permission::granted},
                         DeviceLost{MediaKind::video, Permission::denied},
                         DeviceHeld{MediaKind::audio, true},
                         DevicesChanged{false},
                         DevicesChanged{true},
                         DevicesTold{{{DeviceKind::microphone, {3}, 3, false, false}}, false},
                         DevicesTold{{{DeviceKind::camera, {4}, 4, false, false}}, true},
                         DeviceChosen{DeviceKind::microphone, {3}},
                         DeviceChosen{DeviceKind::camera, {}},
                         DeviceChosen{DeviceKind::speaker, {5}},
                         MicrophoneMeasured{40},
                         SpeakerFailed{},
                         PersonBlocked{bob, true},
                         PersonBlocked{bob, false},
                         TimePassed{},
                         FrameRejected{SocketKey{chat}, "not-json"},
                         CallPushed{chat, bob, true, Secret{"Bob"}, {}},
                         CallPushed{ChatId{8}, carol, false, Secret{"Carol"}, {}}};
  for (const SocketKey& key : {SocketKey{chat}, SocketKey{}, SocketKey{ChatId{8}}}) {
    all.push_back(SocketOpened{key});
    all.push_back(SocketClosed{key, 1006, 300ms});
  }
  for (const TabNews news :
       {TabNews::hello, TabNews::accepted, TabNews::declined, TabNews::ring_muted, TabNews::busy, TabNews::free}) {
    all.push_back(TabSaid{{news, call ? call->id : our_call, chat, bob, call ? call->session : 0}});
  }
  for (const PeerId id : {peer, PeerId{99}}) {
    all.push_back(LocalDescriptionReady{id, DescriptionKind::offer, our_sdp});
    all.push_back(LocalDescriptionReady{id, DescriptionKind::answer, our_sdp});
    all.push_back(RemoteDescriptionApplied{id});
    for (const auto step : {DescriptionStep::offer, DescriptionStep::answer, DescriptionStep::remote})
      all.push_back(DescriptionFailed{id, step, "OperationError"});
    all.push_back(CandidateGathered{id, candidate(5)});
    all.push_back(CandidateRefused{id, "OperationError"});
    for (int c = 0; c <= static_cast<int>(ConnectionState::closed); ++c)
      all.push_back(ConnectionChanged{id, static_cast<ConnectionState>(c), static_cast<IceState>(c)});
    all.push_back(RemoteTrackAdded{id, MediaKind::video});
    all.push_back(RemoteTrackChanged{id, MediaKind::video, true});
    all.push_back(PeerFailed{id, "NotSupportedError"});
  }
  for (const RequestId id : {request, RequestId{99}}) {
    for (const bool audio : {true, false})
      for (const bool video : {true, false}) all.push_back(MediaOpened{id, audio, video});
    for (int e = 0; e <= static_cast<int>(MediaError::unknown); ++e)
      all.push_back(MediaFailed{id, static_cast<MediaError>(e), Permission::denied, Permission::prompt});
  }
  for (const Signal& signal : signals()) {
    all.push_back(from_old(signal));
    all.push_back(from_old(signal, carol));
    for (const CallId id : {call ? call->id : our_call, CallId{1, 1}, CallId{9, 9}})
      for (const EndpointId from : {there, elsewhere}) all.push_back(from_v2(signal, id, from));
  }
  return all;
}

/// The ways into each phase, as events.
std::vector<std::vector<Event>> ways() {
  Self eager;  // connects while it rings
  eager.user = alice;
  eager.endpoint = here;
  eager.chat = chat;
  eager.preconnect = Preconnect::always;
  Self self;
  self.user = alice;
  self.endpoint = here;
  self.chat = chat;
  self.can_share = true;
  const std::vector<Event> open{PageOpened{self}, SocketOpened{SocketKey{chat}}, SocketOpened{SocketKey{}},
                                RingRightGranted{}};
  const std::vector<Event> keen{PageOpened{eager}, SocketOpened{SocketKey{chat}}, SocketOpened{SocketKey{}},
                                RingRightGranted{}};
  const PeerId peer{2};  // a caller's handles: 1 the request, 2 the peer; a callee's: the same
  const auto after = [](std::vector<Event> way, std::initializer_list<Event> more) {
    way.insert(way.end(), more);
    return way;
  };
  const auto preparing = after(open, {StartRequested{our_call, true}});
  const auto calling = after(
      preparing, {LocalDescriptionReady{peer, DescriptionKind::offer, our_sdp}, MediaOpened{RequestId{1}, true, true}});
  const auto asked =
      after(preparing, {MediaFailed{RequestId{1}, MediaError::denied, Permission::denied, Permission::denied}});
  const auto answered = after(calling, {from_v2(Answer{their_sdp, {}}, our_call), RemoteDescriptionApplied{peer}});
  const auto active = after(answered, {ConnectionChanged{peer, ConnectionState::connected, IceState::connected}});
  const auto rung = after(open, {from_v2(offer())});
  const auto accepting = after(rung, {AcceptRequested{true}});
  const auto answering = after(accepting, {MediaOpened{RequestId{1}, true, true}, RemoteDescriptionApplied{peer},
                                           LocalDescriptionReady{peer, DescriptionKind::answer, our_sdp}});
  const auto old = after(calling, {from_old(Answer{their_sdp, {}}), RemoteDescriptionApplied{peer},
                                   ConnectionChanged{peer, ConnectionState::connected, IceState::connected}});
  const Event early_offer = from_v2(Early{DescriptionKind::offer, their_sdp, {}}, our_call);
  const auto keen_calling =
      after(keen, {StartRequested{our_call, true}, LocalDescriptionReady{peer, DescriptionKind::offer, our_sdp},
                   MediaOpened{RequestId{1}, true, true}, early_offer});
  const auto keen_rung =
      after(keen, {from_v2(offer()), LocalDescriptionReady{PeerId{1}, DescriptionKind::offer, our_sdp},
                   from_v2(Early{DescriptionKind::answer, their_sdp, {}}), RemoteDescriptionApplied{PeerId{1}}});
  return {keen_calling,
          keen_rung,
          after(keen_rung, {AcceptRequested{true}}),
          after(keen_calling, {from_v2(Accept{}, our_call)}),
          after(keen, {from_old(offer()), RemoteDescriptionApplied{PeerId{1}},
                       LocalDescriptionReady{PeerId{1}, DescriptionKind::answer, our_sdp}}),
          open,
          preparing,
          asked,
          calling,
          answered,
          active,
          rung,
          accepting,
          answering,
          old,
          after(open, {from_old(offer())}),
          after(active, {ConnectionChanged{peer, ConnectionState::disconnected, IceState::disconnected}}),
          after(active, {HangUpRequested{}}),
          after(rung, {TimePassed{}, HangUpRequested{}}),
          after(open, {PageHidden{true}})};
}

}  // namespace

TEST_CASE("every event in every phase, twice, with the socket open and closed") {
  std::size_t steps = 0;
  for (const auto& way : ways()) {
    for (const bool open : {true, false}) {
      odnix::test::Oracle standing;
      TimePoint now{1h};
      for (const Event& event : way) REQUIRE(standing.take(event, now += 10ms) == "");
      if (!open) REQUIRE(standing.take(SocketClosed{SocketKey{chat}, 1006, 1s}, now) == "");
      for (const Event& event : everything(standing.state())) {
        odnix::test::Oracle page = standing;
        for (const TimePoint at : {now + 5ms, now + 70s}) {
          std::string problem = page.take(event, at);
          if (problem.empty()) problem = page.prints(at);
          ++steps;
          if (!problem.empty()) FAIL(problem << "\n" << describe(event) << "\nin " << describe(standing.state()));
        }
      }
    }
  }
  CHECK(steps > 10'000);
}
