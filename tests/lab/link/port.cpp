#include "port.hpp"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace odnix::lab {
namespace {

bool set(int socket, int level, int name, int value) {
  return setsockopt(socket, level, name, &value, sizeof value) == 0;
}

}  // namespace

std::optional<Port> Port::open(const char* interface, std::string& error) {
  const auto fail = [&](const char* what) {
    error = std::string(interface) + ": " + what + ": " + std::strerror(errno);
    return std::nullopt;
  };
  const unsigned index = if_nametoindex(interface);
  if (index == 0) return fail("no such interface");
  const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return fail("packet socket");
  if (!set(socket, SOL_PACKET, PACKET_VNET_HDR, 1)) return fail("checksums");
  if (!set(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)) return fail("own frames");
  set(socket, SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20);  // a flood loses frames by the weather, not by us; where allowed
  packet_mreq everything{};
  everything.mr_ifindex = static_cast<int>(index);
  everything.mr_type = PACKET_MR_PROMISC;
  if (setsockopt(socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &everything, sizeof everything) != 0)
    return fail("promiscuous");
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(index);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return fail("bind");
  return Port(socket);
}

std::optional<Bytes> Port::read() const {
  static Bytes buffer(128 * 1024);
  const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;
  return Bytes(buffer.begin(), buffer.begin() + size);
}

void Port::write(const Bytes& frame) const {
  send(socket_, frame.data(), frame.size(), 0);  // a full interface loses frames, as a cable does
}

}  // namespace odnix::lab
