// A whole page of ours around fake ports: post what happened, run, look at what was done.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/app.hpp"
#include "protocol/codec.hpp"
#include "support/builders.hpp"
#include "support/fake_ports.hpp"

namespace odnix::test {

struct Page {
  core::TimePoint now = at(1'000'000);
  core::Duration per_look{};  ///< how far the clock moves each time it is read
  int wakes = 0;
  int wakes_later = 0;
  FakePorts world;
  ports::Inbox inbox{[this] { ++wakes; }, [this] { ++wakes_later; }};
  app::App app{world.ports(), inbox, [this] { return now += per_look; }, "1.2.3"};

  Page() = default;
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  /// Posts and runs until nothing is left.
  void tell(ports::Item item) {
    inbox.post(std::move(item));
    while (!inbox.empty()) app.run();
  }
  void pass(core::Duration time) {
    now += time;
    tell(core::Event{core::TimePassed{}});
  }
  void press(view::ControlId control) { tell(view::Intent{control}); }
  /// A frame from Anna, as the server relays it.
  void receive(core::Signal signal, std::optional<core::Header> with = std::nullopt) {
    std::string text = protocol::encode({chat, with, std::move(signal)});
    text.insert(1, R"("from_user_id":2,)");
    tell(ports::RawFrame{{chat}, text});
  }
  [[nodiscard]] view::ViewModel seen() const { return world.shown.empty() ? view::ViewModel{} : world.shown.back(); }
  [[nodiscard]] std::string state() const { return std::string(core::public_name(app.state().phase)); }

  /// Started, both sockets open, nothing else on record.
  void open() {
    app.start(self());
    tell(core::Event{core::SocketOpened{{chat}}});
    tell(core::Event{core::SocketOpened{{}}});
    forget();
  }
  /// It rings: Anna calls.
  void ring(bool video = true) {
    core::Offer offer{sdp(video), !video};
    receive(offer, header());
  }
  void forget() {
    world.calls.clear();
    world.sent.clear();
    world.alarms.clear();
    world.log_lines.clear();
    world.page_states.clear();
    world.shown.clear();
    wakes = wakes_later = 0;
  }
};

}  // namespace odnix::test
