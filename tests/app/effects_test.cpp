// Each effect is one call of one port.
#include "app/effect_runner.hpp"
#include "support/builders.hpp"
#include "support/fake_ports.hpp"
#include "support/printers.hpp"

using namespace odnix;
using namespace odnix::test;

TEST_CASE("every effect finds its port", "[app]") {
  const core::PeerId peer{3};
  const auto [effect, call] = GENERATE_COPY(table<core::Effect, std::string>({
      {core::OpenSocket{{chat}}, "open chat 7"},
      {core::OpenSocket{{}}, "open notify"},
      {core::CloseSocket{{chat}}, "close chat 7"},
      {core::SendMessage{chat, {}, core::End{}}, R"(send chat 7 {"type":"webrtc.end")"},
      {core::CreatePeer{peer, true, true}, "create peer 3 offerer video"},
      {core::CreatePeer{peer, false, false}, "create peer 3 answerer"},
      {core::CreateOffer{peer, false}, "create offer peer 3"},
      {core::CreateOffer{peer, true}, "create offer peer 3 restart"},
      {core::CreateOffer{peer, false, true}, "create offer peer 3 camera"},
      {core::Rollback{peer}, "rollback peer 3"},
      {core::ApplyRemote{peer, core::DescriptionKind::answer, sdp()}, "apply answer peer 3"},
      {core::AdmitPeer{peer}, "admit peer 3"},
      {core::LimitMedia{peer, 1000, 150, false}, "limit media peer 3 1000 150 no video"},
      {core::LimitMedia{peer, 250, 300, true, true}, "limit media peer 3 250 300 lean"},
      {core::AddFrom{peer, {"v=0\r\nm=audio 9\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n"}},
       "add candidate peer 3"},
      {core::CreateAnswer{peer}, "create answer peer 3"},
      {core::AddCandidates{peer, {candidate()}}, "add candidate peer 3"},
      {core::AttachMedia{peer}, "attach media peer 3"},
      {core::ClosePeer{peer}, "close peer 3"},
      {core::OpenChannel{peer}, "open channel peer 3"},
      {core::SendByChannel{peer, {chat, {}, core::End{}}}, R"(send by channel peer 3 {"type":"webrtc.end")"},
      {core::OpenMedia{core::RequestId{5}, true, false}, "open media 5 audio"},
      {core::CloseMedia{}, "close media"},
      {core::SetMicrophone{false}, "microphone off"},
      {core::CloseCamera{}, "close camera"},
      {core::RetryPlayback{}, "retry playback"},
      {core::OpenShare{core::RequestId{3}}, "open share 3"},
      {core::CloseShare{}, "close share"},
      {core::KeepCall{}, "keep call"},
      {core::FindKept{}, "find kept"},
      {core::Prove{core::RequestId{5}, {"token"}, {1, 2}, {3}, {"v=0\r\na=fingerprint:sha-256 AB\r\nm=audio 9\r\n"}},
       "prove 5 000000000000000100000000000000020000000000000003a=fingerprint:sha-256 AB\n"},
      {core::ListDevices{}, "list devices"},
      {core::TellDevices{{{}}, true}, "keep devices 1"},
      {core::TellDevices{{}, false}, "tell devices 0"},
      {core::UseSpeaker{core::DeviceId{4}}, "use speaker 4"},
      {core::MeterMicrophone{true}, "meter on"},
      {core::TellMissed{chat, anna, {" Anna\n"}, true, {}}, "missed 2 Anna"},
      {core::PlayTone{core::Tone::ringback}, "play ringback"},
      {core::StopTone{}, "stop tone"},
      {core::SilencePageBanner{}, "silence banner"},
      {core::ReportProblem{"no-chat", "text"}, "problem no-chat"},
  }));
  FakePorts world;
  app::run_effects({effect}, world.ports());
  CHECK(world.calls == std::vector{call});
}

TEST_CASE("a batch of candidates is added one by one, in order", "[app]") {
  FakePorts world;
  app::run_effects({core::AddCandidates{core::PeerId{3}, {candidate(1), candidate(2)}}, core::StopTone{}},
                   world.ports());
  CHECK(world.calls == std::vector<std::string>{"add candidate peer 3", "add candidate peer 3", "stop tone"});
}
