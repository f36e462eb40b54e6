// Everything that comes from outside is posted here and taken one by one by app::App::run(): a browser callback never
// acts on the caller's stack. Single-threaded.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <variant>

#include "core/event.hpp"
#include "view/model.hpp"

namespace odnix::ports {

/// One text frame as it came; the app decodes it. Sockets deliver in order per socket.
struct RawFrame {
  core::SocketKey socket;
  std::string text;
};

/// One text message of a peer's data channel; the app decodes it.
struct ChannelText {
  core::PeerId peer;
  std::string text;
};

/// The page's API: window.OdnixCall.startVideoCall() and friends. The app adds the fresh call id.
struct StartCommand {
  bool video{};
};
struct EndCommand {};

using Item = std::variant<core::Event, RawFrame, view::Intent, StartCommand, EndCommand, ChannelText>;

class Inbox {
 public:
  /// `wake` is called when the inbox turns from empty to non-empty; it must schedule App::run() (a microtask), not call
  /// it. `wake_later` is called when a run stopped half-way through a flood: it must schedule the next one as a task
  /// (setTimeout 0), so that the browser draws and answers in between. Without it `wake` serves both.
  explicit Inbox(std::function<void()> wake, std::function<void()> wake_later = {})
      : wake_(std::move(wake)), wake_later_(std::move(wake_later)) {}

  void post(Item item) {
    const bool first = items_.empty();
    waiting_ += size_of(item);
    items_.push_back(std::move(item));
    if (first) wake_();
  }
  /// Others may say more than a hidden page gets to: what is too much is passed over. Who means well says it again.
  void post_frame(RawFrame frame) {
    if (waiting_ + frame.text.size() > frames_limit) {
      ++passed_over_;
    } else {
      post(std::move(frame));
    }
  }
  /// Frames that were passed over since the last time.
  [[nodiscard]] std::size_t take_passed_over() { return std::exchange(passed_over_, 0); }
  /// Before all that waits, and at once: of a page that goes no further task runs, so what a flood left over would hold
  /// its last word back for ever.
  void post_first(Item item) {
    waiting_ += size_of(item);
    items_.push_front(std::move(item));
    wake_();
  }
  /// For App::run() only: items are left over.
  void resume_later() { (wake_later_ ? wake_later_ : wake_)(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  /// Precondition: !empty().
  [[nodiscard]] Item take() {
    Item item = std::move(items_.front());
    items_.pop_front();
    waiting_ -= size_of(item);
    return item;
  }

 private:
  static constexpr std::size_t frames_limit = std::size_t{4} * 1024 * 1024;  ///< bytes
  /// Of frames, with what each takes besides its text; anything else is few.
  static std::size_t size_of(const Item& item) {
    const auto* frame = std::get_if<RawFrame>(&item);
    return frame ? frame->text.size() + sizeof(Item) : 0;
  }

  std::deque<Item> items_;
  std::size_t waiting_{};  ///< bytes
  std::size_t passed_over_{};
  std::function<void()> wake_;
  std::function<void()> wake_later_;
};

}  // namespace odnix::ports
