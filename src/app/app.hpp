// The tick: inbox -> step -> store -> effects -> alarm -> view. Owns the state; has no rule of its own about calls.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/journal.hpp"
#include "core/event.hpp"
#include "core/state.hpp"
#include "core/time.hpp"
#include "ports/inbox.hpp"
#include "ports/ports.hpp"
#include "protocol/codec.hpp"
#include "view/model.hpp"

namespace odnix::app {

/// Milliseconds since some fixed moment; never goes backwards.
using Clock = std::function<core::TimePoint()>;

class App {
 public:
  /// `ports` and `inbox` must outlive the app. `version` goes into the journal.
  App(ports::Ports ports, ports::Inbox& inbox, Clock clock, std::string version = {});

  /// PageOpened comes before everything that waits in the inbox. Once.
  void start(core::Self self);
  /// Takes what is in the inbox: at most 64 items or about 4 ms, then the browser draws and the rest follows. Safe to
  /// call at any time, also from inside a port; does nothing when there is nothing.
  void run();

  [[nodiscard]] std::string journal() const { return journal_.export_lines(); }
  [[nodiscard]] const core::State& state() const { return state_; }

 private:
  void take(ports::Item item);
  void take_frame(const ports::RawFrame& frame);
  void take_decoded(const core::SocketKey& socket, protocol::Decoded decoded);
  void take_intent(const view::Intent& intent);
  void handle(core::Event event);
  /// Frames of which a warning is still to be said: at most one a second.
  struct Unsaid {
    std::optional<core::TimePoint> said_at;
    std::size_t frames{};
  };
  void warn(Unsaid& about, std::size_t frames, std::string_view what, std::string_view why, core::TimePoint now);
  void tell_page();
  void keep_last_words();
  void settle();

  ports::Ports ports_;
  ports::Inbox& inbox_;
  Clock clock_;
  core::State state_;
  Journal journal_;
  view::ViewModel shown_;
  std::string told_state_{"idle"};
  std::string told_reason_;
  std::optional<core::SendMessage> last_words_;
  Unsaid rejected_;
  Unsaid passed_over_;
  bool started_{};
  bool running_{};
};

}  // namespace odnix::app
