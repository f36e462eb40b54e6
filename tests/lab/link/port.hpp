#pragma once
// One end of the link: a network interface, read and written frame by frame (packet(7)).

#include <optional>
#include <string>

#include "direction.hpp"

namespace odnix::lab {

class Port {
 public:
  /// Takes everything that arrives at this interface. On failure `error` says why.
  static std::optional<Port> open(const char* interface, std::string& error);

  int descriptor() const { return socket_; }
  /// The next frame that arrived, if any. It carries the kernel's note about unfinished checksums in front, which
  /// write() hands back: virtual interfaces leave them to hardware that they do not have.
  std::optional<Bytes> read() const;
  void write(const Bytes& frame) const;

 private:
  explicit Port(int socket) : socket_(socket) {}
  int socket_;  ///< open until the program ends
};

}  // namespace odnix::lab
