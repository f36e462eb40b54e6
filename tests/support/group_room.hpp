// Pages of a group's chat in one room: real call machines, browsers that do at once what they are asked, and a server
// that hands each message to everybody else. Time by hand. Faults are what a test adds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/step.hpp"

namespace odnix::test {

class GroupRoom {
 public:
  struct Page {
    core::State state;
    std::vector<core::Effect> effects;                                ///< all so far
    std::vector<std::pair<core::PeerId, std::uint64_t>> connections;  ///< open ones: ours, and whose peer it talks to
    bool deaf{};                                                      ///< nothing reaches it
    bool gone{};                                                      ///< closed without a word
  };
  struct Said {
    std::size_t from{};
    core::SendMessage message;
  };

  std::vector<Page> pages;
  std::vector<Said> said;
  core::TimePoint now{std::chrono::hours{1}};
  /// True: the message does not reach that page.
  std::function<bool(const Said&, std::size_t to)> lost;
  bool paths{true};  ///< descriptions that meet become a path at once

  /// Page n belongs to user n + 1 and has the endpoint (n + 1) * 16.
  explicit GroupRoom(std::size_t people, bool tell_members = true) {
    for (std::size_t i = 0; i < people; ++i) open(static_cast<std::int64_t>(i + 1), people, tell_members);
  }

  /// Another page; its index.
  std::size_t open(std::int64_t user, std::size_t people = 0, bool tell_members = false) {
    core::Self self;
    self.user.value = user;
    self.endpoint.value = (pages.size() + 1) * 16;
    self.chat = core::ChatId{7};
    self.peer_name.text = "The choir";
    self.group = true;
    for (std::size_t m = 0; tell_members && m < people; ++m) {
      self.members.push_back({{static_cast<std::int64_t>(m + 1)}, {"Member " + std::to_string(m + 1)}, {}});
    }
    pages.emplace_back();
    const std::size_t index = pages.size() - 1;
    happens(index, core::PageOpened{self});
    happens(index, core::SocketOpened{{self.chat}});
    happens(index, core::SocketOpened{{}});
    happens(index, core::RingRightGranted{});
    return index;
  }

  void happens(std::size_t index, const core::Event& event) {
    tell(index, event);
    settle();
  }

  void start(std::size_t index, bool video = true) {
    happens(index, core::StartRequested{core::CallId{index + 1, ++calls_}, video});
  }
  void accept(std::size_t index, bool video = true) { happens(index, core::AcceptRequested{video}); }
  void decline(std::size_t index) { happens(index, core::DeclineRequested{}); }
  void leave(std::size_t index) { happens(index, core::HangUpRequested{}); }
  /// The page is closed without any word; the others' paths to it break after a while.
  void vanish(std::size_t index) {
    pages[index].gone = true;
    for (std::size_t other = 0; other < pages.size(); ++other) {
      for (const auto& [peer, far] : std::vector(pages[other].connections)) {
        if (far >> 32 == index) breaks(other, peer);
      }
    }
  }
  void breaks(std::size_t index, core::PeerId peer) {
    happens(index, core::ConnectionChanged{peer, core::ConnectionState::disconnected, core::IceState::disconnected});
  }

  void pass(core::Duration duration) {
    const core::TimePoint end = now + duration;
    settle();
    while (true) {
      std::optional<core::TimePoint> next;
      for (const Page& page : pages) {
        if (page.gone) continue;
        const auto due = core::next_deadline(page.state);
        if (due && (!next || *due < *next)) next = due;
      }
      if (!next || *next > end) break;
      now = std::max(now, *next);
      for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto due = core::next_deadline(pages[i].state);
        if (!pages[i].gone && due && *due <= now) tell(i, core::TimePassed{});
      }
      settle();
    }
    now = end;
  }

  [[nodiscard]] std::string phase(std::size_t index) const {
    return std::string(core::public_name(pages[index].state.phase));
  }
  [[nodiscard]] const core::Call* call(std::size_t index) const { return core::call_of(pages[index].state.phase); }
  [[nodiscard]] core::EndpointId endpoint(std::size_t index) const { return pages[index].state.self.endpoint; }
  /// The state of the link that `index` has with `other`; nullptr if it has none.
  [[nodiscard]] const core::Link* link(std::size_t index, std::size_t other) const {
    const core::Call* own = call(index);
    if (!own) return nullptr;
    for (const auto& found : own->links) {
      if (found.endpoint == endpoint(other)) return &found;
    }
    return nullptr;
  }
  [[nodiscard]] bool linked(std::size_t a, std::size_t b) const {
    const auto* one = link(a, b);
    const auto* two = link(b, a);
    return one && two && one->phase == core::LinkPhase::connected && two->phase == core::LinkPhase::connected;
  }
  /// Everybody of `members` sees everybody else of them, and nobody else.
  [[nodiscard]] bool meshed(const std::vector<std::size_t>& members) const {
    for (const std::size_t a : members) {
      if (!call(a) || call(a)->links.size() + 1 != members.size()) return false;
      for (const std::size_t b : members) {
        if (a != b && !linked(a, b)) return false;
      }
    }
    return true;
  }
  [[nodiscard]] std::optional<core::EndReason> reason(std::size_t index) const {
    const auto* ended = std::get_if<core::Ended>(&pages[index].state.phase);
    return ended ? std::optional(ended->reason) : std::nullopt;
  }
  template <class Signal>
  [[nodiscard]] std::vector<Said> all_said() const {
    std::vector<Said> found;
    for (const Said& one : said) {
      if (std::get_if<Signal>(&one.message.signal)) found.push_back(one);
    }
    return found;
  }

 private:
  void tell(std::size_t index, const core::Event& event) {
    Page& page = pages[index];
    if (page.gone) return;
    core::Step next = core::step(std::move(page.state), event, now);
    page.state = std::move(next.next);
    for (auto& effect : next.effects) {
      run(index, effect);
      pages[index].effects.push_back(std::move(effect));
    }
  }

  void settle() {
    for (std::size_t i = 0; i < work_.size(); ++i) {
      auto [index, event] = std::move(work_[i]);
      tell(index, event);
    }
    work_.clear();
  }

  void later(std::size_t index, core::Event event) { work_.emplace_back(index, std::move(event)); }

  void run(std::size_t index, const core::Effect& effect) {
    using namespace core;
    if (const auto* message = std::get_if<SendMessage>(&effect)) {
      said.push_back({index, *message});
      for (std::size_t other = 0; other < pages.size(); ++other) {
        const bool same_user = pages[other].state.self.user == pages[index].state.self.user;
        if (same_user || pages[other].deaf || (lost && lost(said.back(), other))) continue;
        later(other, MessageReceived{message->chat, pages[index].state.self.user, message->header, message->signal});
      }
    } else if (const auto* media = std::get_if<OpenMedia>(&effect)) {
      later(index, MediaOpened{media->request, media->audio, media->video});
    } else if (const auto* offer = std::get_if<CreateOffer>(&effect)) {
      later(index, LocalDescriptionReady{offer->peer, DescriptionKind::offer, sdp(index, offer->peer, 0)});
    } else if (const auto* answer = std::get_if<CreateAnswer>(&effect)) {
      const Sdp made = sdp(index, answer->peer, far_of(index, answer->peer));
      later(index, LocalDescriptionReady{answer->peer, DescriptionKind::answer, made});
      later(index, CandidateGathered{answer->peer, {Secret{"candidate:" + made.text}, "0", 0, Secret{"u"}}});
    } else if (const auto* remote = std::get_if<ApplyRemote>(&effect)) {
      applied(index, *remote);
    } else if (const auto* close = std::get_if<ClosePeer>(&effect)) {
      std::erase_if(pages[index].connections, [&](const auto& open) { return open.first == close->peer; });
    }
  }

  /// "offer <page and peer>" or "answer <page and peer> <page and peer of the offer>".
  static core::Sdp sdp(std::size_t index, core::PeerId peer, std::uint64_t to) {
    const std::uint64_t own = static_cast<std::uint64_t>(index) << 32 | peer.value;
    return core::Sdp{std::to_string(own) + " " + std::to_string(to)};
  }
  [[nodiscard]] std::uint64_t far_of(std::size_t index, core::PeerId peer) const {
    for (const auto& [own, far] : pages[index].connections) {
      if (own == peer) return far;
    }
    return 0;
  }

  void applied(std::size_t index, const core::ApplyRemote& remote) {
    using namespace core;
    const std::uint64_t far = std::stoull(remote.sdp.text);
    pages[index].connections.emplace_back(remote.peer, far);
    later(index, RemoteDescriptionApplied{remote.peer});
    if (remote.kind != DescriptionKind::answer || !paths) return;
    later(index, ConnectionChanged{remote.peer, ConnectionState::connected, IceState::connected});
    later(static_cast<std::size_t>(far >> 32),
          ConnectionChanged{PeerId{static_cast<std::uint32_t>(far)}, ConnectionState::connected, IceState::connected});
  }

  std::vector<std::pair<std::size_t, core::Event>> work_;
  std::uint64_t calls_{};
};

}  // namespace odnix::test
