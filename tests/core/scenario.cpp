#include "scenario.hpp"

namespace odnix::scenario {
namespace {

std::string page(const std::optional<EndpointId>& to) {
  if (!to) return "";
  return *to == there ? " to B" : *to == elsewhere ? " to C" : " to ?";
}

std::string number(PeerId peer) { return std::to_string(peer.value); }
std::string key(const SocketKey& socket) { return socket.chat ? "chat" : "notify"; }
std::string word(auto value) { return std::string(to_string(value)); }

struct SignalWord {
  std::string operator()(const Offer&) const { return "offer"; }
  std::string operator()(const Answer&) const { return "answer"; }
  std::string operator()(const Candidates& batch) const { return "candidates x" + std::to_string(batch.list.size()); }
  std::string operator()(const End& end) const { return "end " + word(end.reason); }
  std::string operator()(const Ringing&) const { return "ringing"; }
  std::string operator()(const MediaState& media) const {
    return std::string("state") + (media.microphone ? " mic" : "") + (media.camera ? " cam" : "");
  }
  std::string operator()(const Select&) const { return "select"; }
  std::string operator()(const Ack&) const { return "ack"; }
  std::string operator()(const Ready&) const { return "ready"; }
  std::string operator()(const auto&) const { return ""; }  // of later versions
};

struct EffectWords {
  std::string operator()(const OpenSocket& e) const { return "open socket " + key(e.socket); }
  std::string operator()(const CloseSocket& e) const { return "close socket " + key(e.socket); }
  std::string operator()(const SendMessage& e) const {
    const std::string what = std::visit(SignalWord{}, e.signal);
    return what.empty() ? "" : "send " + what + (e.header ? page(e.header->to) : " bare");
  }
  std::string operator()(const CreatePeer& e) const {
    return "make peer " + number(e.peer) + (e.offerer ? " offerer" : "") + (e.video ? " video" : "");
  }
  std::string operator()(const CreateOffer& e) const { return "create offer " + number(e.peer); }
  std::string operator()(const ApplyRemote& e) const { return "apply " + word(e.kind) + " " + number(e.peer); }
  std::string operator()(const CreateAnswer& e) const { return "create answer " + number(e.peer); }
  std::string operator()(const AddCandidates& e) const {
    return "add candidates " + number(e.peer) + " x" + std::to_string(e.list.size());
  }
  std::string operator()(const AttachMedia& e) const { return "attach " + number(e.peer); }
  std::string operator()(const ClosePeer& e) const { return "close peer " + number(e.peer); }
  std::string operator()(const OpenMedia& e) const {
    return std::string("open") + (e.audio ? " mic" : "") + (e.video ? " cam" : "");
  }
  std::string operator()(const CloseMedia&) const { return "close media"; }
  std::string operator()(const SetMicrophone& e) const { return e.on ? "unmute" : "mute"; }
  std::string operator()(const CloseCamera&) const { return "close cam"; }
  std::string operator()(const PlayTone& e) const { return "play " + word(e.tone); }
  std::string operator()(const StopTone&) const { return "stop tone"; }
  std::string operator()(const ReportProblem& e) const { return "problem " + e.code; }
  std::string operator()(const auto&) const { return ""; }  // tabs, banners, and what later versions do
};

}  // namespace

std::string outcome(const World& world) {
  std::string text = world.phase();
  if (const auto* ended = std::get_if<Ended>(&world.state.phase)) text += " " + word(ended->reason);
  text += ":";
  bool first = true;
  for (const auto& effect : world.effects) {
    const std::string words = std::visit(EffectWords{}, effect);
    if (words.empty()) continue;
    text += (first ? " " : "; ") + words;
    first = false;
  }
  return text;
}

void play(const std::vector<Line>& table) {
  for (const Line& line : table) {
    INFO(line.story);
    World world = line.given();
    world.happens(line.when(world));
    CHECK(outcome(world) == line.then);
  }
}

World idle() { return {}; }
World preparing() {
  World w;
  w.happens(StartRequested{our_call, true});
  return w;
}
World calling() { return World{}.ringing_out(); }
World rung() { return World{}.rung(); }
World rung_by_old() { return World{}.rung_by_old(); }
World answering() { return World{}.rung().accepted(); }
World answered() { return World{}.ringing_out().answered(); }
World answered_by_old() {
  World w;
  w.ringing_out();
  w.happens(from_old(Answer{their_sdp, {}}));
  w.happens(RemoteDescriptionApplied{w.peer()});
  return w;
}
World talking() { return World{}.in_call(); }
World talking_as_callee() { return World{}.rung().accepted().connected(); }
World talking_to_old() { return answered_by_old().connected(); }
World lost() {
  World w = talking();
  w.happens(ConnectionChanged{w.peer(), ConnectionState::disconnected, IceState::disconnected});
  return w;
}
World over() {
  World w = talking();
  w.happens(HangUpRequested{});
  return w;
}
World without_socket(World world) {
  world.happens(SocketClosed{SocketKey{chat}, 1006, 500ms});
  return world;
}

}  // namespace odnix::scenario
