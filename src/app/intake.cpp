#include "app/intake.hpp"

#include <algorithm>
#include <variant>

#include "core/describe.hpp"

namespace odnix::app {
namespace {

constexpr std::size_t error_bytes = 160;

/// "a=…", "m=…": a line of a session description begins here.
bool quotes_sdp(const std::string& text, std::size_t at) {
  const bool starts_word = at == 0 || text[at - 1] == ' ' || text[at - 1] == '"' || text[at - 1] == '\'' ||
                           text[at - 1] == '\n' || text[at - 1] == ':' || text[at - 1] == '(';
  return starts_word && at + 1 < text.size() && text[at + 1] == '=' && text[at] >= 'a' && text[at] <= 'z';
}

}  // namespace

std::string clean_error(std::string text) {
  std::size_t end = std::min(text.size(), error_bytes);
  for (const char* word : {"candidate:", "ufrag", "fingerprint", "pwd"}) end = std::min(end, text.find(word));
  for (std::size_t i = 0; i < end; ++i) {
    if (quotes_sdp(text, i)) end = i;
  }
  if (end < text.size()) {
    text.resize(end);
    text += "...";
  }
  return text;
}

void prepare(core::Event& event, ports::RandomPort& random) {
  if (auto* closed = std::get_if<core::SocketClosed>(&event)) {
    closed->jitter = core::Duration{static_cast<std::int64_t>(random.next() % 1001)};  // 0…1 s (call-rules, "Timers")
  } else if (auto* opened = std::get_if<core::ChannelOpened>(&event)) {
    opened->token.text = core::to_hex(random.next()) + core::to_hex(random.next());
  } else if (auto* failed = std::get_if<core::DescriptionFailed>(&event)) {
    failed->error = clean_error(std::move(failed->error));
  } else if (auto* refused = std::get_if<core::CandidateRefused>(&event)) {
    refused->error = clean_error(std::move(refused->error));
  } else if (auto* peer = std::get_if<core::PeerFailed>(&event)) {
    peer->error = clean_error(std::move(peer->error));
  }
}

}  // namespace odnix::app
