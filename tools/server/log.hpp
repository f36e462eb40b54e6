// Lines on stderr. They name users and chats by number and never hold what was said.
#pragma once

#include <cstdio>
#include <string>

namespace odnix::devserver {

/// Always shown: something the person at the terminal should know.
inline void log_notice(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

class Log {
 public:
  explicit Log(bool verbose) : verbose_(verbose) {}
  /// Shown with --verbose.
  void detail(const std::string& line) const {
    if (verbose_) log_notice(line);
  }

 private:
  bool verbose_;
};

}  // namespace odnix::devserver
