#include "support/recorded_frames.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

namespace odnix::test {

std::vector<RecordedFrame> recorded_frames() {
  std::vector<RecordedFrame> frames;
  std::ifstream file(ODNIX_SOURCE_DIR "/tests/data/frames.jsonl");
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line);
    frames.push_back(
        {row.at("direction") == "sent", row.at("socket") == "/ws/notify/", row.at("text").get<std::string>()});
  }
  return frames;
}

}  // namespace odnix::test
