// Calling somebody: devices and offer are prepared side by side; the offer goes out once the devices are known to work,
// or known to open without a question, is repeated for late joiners, and the first answer wins.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {
namespace {
/// Two brought no word back: nobody may be there, or our socket is dead and does not know. The third goes out by a
/// fresh one, or by this one should that fail; not by both, for pages ring by each (the push in docs/protocol.md).
constexpr int doubtful_offer = 3;
}  // namespace

void Machine::on(const StartRequested& event) { start(event.fresh, event.video); }

void Machine::start(CallId fresh, bool video) {
  if (const auto* ringing = std::get_if<InRinging>(&state_.phase)) {
    // Calling the person who is calling us is accepting, with the lesser media of the two.
    on(AcceptRequested{video && !ringing->offer.audio_only});
    return;
  }
  if (call() || state_.hidden) return;  // a second press of the button, or one that the page's end overtook
  if (!state_.self.can_call) {
    problem("webrtc-unavailable",
            "This browser has no WebRTC (RTCPeerConnection). Use a current browser to place calls.");
    return;
  }
  if (!state_.self.chat) {
    problem("no-chat", "This page has no chat to call in: set chatId in OdnixCallConfig before loading the client.");
    return;
  }
  std::erase_if(state_.silences, [this](const Silence& silence) { return silence.chat == state_.self.chat; });
  if (tab_is_busy()) {
    problem("busy-elsewhere", "This person is in a call in another tab of this browser. End that call first.");
    return;
  }
  if (is_group(*state_.self.chat)) {
    start_group(fresh, video);
    return;
  }
  Call call;
  call.id = fresh;
  call.chat = *state_.self.chat;
  call.outgoing = true;
  call.video = video;
  call.name = state_.self.peer_name;
  call.avatar = state_.self.peer_avatar;
  call.began = now_;
  open_media(call, true, video);
  Link& link = add_link(call, true);
  emit(CreateOffer{link.peer, false});
  state_.phase = Preparing{std::move(call)};
}

void Machine::on(const DevicesGranted& event) { state_.granted = event; }

/// Cameras take half a second to open. Where nobody has to be asked it rings meanwhile; what will not open after all is
/// a device that failed while it rings over there (lose_microphone).
bool Machine::opens_unasked(const Call& call) const {
  const LocalMedia& media = call.media;
  const bool tried = media.microphone_error || media.camera_error;
  return !call.group && !tried && state_.granted.microphone && (!call.video || state_.granted.camera);
}

void Machine::ring_out_if_ready() {
  auto* preparing = std::get_if<Preparing>(&state_.phase);
  if (!preparing) return;
  const Call& current = preparing->call;
  const bool waits = current.media.request && !opens_unasked(current);
  const bool devices_known = !waits && !current.media.asks_listen_only;
  if (!devices_known || (!current.group && !current.links.front().local)) return;
  state_.phase = OutRinging{take_call(), now_ + timing::ring_out, now_, now_, 0, false};
  send_offer(*std::get_if<OutRinging>(&state_.phase));
  emit(PlayTone{Tone::ringback});  // opening the sound device takes its time: the offer is on its way first
}

OutRinging* Machine::rings_out_in(ChatId chat) {
  auto* ringing = std::get_if<OutRinging>(&state_.phase);
  return ringing && ringing->call.chat == chat ? ringing : nullptr;
}

void Machine::send_offer(OutRinging& ringing) {
  if (!is_open(state_, ringing.call.chat)) {  // SocketOpened sends it; the call rings on meanwhile
    ringing.next_offer_at = ringing.give_up_at;
    return;
  }
  ++ringing.offers_sent;
  ringing.next_offer_at = now_ + timing::offer_pause(ringing.offers_sent);
  ringing.last_offer_at = now_;
  Socket& socket = *socket_of({ringing.call.chat});
  const bool silent = std::max(socket.opened_at, socket.heard_at) < ringing.call.began;
  if (silent && ringing.offers_sent == doubtful_offer && !socket.fresh_due) {
    doubt_socket(socket);
    return;
  }
  if (ringing.call.group) {
    send_invite(ringing.call);
    return;
  }
  Link& link = ringing.call.links.front();
  Offer offer;
  offer.sdp = *link.local;
  offer.candidates = link.gathered;
  offer.audio_only = !ringing.call.video;
  offer.age = now_ - (ringing.give_up_at - timing::ring_out);
  link.local_sent = true;
  send(ringing.call, link, std::move(offer));
}

void Machine::receive(const Sender& sender, const Ringing&) {
  auto* ringing = std::get_if<OutRinging>(&state_.phase);
  if (!ringing || !is(ringing->call, sender)) {
    repeat_end(sender);
    return;
  }
  ringing->rings_there = true;
}

/// A page of the callee's opened this chat's socket after our last offer: it need not wait for the next.
void Machine::receive(const Sender& sender, const Ready&) {
  OutRinging* ringing = rings_out_in(sender.chat);
  if (!ringing || now_ < ringing->last_offer_at + timing::offer_on_ready) return;
  repeat_offer(*ringing);
}

/// Once more, between the times that it has.
void Machine::repeat_offer(OutRinging& ringing) {
  const TimePoint next = ringing.next_offer_at;
  const auto count = ringing.offers_sent;
  send_offer(ringing);
  ringing.offers_sent = count;
  ringing.next_offer_at = next;
}

/// A second device answered a call that another one took: its person should not wait in front of a black picture.
void Machine::turn_away(const Sender& sender) {
  const Call* current = call();
  const bool ours = current && current->outgoing && is(*current, sender);
  if (!ours) repeat_end(sender);
  if (ours && sender.header && current->links.front().endpoint != sender.header->from) {
    send(SendMessage{sender.chat, Header{current->id, state_.self.endpoint, sender.header->from, ++call()->sent},
                     End{EndReason::answered_elsewhere}});
  }
}

void Machine::receive(const Sender& sender, const Answer& answer) {
  auto* ringing = std::get_if<OutRinging>(&state_.phase);
  if (!ringing || !is(ringing->call, sender)) {
    turn_away(sender);
    return;
  }
  Call taken = take_call();
  drop_beside(taken);
  taken.user = sender.user;
  Link& link = taken.links.front();
  link.user = sender.user;
  link.dialect = sender.dialect();
  if (sender.header) link.endpoint = sender.header->from;
  link.phase = LinkPhase::connecting;
  // The callee's other devices may stop ringing. An old page has no name: chosen is then none of those that listen.
  const EndpointId chosen = sender.header ? sender.header->from : state_.self.endpoint;
  send(SendMessage{taken.chat, Header{taken.id, state_.self.endpoint, std::nullopt, ++taken.sent}, Select{chosen}});
  emit(ApplyRemote{link.peer, DescriptionKind::answer, answer.sdp});
  emit(StopTone{});
  state_.phase = Connecting{std::move(taken), now_ + timing::connect};
}

}  // namespace odnix::core
