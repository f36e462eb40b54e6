#include "app/app.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "app/commands.hpp"
#include "app/effect_runner.hpp"
#include "app/intake.hpp"
#include "app/last_words.hpp"
#include "core/describe.hpp"
#include "core/step.hpp"
#include "protocol/codec.hpp"
#include "protocol/words.hpp"
#include "view/project.hpp"

namespace odnix::app {
namespace {

// A flood may take this much of the page's time at once; the rest waits until the browser has drawn.
constexpr int items_per_run = 64;
constexpr core::Duration time_per_run{4};

constexpr core::Duration between_warnings = std::chrono::seconds{1};

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::optional<core::TimePoint> earlier(std::optional<core::TimePoint> a, std::optional<core::TimePoint> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

App::App(ports::Ports ports, ports::Inbox& inbox, Clock clock, std::string version)
    : ports_(ports), inbox_(inbox), clock_(std::move(clock)), journal_(std::move(version)) {}

void App::start(core::Self self) {
  if (started_) return;
  started_ = true;
  running_ = true;
  handle(core::PageOpened{std::move(self)});
  settle();
  running_ = false;
  if (!inbox_.empty()) inbox_.resume_later();  // posted before the start: their wake found us not ready
}

void App::run() {
  if (!started_ || running_ || inbox_.empty()) return;
  running_ = true;
  const core::TimePoint until = clock_() + time_per_run;
  for (int taken = 0; taken < items_per_run && !inbox_.empty(); ++taken) {
    if (taken > 0 && clock_() >= until) break;
    take(inbox_.take());
  }
  settle();
  if (const std::size_t frames = inbox_.take_passed_over(); frames > 0) {
    warn(passed_over_, frames, "passed over", ": more came than this page gets to", clock_());
  }
  running_ = false;
  if (!inbox_.empty()) inbox_.resume_later();
}

void App::take(ports::Item item) {
  std::visit(
      Overloaded{[&](core::Event& event) { handle(std::move(event)); },
                 [&](ports::RawFrame& frame) { take_frame(frame); }, [&](view::Intent& intent) { take_intent(intent); },
                 [&](ports::StartCommand& command) { handle(event_of(command, ports_.random)); },
                 [&](ports::EndCommand& command) { handle(event_of(command)); },
                 [&](ports::ChannelText& said) { take_decoded({}, protocol::decode(said.peer, said.text)); }},
      item);
}

void App::take_frame(const ports::RawFrame& frame) {
  take_decoded(frame.socket, protocol::decode(frame.socket, frame.text));
}

void App::take_decoded(const core::SocketKey& socket, protocol::Decoded decoded) {
  if (auto* event = std::get_if<core::Event>(&decoded)) {
    handle(std::move(*event));
  } else if (const auto* rejected = std::get_if<protocol::Rejected>(&decoded)) {
    handle(core::FrameRejected{socket, std::string(rejected->reason)});
  }
}

void App::take_intent(const view::Intent& intent) {
  // Not shown_: of two presses in one run the second must see what the first did.
  const view::ViewModel seen = view::project(state_, clock_());
  if (auto event = event_of(intent, seen, ports_.random)) handle(std::move(*event));
}

void App::handle(core::Event event) {
  prepare(event, ports_.random);
  const core::TimePoint now = clock_();
  core::Step step = core::step(std::move(state_), event, now);
  state_ = std::move(step.next);
  ports_.log.write(ports::LogLevel::debug, core::describe(event));
  if (const auto* rejected = std::get_if<core::FrameRejected>(&event)) {
    warn(rejected_, 1, "refused", ", the last: " + rejected->reason, now);
  }
  journal_.record(now, std::move(event), state_, step.effects);
  run_effects(step.effects, ports_);
  tell_page();
  keep_last_words();
}

void App::warn(Unsaid& about, std::size_t frames, std::string_view what, std::string_view why, core::TimePoint now) {
  about.frames += frames;
  if (about.said_at && now - *about.said_at < between_warnings) return;
  about.said_at = now;
  const std::string count = std::to_string(std::exchange(about.frames, 0));
  ports_.log.write(ports::LogLevel::warning, std::string(what) + " " + count + " frame(s)" + std::string(why));
}

void App::tell_page() {
  const std::string_view state = core::public_name(state_.phase);
  const auto* ended = std::get_if<core::Ended>(&state_.phase);
  std::string reason = ended == nullptr ? std::string() : protocol::to_word(ended->reason);
  if (state == told_state_ && reason == told_reason_) return;
  told_state_ = state;
  told_reason_ = std::move(reason);
  ports_.page.state_changed(told_state_, told_reason_);
}

void App::keep_last_words() {
  std::optional<core::SendMessage> words = last_words(state_);
  if (words == last_words_) return;
  const core::ChatId chat = words ? words->chat : last_words_->chat;
  ports_.signaling.keep_last_words(chat, words ? protocol::encode(*words) : std::string());
  last_words_ = std::move(words);
}

void App::settle() {
  const core::TimePoint now = clock_();
  ports_.alarm.set(earlier(core::next_deadline(state_), view::next_change(state_, now)));
  view::ViewModel model = view::project(state_, now);
  if (model == shown_) return;
  shown_ = std::move(model);
  ports_.screen.show(shown_);
}

}  // namespace odnix::app
