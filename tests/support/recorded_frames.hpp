// Frames recorded from a running deployment: an old client calls another, they connect, the caller hangs up.
#pragma once

#include <string>
#include <vector>

namespace odnix::test {

struct RecordedFrame {
  bool sent{};  ///< by a client; else received from the server
  bool notify{};
  std::string text;
};

/// tests/data/frames.jsonl, in order. Empty if it cannot be read.
[[nodiscard]] std::vector<RecordedFrame> recorded_frames();

}  // namespace odnix::test
