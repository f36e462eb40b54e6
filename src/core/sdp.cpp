#include <string_view>

#include "core/machine.hpp"

namespace odnix::core {
namespace {

/// The m-section a candidate belongs to; -1 if it does not say.
bool belongs(const Candidate& candidate, int section) { return candidate.m_line_index == section; }

void append_candidates(std::string& out, const std::vector<Candidate>& candidates, int section) {
  for (const auto& candidate : candidates) {
    if (!belongs(candidate, section) || candidate.line.text.empty()) continue;
    out += "a=";
    out += candidate.line.text;
    out += "\r\n";
  }
}

}  // namespace

Sdp with_candidates(const Sdp& sdp, const std::vector<Candidate>& candidates) {
  if (candidates.empty()) return sdp;
  std::string out;
  out.reserve(sdp.text.size() + candidates.size() * 100);
  int section = -1;
  std::string_view rest = sdp.text;
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
  return Sdp{std::move(out)};
}

}  // namespace odnix::core
