// Any bytes as a frame: refused, ignored, or a message. A message that was taken is said again and must come back the
// same, and it must do nothing forbidden to a page that is idle, that calls, or that is in a call.
#include <array>
#include <cstdint>

#include "core/describe.hpp"
#include "fuzz/check.hpp"
#include "protocol/codec.hpp"
#include "support/builders.hpp"
#include "support/oracle.hpp"

using namespace odnix;

namespace {

enum class Standing { idle, calling, talking };

test::Oracle page(Standing standing) {
  test::Oracle oracle;
  const auto happens = [&oracle](const core::Event& event) { fuzz::check(oracle.take(event, test::at(0))); };
  happens(core::PageOpened{test::self()});
  happens(core::SocketOpened{core::SocketKey{test::chat}});
  if (standing == Standing::idle) return oracle;
  happens(core::StartRequested{test::call_1, true});
  const core::Call& call = *core::call_of(oracle.state().phase);
  const core::PeerId peer = call.links.front().peer;
  const core::RequestId request = *call.media.request;
  happens(core::LocalDescriptionReady{peer, core::DescriptionKind::offer, test::sdp(true)});
  happens(core::MediaOpened{request, true, true});
  if (standing == Standing::calling) return oracle;
  happens(test::from_anna(core::Answer{test::sdp(true, 2), {}}, test::header(1)));
  happens(core::RemoteDescriptionApplied{peer});
  happens(core::ConnectionChanged{peer, core::ConnectionState::connected, core::IceState::connected});
  return oracle;
}

/// The server puts the sender's number beside type and payload.
std::string relayed(std::string frame) { return frame.insert(1, R"("from_user_id":2,)"); }

void say_again(const core::MessageReceived& message) {
  const std::string said = protocol::encode({message.chat, message.header, message.signal});
  const protocol::Decoded again = protocol::decode(core::SocketKey{test::chat}, relayed(said));
  const auto* event = std::get_if<core::Event>(&again);
  const auto* back = event ? std::get_if<core::MessageReceived>(event) : nullptr;
  // An `end` that an old peer says has no reason on the wire; candidates in a batch need a header to be understood.
  if (!message.header) return;
  fuzz::check(back ? "" : "a message that was taken is not taken when we say it", said);
  fuzz::check(back->signal == message.signal ? "" : "a message comes back as another one",
              core::describe(message) + "\n" + core::describe(*back));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::array<test::Oracle, 3> pages{page(Standing::idle), page(Standing::calling),
                                                 page(Standing::talking)};
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  const core::SocketKey socket = data[0] % 2 == 0 ? core::SocketKey{test::chat} : core::SocketKey{};
  const protocol::Decoded decoded = protocol::decode(socket, text);
  const auto* event = std::get_if<core::Event>(&decoded);
  if (!event) return 0;
  if (const auto* message = std::get_if<core::MessageReceived>(event)) say_again(*message);
  for (test::Oracle oracle : pages) {
    fuzz::check(oracle.take(*event, test::at(1000)), core::describe(*event));
    fuzz::check(oracle.take(*event, test::at(1001)), core::describe(*event));
    fuzz::check(oracle.prints(test::at(1001)), core::describe(*event));
  }
  return 0;
}
