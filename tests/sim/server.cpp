// The server of protocol.md: relays five types to everybody else in the chat, never to the same user, pushes offers to
// the members' notify sockets, remembers nothing.
#include <algorithm>

#include "sim/world.hpp"

namespace odnix::sim {

std::uint32_t World::keep(Frame frame) {
  if (!free_frames_.empty()) {
    const std::uint32_t slot = free_frames_.back();
    free_frames_.pop_back();
    frames_[slot] = std::move(frame);
    return slot;
  }
  frames_.push_back(std::move(frame));
  return static_cast<std::uint32_t>(frames_.size() - 1);
}

void World::drop(std::uint32_t frame) {
  if (--frames_[frame].refs <= 0) free_frames_.push_back(frame);
}

/// Chat 1 is everybody's (two users); with more users, chat 23 is that of users 2 and 3.
bool World::is_member(int user, int chat) const { return chat < 10 || chat / 10 == user || chat % 10 == user; }

void World::send(unsigned index, Frame frame) {
  Line& line = seats_[index].lines[0];
  if (line.is != Line::Is::open || line.dead) return;
  frame.from = static_cast<std::uint8_t>(index);
  frame.user = seats_[index].plan.user;
  frame.chat = seats_[index].plan.chat;
  frame.refs = 1;
  line.up_at = std::max(line.up_at, now_ + delay(Site::up, index, 5, profile_->jitter));
  schedule(line.up_at - now_, Kind::frame_at_server, index, keep(std::move(frame)), line.life);
}

void World::relay(const Item& item) {
  Frame& frame = frames_[item.a];
  const bool arrives = server_up_ && item.b > seats_[item.seat].lines[0].lost;
  if (arrives) forge(frames_[item.a]);
  const bool pushes = arrives && !profile_->group && std::get_if<core::Offer>(&frame.signal);
  for (unsigned i = 0; arrives && i < seats_.size(); ++i) {
    Seat& seat = seats_[i];
    if (!seat.alive || seat.plan.user == frame.user) continue;
    Line& call = seat.lines[0];
    if (seat.plan.chat == frame.chat && call.is == Line::Is::open && !call.dead) {
      int copies = decisions_.chance(Site::loss, i, profile_->loss) ? 0 : 1;
      if (copies == 1 && decisions_.chance(Site::twice, i, profile_->twice)) copies = 2;
      for (; copies > 0; --copies) {
        ++frame.refs;
        call.down_at = std::max(call.down_at, now_ + delay(Site::down, i, 5, profile_->jitter));
        schedule(call.down_at - now_, Kind::frame_at_seat, i, item.a, call.life);
      }
    }
    Line& notify = seat.lines[1];
    // A page takes pushes of other chats in place; here each page keeps to its own.
    if (pushes && seat.plan.chat == frame.chat && is_member(seat.plan.user, frame.chat) &&
        notify.is == Line::Is::open && !notify.dead) {
      ++frame.refs;
      notify.down_at = std::max(notify.down_at, now_ + delay(Site::down, i, 5, profile_->jitter));
      schedule(notify.down_at - now_, Kind::push_at_seat, i, item.a, notify.life);
    }
  }
  drop(item.a);
}

void World::deliver(const Item& item) {
  Seat& seat = seats_[item.seat];
  const bool push = item.kind == Kind::push_at_seat;
  if (seat.lines[push ? 1 : 0].life != item.b) {
    drop(item.a);
    return;
  }
  const Frame& frame = frames_[item.a];
  if (push) {
    const bool audio_only = std::get_if<core::Offer>(&frame.signal)->audio_only;
    core::CallPushed pushed{core::ChatId{frame.chat}, core::UserId{frame.user}, audio_only, {"#pushed"}, {}};
    drop(item.a);
    tell(item.seat, std::move(pushed));
    return;
  }
  if (seat.plan.old) {
    const Frame copy = frame;
    drop(item.a);
    old_hears(item.seat, copy);
    return;
  }
  core::MessageReceived message{core::ChatId{frame.chat}, core::UserId{frame.user}, frame.header, {}};
  if (frame.refs == 1) {
    message.signal = std::move(frames_[item.a].signal);
  } else {
    message.signal = frame.signal;
  }
  drop(item.a);
  tell(item.seat, std::move(message));
}

void World::line_opens(const Item& item) {
  Line& line = seats_[item.seat].lines[item.a];
  const bool in_its_place = line.fresh == item.b;
  if (!in_its_place && (line.life != item.b || line.is != Line::Is::opening)) return;
  if (!server_up_) {
    line_closes(item);
    return;
  }
  if (in_its_place) begin_line(line, item.b);
  line.is = Line::Is::open;
  last_fault_ = std::max(last_fault_, now_);
  if (seats_[item.seat].plan.old) return;
  core::SocketKey key;
  if (item.a == 0) key.chat = core::ChatId{seats_[item.seat].plan.chat};
  tell(item.seat, core::SocketOpened{key});
}

void World::line_closes(const Item& item) {
  Seat& seat = seats_[item.seat];
  Line& line = seat.lines[item.a];
  const bool fresh = line.fresh == item.b;
  if (!fresh && (line.life != item.b || line.is == Line::Is::closed)) return;
  last_fault_ = std::max(last_fault_, now_);
  if (!fresh && line.fresh != 0) {  // what becomes of that one is told
    line.dead = line.gone = true;
    line.lost = line.life;
    return;
  }
  const bool stands = fresh && !line.gone;
  line.fresh = 0;
  if (!stands) close_line(line);
  if (seat.plan.old) {  // call.js opens a new one after 2 s
    core::OpenSocket open{core::SocketKey{core::ChatId{seat.plan.chat}}};
    run(item.seat, open);
    return;
  }
  core::SocketKey key;
  if (item.a == 0) key.chat = core::ChatId{seat.plan.chat};
  const core::Duration jitter{decisions_.pick(Site::jitter, item.seat, 1001)};
  tell(item.seat, core::SocketClosed{key, 1006, jitter, stands});
}

/// From now on the server has left it; the browser learns soon, or after the silence of a half-open connection.
void World::break_line(unsigned index, unsigned which, bool half_open) {
  Line& line = seats_[index].lines[which];
  if (line.is == Line::Is::closed || line.dead) return;
  line.dead = true;
  line.lost = line.life;
  last_fault_ = std::max(last_fault_, now_);
  const std::int64_t notice = delay(Site::notice, index, 1, half_open ? 20000 : 50);
  schedule(notice, Kind::line_closes, index, which, line.life);
}

}  // namespace odnix::sim
