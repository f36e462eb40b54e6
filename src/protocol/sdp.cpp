#include "protocol/sdp.hpp"

#include <cstddef>

#include "core/hash.hpp"
#include "protocol/limits.hpp"

namespace odnix::protocol {
namespace {

/// The candidates of one m-section, as lines of it.
void append_candidates(std::string& out, const std::vector<core::Candidate>& candidates, int section) {
  if (section < 0) return;  // before the first section; also what a candidate without an index would match
  for (const core::Candidate& candidate : candidates) {
    if (candidate.m_line_index != section || candidate.line.text.empty()) continue;
    out += "a=" + candidate.line.text + "\r\n";
  }
}

}  // namespace

std::string_view check_sdp(std::string_view sdp) {
  if (sdp.size() > limits::sdp_bytes) return "sdp-too-large";
  constexpr std::string_view candidate = "a=candidate:";
  std::size_t media_lines = 0;
  std::size_t candidates = 0;
  char before = '\n';
  for (std::size_t i = 0; i + 1 < sdp.size(); ++i) {
    // Browsers end a line at \r\n or \n; counting after a lone \r too errs on the safe side.
    const bool line_begins = before == '\n' || before == '\r';
    before = sdp[i];
    if (!line_begins || sdp[i + 1] != '=') continue;
    if (sdp[i] == 'm') ++media_lines;
    if (sdp.substr(i, candidate.size()) == candidate) ++candidates;
  }
  if (media_lines > limits::sdp_media_lines) return "too-many-media-lines";
  return candidates > limits::sdp_candidates ? "too-many-candidates" : std::string_view{};
}

std::int64_t session_of(std::string_view sdp) {
  auto start = sdp.substr(0, 2) == "o=" ? 0 : sdp.find("\no=");
  if (start == std::string_view::npos) return 0;
  if (sdp[start] == '\n') ++start;
  const std::string_view line = sdp.substr(start, sdp.find_first_of("\r\n", start) - start);
  const auto session = static_cast<std::int64_t>(core::hash(line) >> 1);
  return session == 0 ? 1 : session;
}

std::string fingerprints_of(std::string_view sdp) {
  constexpr std::string_view mark = "a=fingerprint:";
  std::string out;
  for (auto at = sdp.find(mark); at != std::string_view::npos; at = sdp.find(mark, at + 1)) {
    out += sdp.substr(at, sdp.find_first_of("\r\n", at) - at);
    out += '\n';
  }
  return out;
}

std::string with_candidates(std::string_view sdp, const std::vector<core::Candidate>& candidates) {
  std::string out;
  out.reserve(sdp.size() + candidates.size() * 100);
  int section = -1;
  std::string_view rest = sdp;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    rest.remove_prefix(line.size());
    if (line.substr(0, 2) == "m=") {
      append_candidates(out, candidates, section);
      ++section;
    }
    out += line;
  }
  append_candidates(out, candidates, section);
  return out;
}

std::string without_candidates(std::string_view sdp, std::vector<core::Candidate>* taken) {
  std::string out;
  out.reserve(sdp.size());
  int section = -1;
  for (std::string_view rest = sdp; !rest.empty();) {
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    rest.remove_prefix(line.size());
    if (line.substr(0, 2) == "m=") ++section;
    if (line.substr(0, 12) != "a=candidate:") {
      if (line.substr(0, 19) != "a=end-of-candidates") out += line;
      continue;
    }
    line = line.substr(2, line.find_last_not_of("\r\n") - 1);
    if (taken != nullptr && taken->size() < limits::candidates && line.size() <= limits::candidate_bytes) {
      taken->push_back({{std::string(line)}, {}, section, {}});
    }
  }
  return out;
}

}  // namespace odnix::protocol
