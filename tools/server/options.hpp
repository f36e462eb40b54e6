// Command line of the development server. Unknown or malformed arguments are errors, never guesses.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace odnix::devserver {

struct Options {
  int port = 8080;                 ///< 0: any free port, printed when ready
  std::string bind = "127.0.0.1";  ///< loopback unless somebody asks for more
  std::vector<std::string> www;    ///< searched in order
  std::string accounts;            ///< JSON file, see accounts.hpp
  std::string tls_cert;            ///< PEM; both or none
  std::string tls_key;
  std::size_t max_frame = std::size_t{8} << 20;   ///< bytes of one incoming message; more closes with 1009
  std::size_t max_queue = std::size_t{32} << 20;  ///< bytes waiting for one slow reader; more drops that reader
  bool test_controls = false;                     ///< /test/… routes
  bool verbose = false;                           ///< a line per connection and refusal
  bool help = false;

  [[nodiscard]] bool tls() const { return !tls_cert.empty(); }
};

/// nullopt: not usable; `error` then holds one sentence for the person at the terminal.
[[nodiscard]] std::optional<Options> parse_options(const std::vector<std::string>& arguments, std::string& error);

[[nodiscard]] std::string usage();

}  // namespace odnix::devserver
