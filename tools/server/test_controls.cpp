#include "test_controls.hpp"

#include <chrono>

namespace odnix::devserver {
namespace {

using Clock = std::chrono::steady_clock;
const Clock::time_point started = Clock::now();

}  // namespace

void FrameLog::add(int chat, int from, const std::string& type, const std::string& payload) {
  const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
  entries_.push_back("{\"at_ms\": " + std::to_string(age.count()) + ", \"chat\": " + std::to_string(chat) +
                     ", \"from\": " + std::to_string(from) + ", \"type\": \"" + type +
                     "\", \"size\": " + std::to_string(payload.size()) + ", \"payload\": " + payload + "}");
  bytes_ += entries_.back().size();
  while (bytes_ > kMaxBytes) {
    bytes_ -= entries_.front().size();
    entries_.pop_front();
  }
}

std::string FrameLog::dump() const {
  std::string out = "[";
  for (const std::string& entry : entries_) {
    if (out.size() > 1) out += ",\n";
    out += entry;
  }
  return out + "]";
}

std::optional<Response> serve_test_controls(TestLevers& levers, const Request& request, const std::string& path) {
  const bool post = request.method == Request::Method::Post;
  if (path == "/test/frames") return post ? plain(405, "GET only") : json(levers.frames().dump());
  if (path == "/test/refuse") {
    if (!post) return plain(405, "POST only");
    const auto on = request.parameter("on");
    if (on != "0" && on != "1") return plain(400, "on=0 or on=1");
    levers.refuse(on == "1");
    return json(std::string("{\"refusing\": ") + (on == "1" ? "true}" : "false}"));
  }
  if (path == "/test/sockets/drop") {
    if (!post) return plain(405, "POST only");
    const auto user = read_id(request.parameter("user").value_or(""));
    if (!user) return plain(400, "user=N");
    return json("{\"dropped\": " + std::to_string(levers.drop_sockets(*user)) + "}");
  }
  return std::nullopt;
}

}  // namespace odnix::devserver
