#include "world.hpp"

using namespace odnix::scenario;

namespace {

const Secret our_token{"our token"};
const Secret their_token{"their token"};
const Secret good{"good proof"};
inline constexpr EndpointId their_next{0xBB};

struct Proving : World {
  /// What the browser makes of the last Prove.
  void proves(const Secret& proof) {
    const auto asked = only<Prove>(effects);
    REQUIRE(asked.size() == 1);
    happens(Proved{asked[0].ticket, proof});
  }
};

/// An active call whose tokens are exchanged.
struct Talking : Proving {
  Talking() {
    in_call();
    happens(ChannelOpened{peer(), our_token});
    happens(ChannelMessage{peer(), Header{our_call, there, here, 60}, ResumeKey{their_token}});
  }
  MessageReceived resume(ResumeStep step, Secret proof = good, EndpointId from = their_next, UserId user = bob) const {
    return {chat, user, Header{our_call, from, here, 1}, Resume{step, their_sdp, {}, std::move(proof)}};
  }
  Talking& held() {
    happens(MessageReceived{chat, bob, Header{our_call, there, here, 90}, Resume{ResumeStep::leaving, {}, {}, {}}});
    REQUIRE(phase() == "Resuming");
    return *this;
  }
};

Kept kept_by_bob_s_call() {
  Talking w;
  w.happens(PageHidden{false, true});
  return only<KeepCall>(w.effects).at(0).kept;
}

/// The next page of the tab that kept the call.
struct Next : Proving {
  EndpointId self{0xAA};
  explicit Next(Kept kept = kept_by_bob_s_call(), Duration age = 2s) {
    state = {};
    Self page;
    page.user = alice;
    page.endpoint = self;
    page.chat = chat;
    happens(PageOpened{page});
    happens(SocketOpened{SocketKey{chat}});
    happens(KeptFound{std::move(kept), age});
  }
  void offers() {
    happens(LocalDescriptionReady{peer(), DescriptionKind::offer, our_sdp});
    const auto asked = only<Prove>(effects);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0] == Prove{asked[0].ticket, our_token, our_call, self, our_sdp});
    happens(Proved{asked[0].ticket, Secret{"our proof"}});
  }
  MessageReceived answer(EndpointId from = there, EndpointId to = EndpointId{0xAA}, UserId user = bob) const {
    return {chat, user, Header{our_call, from, to, 1}, Resume{ResumeStep::answer, their_sdp, {}, good}};
  }
};

}  // namespace

TEST_CASE("each side gives the other a token, by the channel alone") {
  World w;
  w.in_call();
  w.happens(ChannelOpened{w.peer(), our_token});
  REQUIRE(only<SendByChannel>(w.effects).size() == 1);
  CHECK(std::get_if<ResumeKey>(&only<SendByChannel>(w.effects)[0].message.signal)->token == our_token);
  CHECK(only<SendMessage>(w.effects).empty());
  w.happens(from_v2(ResumeKey{their_token}, our_call));  // by the server: it would know the token
  CHECK(w.call().links.front().their_token.text.empty());
}

TEST_CASE("a page that goes and comes back keeps the call in its tab and says so both ways; it does not end it") {
  Talking w;
  w.happens(MicrophoneSwitched{false});
  w.pass(10s);
  w.happens(PageHidden{false, true});
  REQUIRE(only<KeepCall>(w.effects).size() == 1);
  const Kept kept = only<KeepCall>(w.effects)[0].kept;
  CHECK(kept.call == our_call);
  CHECK(kept.from == here);
  CHECK(kept.to == there);
  CHECK(kept.own_token == our_token);
  CHECK(kept.their_token == their_token);
  CHECK_FALSE(kept.microphone);
  CHECK(kept.camera);
  CHECK(kept.talked == 10s);
  CHECK(only<SendByChannel>(w.effects).size() == 1);
  CHECK(sent<Resume>(w.effects).size() == 1);
  CHECK(sent<End>(w.effects).empty());
  CHECK(only<CloseMedia>(w.effects).size() == 1);
}

TEST_CASE("a page that goes for good ends its call, and so does one that nobody could recognise again") {
  SECTION("for good") {
    Talking w;
    w.happens(PageHidden{false, false});
    CHECK(only<KeepCall>(w.effects).empty());
    CHECK(sent<End>(w.effects).size() == 1);
  }
  SECTION("no tokens yet") {
    World w;
    w.in_call();
    w.happens(PageHidden{false, true});
    CHECK(only<KeepCall>(w.effects).empty());
    CHECK(sent<End>(w.effects).size() == 1);
  }
  SECTION("an old peer") {
    World w;
    w.ringing_out();
    w.happens(from_old(Answer{their_sdp, {}}));
    w.happens(RemoteDescriptionApplied{w.peer()});
    w.connected();
    w.happens(PageHidden{false, true});
    CHECK(sent<End>(w.effects).size() == 1);
  }
}

TEST_CASE("the other side holds the call for 15 s, then says that nobody came back") {
  Talking w;
  w.held();
  CHECK(call_of(w.state.phase)->media.microphone == DeviceState::on);
  w.happens(ConnectionChanged{w.peer(), ConnectionState::failed, IceState::disconnected});
  CHECK(w.phase() == "Resuming");
  w.pass(14999ms);
  CHECK(w.phase() == "Resuming");
  w.pass(1ms);
  CHECK(w.reason() == EndReason::connection_failed);
  CHECK(std::get_if<Ended>(&w.state.phase)->left);
}

TEST_CASE("who proves the token is taken back without ringing: a new connection, the same call, devices and timer") {
  Talking w;
  const auto since = w.call().connected_at;
  w.held();
  const PeerId gone = w.peer();
  w.happens(w.resume(ResumeStep::offer));
  CHECK(w.effects == Effects{Prove{only<Prove>(w.effects)[0].ticket, their_token, our_call, their_next, their_sdp}});
  w.proves(good);
  CHECK(w.effects == Effects{ClosePeer{gone}, CreatePeer{w.peer(), false, true}, OpenChannel{w.peer()},
                             ApplyRemote{w.peer(), DescriptionKind::offer, their_sdp}});
  CHECK(w.happens(RemoteDescriptionApplied{w.peer()}) == Effects{AttachMedia{w.peer()}, CreateAnswer{w.peer()}});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::answer, our_sdp});
  w.proves(Secret{"our proof"});
  REQUIRE(sent<Resume>(w.effects).size() == 1);
  CHECK(sent<Resume>(w.effects)[0].step == ResumeStep::answer);
  CHECK(only<SendMessage>(w.effects)[0].header->to == their_next);
  CHECK(sent<Answer>(w.effects).empty());  // an old tab of the same person would take it for its own
  w.happens(w.resume(ResumeStep::offer));  // the answer was lost
  CHECK(sent<Resume>(w.effects).empty());  // a second copy of a number changes nothing
  MessageReceived again = w.resume(ResumeStep::offer);
  again.header->seq = 2;
  w.happens(again);
  CHECK(sent<Resume>(w.effects).size() == 1);
  w.connected();
  CHECK(w.call().connected_at == since);
}

TEST_CASE("it also finds back if its last words were lost, or the path was missed already") {
  Talking w;
  SECTION("active") {}
  SECTION("reconnecting") {
    w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  }
  w.happens(w.resume(ResumeStep::offer));
  w.proves(good);
  CHECK(w.phase() == "Resuming");
  CHECK(w.call().links.front().endpoint == their_next);
}

TEST_CASE("nobody else can take a call up") {
  Talking w;
  w.held();
  const Call before = w.call();
  SECTION("a wrong proof is counted and changes nothing") {
    w.happens(w.resume(ResumeStep::offer, Secret{"bad proof "}));
    w.proves(good);
    CHECK(w.state.wrong_proofs == 1);
  }
  SECTION("a browser that cannot make proofs believes none") {
    w.happens(w.resume(ResumeStep::offer, Secret{}));
    w.proves(Secret{});
    CHECK(w.state.wrong_proofs == 1);
  }
  SECTION("another person, whatever they prove") {
    CHECK(w.happens(w.resume(ResumeStep::offer, good, their_next, carol)).empty());
  }
  SECTION("another call") {
    MessageReceived other = w.resume(ResumeStep::offer);
    other.header->call = their_call;
    CHECK(w.happens(other).empty());
  }
  SECTION("an answer that nobody asked for") { CHECK(w.happens(w.resume(ResumeStep::answer)).empty()); }
  SECTION("another page that says it leaves") {
    w.happens(w.resume(ResumeStep::leaving));
    CHECK(next_deadline(w.state) == w.now + 1s);  // the repeats of our device report, not a new hold
  }
  CHECK(w.effects.empty());
  CHECK(w.call() == before);
  CHECK(w.phase() == "Resuming");
}

TEST_CASE("claims do not pile up") {
  Talking w;
  w.held();
  for (std::uint32_t i = 0; i < 20; ++i) {
    MessageReceived claim = w.resume(ResumeStep::offer, Secret{"guess " + std::to_string(i)});
    claim.header->seq = i + 1;
    w.happens(claim);
  }
  CHECK(w.state.claims.size() == 4);
}

TEST_CASE("the next page of the tab opens the devices that were open and offers at once") {
  Next w;
  CHECK(w.effects == Effects{OpenMedia{RequestId{1}, true, true}, CreatePeer{PeerId{2}, true, true},
                             OpenChannel{PeerId{2}}, CreateOffer{PeerId{2}, false}});
  CHECK(w.phase() == "Resuming");
  w.devices_open(true);
  w.offers();
  REQUIRE(sent<Resume>(w.effects).size() == 1);
  CHECK(only<SendMessage>(w.effects)[0].header->to == there);
  CHECK(sent<Resume>(w.pass(1s)).size() == 1);  // until it is answered
  w.happens(w.answer());
  const auto asked = only<Prove>(w.effects);
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].token == their_token);
  w.happens(Proved{asked[0].ticket, good});
  CHECK(only<ApplyRemote>(w.effects).size() == 1);
  CHECK(sent<Resume>(w.pass(3s)).empty());
  w.connected();
  CHECK(w.now - *w.call().connected_at == 2s + 4s);  // what was talked (nothing) and what passed since
}

TEST_CASE("a microphone that was muted opens muted, a camera that was off stays off") {
  Kept kept = kept_by_bob_s_call();
  kept.microphone = false;
  kept.camera = false;
  Next w(kept);
  CHECK(only<OpenMedia>(w.effects) == std::vector{OpenMedia{RequestId{1}, true, false}});
  w.devices_open(false);
  REQUIRE(w.effects.size() >= 2);
  CHECK(w.effects[0] == Effect{SetMicrophone{false}});  // before anything is attached
  CHECK(w.effects[1] == Effect{AttachMedia{w.peer()}});
  CHECK(w.call().media.microphone == DeviceState::muted);
}

TEST_CASE("what a tab kept is of no use later, to another person, or in a call") {
  SECTION("15 s later") {
    Next w(kept_by_bob_s_call(), 15s);
    CHECK(w.phase() == "Idle");
  }
  SECTION("a clock that was set back") {
    Next w(kept_by_bob_s_call(), Duration{-1});
    CHECK(w.phase() == "Idle");
  }
  SECTION("somebody else is signed in") {
    Kept kept = kept_by_bob_s_call();
    kept.self = carol;
    Next w(kept);
    CHECK(w.phase() == "Idle");
  }
  SECTION("in a browser that cannot call any more") {
    World w;
    w.state.self.can_call = false;
    CHECK(w.happens(KeptFound{kept_by_bob_s_call(), 1s}).empty());
  }
  SECTION("in a call") {
    World w;
    w.ringing_out();
    CHECK(w.happens(KeptFound{kept_by_bob_s_call(), 1s}).empty());
  }
}

TEST_CASE("a page without that chat opens its socket for the call") {
  World w;
  w.state = {};
  Self page;
  page.user = alice;
  page.endpoint = EndpointId{0xAA};
  w.happens(PageOpened{page});
  w.happens(KeptFound{kept_by_bob_s_call(), 1s});
  CHECK(only<OpenSocket>(w.effects) == std::vector{OpenSocket{SocketKey{chat}}});
}

TEST_CASE("the person who comes back finds the call ended: the true reason is heard at once") {
  Talking w;
  w.held();
  w.happens(HangUpRequested{});
  w.happens(w.resume(ResumeStep::offer));
  REQUIRE(sent<End>(w.effects).size() == 1);
  CHECK(sent<End>(w.effects)[0].reason == EndReason::hangup);
  CHECK(only<SendMessage>(w.effects)[0].header->to == their_next);
  Next next;
  next.happens(MessageReceived{chat, bob, Header{our_call, there, next.self, 9}, End{EndReason::hangup}});
  CHECK(next.reason() == EndReason::hangup);
}

TEST_CASE("an answer to the page before this one comes too late") {
  Next w;
  w.devices_open(true);
  w.offers();
  CHECK(w.happens(w.answer(there, here)).empty());
}

TEST_CASE("both pages were reloaded: the offer of the smaller endpoint stands, on both sides") {
  Next w;
  w.devices_open(true);
  w.offers();
  const PeerId own = w.peer();
  const bool ours_smaller = GENERATE(true, false);
  const EndpointId other{ours_smaller ? 0xBBu : 0x1u};
  // The other's next page knows us by our former name only.
  w.happens(
      MessageReceived{chat, bob, Header{our_call, other, here, 1}, Resume{ResumeStep::offer, their_sdp, {}, good}});
  const auto asked = only<Prove>(w.effects);
  REQUIRE(asked.size() == 1);
  w.happens(Proved{asked[0].ticket, good});
  if (ours_smaller) {
    CHECK(w.peer() == own);
    REQUIRE(sent<Resume>(w.effects).size() == 1);  // at once: they may have missed it
    CHECK(only<SendMessage>(w.effects)[0].header->to == other);
  } else {
    CHECK(w.peer() != own);
    CHECK(only<ClosePeer>(w.effects) == std::vector{ClosePeer{own}});
    CHECK(only<ApplyRemote>(w.effects).size() == 1);
  }
  CHECK(w.call().links.front().endpoint == other);
}

TEST_CASE(
    "both pages were reloaded and the answer to the offer that stands was lost: it is said again, to our old name "
    "too") {
  Next w;
  w.devices_open(true);
  w.offers();
  const auto offer = [](std::uint32_t seq) {
    return MessageReceived{chat, bob, Header{our_call, EndpointId{0x1}, here, seq},
                           Resume{ResumeStep::offer, their_sdp, {}, good}};
  };
  w.happens(offer(1));
  w.proves(good);
  w.happens(RemoteDescriptionApplied{w.peer()});
  w.happens(LocalDescriptionReady{w.peer(), DescriptionKind::answer, our_sdp});
  w.proves(Secret{"our proof"});
  CHECK(sent<Resume>(w.effects).size() == 1);
  w.happens(offer(2));
  CHECK(sent<Resume>(w.effects).size() == 1);
}

TEST_CASE("the next page hangs up before its proof was looked at: that is heard, and nobody else's word is") {
  Talking w;
  w.held();
  const auto says_end = [](UserId user, EndReason reason) {
    return MessageReceived{chat, user, Header{our_call, their_next, here, 1}, End{reason}};
  };
  w.happens(says_end(UserId{99}, EndReason::hangup));
  w.happens(MessageReceived{chat, bob, Header{our_call, EndpointId{0xDD}, here, 1}, End{EndReason::declined}});
  CHECK(w.phase() == "Resuming");
  w.happens(says_end(bob, EndReason::hangup));
  CHECK(w.reason() == EndReason::hangup);
}

TEST_CASE(
    "a page that takes its call up goes on counting: were it the page of before, nothing of it is taken for a copy") {
  Talking w;
  w.happens(PageHidden{false, true});
  const Kept kept = only<KeepCall>(w.effects).at(0).kept;
  CHECK(only<SendMessage>(w.effects).back().header->seq == kept.sent);
  Next next(kept);
  next.devices_open(true);
  next.offers();
  CHECK(only<SendMessage>(next.effects).back().header->seq > kept.sent);
}

TEST_CASE("nobody is there any more: the page that came back ends after 15 s") {
  Next w;
  w.devices_open(true);
  w.offers();
  w.pass(13s);
  CHECK(w.reason() == EndReason::connection_failed);
  CHECK_FALSE(std::get_if<Ended>(&w.state.phase)->left);
}

TEST_CASE("who only listened comes back listening: no microphone is opened, a camera only if it was on") {
  Kept kept = kept_by_bob_s_call();
  kept.listen_only = true;
  kept.microphone = false;
  kept.camera = GENERATE(false, true);
  Next w(kept);
  REQUIRE(w.phase() == "Resuming");
  CHECK(w.call().media.listen_only);
  const auto asked = only<OpenMedia>(w.effects);
  REQUIRE(asked.size() == (kept.camera ? 1U : 0U));
  for (const OpenMedia& one : asked) CHECK(one == OpenMedia{one.request, false, true, {}, {}});
}
