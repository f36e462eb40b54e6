// The second way: the data channel of a peer connection. It needs no server, so a running call is not hurt by a dead
// one. A message that will be acknowledged goes by the channel alone while the path is sound, which costs the server
// nothing; without an acknowledgement after 1 s the socket repeats it. What cannot wait for that goes both ways at
// once, and the second copy changes nothing.
#include <algorithm>

#include "core/machine.hpp"

namespace odnix::core {

/// Whether that was all: otherwise the socket carries it too.
bool Machine::send_by_channel(const Link& to, const SendMessage& message) {
  if (!to.channel || !message.header->to) return false;
  emit(SendByChannel{to.peer, message});
  // An end closes the channel right behind itself, and while the path is in doubt the channel may be late or gone.
  const bool can_wait = wants_ack(message.signal) && !std::get_if<End>(&message.signal);
  if (!can_wait || to.phase != LinkPhase::connected) return false;
  await_ack(message);
  return true;
}

/// A message that somebody vouches for: the server, or the connection that it came by.
void Machine::take(const Sender& sender, const Signal& signal) {
  if (is_impostor(sender)) return;
  acknowledge(sender, signal);
  if (is_duplicate(sender)) return;
  if (is_group(sender.chat)) {
    group_receive(sender, signal);
    return;
  }
  std::visit([&](const auto& said) { receive(sender, said); }, signal);
}

void Machine::on(const ChannelOpened& event) {
  Link* link = link_of(event.peer);
  if (!link || link->dialect != Dialect::v2 || !link->endpoint) return;
  link->channel = true;
  link->own_token = event.token;
  const Header header{call()->id, state_.self.endpoint, link->endpoint, ++call()->sent};
  emit(SendByChannel{link->peer, SendMessage{call()->chat, header, ResumeKey{event.token}}});
}

/// The call goes on without it. What is not acknowledged will not be any more: the socket repeats it at once.
void Machine::on(const ChannelClosed& event) {
  Link* link = link_of(event.peer);
  if (!link || !link->channel) return;
  link->channel = false;
  for (auto& item : state_.unacked) {
    if (item.message.header->to == link->endpoint) item.due = std::min(item.due, now_);
  }
}

/// Only the page at the other end, only about this call, only to us: a peer cannot speak for others.
void Machine::on(const ChannelMessage& event) {
  const Link* link = link_of(event.peer);
  if (!link || !link->user || link->endpoint != event.header.from) return;
  if (event.header.call != call()->id || event.header.to != state_.self.endpoint) return;
  take({call()->chat, *link->user, event.header, event.peer}, event.signal);
}

}  // namespace odnix::core
