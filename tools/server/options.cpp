#include "options.hpp"

#include <charconv>
#include <functional>
#include <map>

namespace odnix::devserver {
namespace {

template <typename Number>
bool read_number(const std::string& text, Number low, Number high, Number& into) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end || value < low || value > high) return false;
  into = value;
  return true;
}

bool read_text(const std::string& text, std::string& into) {
  into = text;
  return !text.empty();
}

using Setter = std::function<bool(Options&, const std::string&)>;

const std::map<std::string, Setter>& settings_with_value() {
  constexpr std::size_t kLeast = 1024;
  constexpr std::size_t kMost = std::size_t{1} << 30;
  static const std::map<std::string, Setter> table{
      {"--port", [](Options& o, const std::string& v) { return read_number(v, 0, 65535, o.port); }},
      {"--bind", [](Options& o, const std::string& v) { return read_text(v, o.bind); }},
      {"--www",
       [](Options& o, const std::string& v) {
         o.www.push_back(v);
         return !v.empty();
       }},
      {"--accounts", [](Options& o, const std::string& v) { return read_text(v, o.accounts); }},
      {"--tls-cert", [](Options& o, const std::string& v) { return read_text(v, o.tls_cert); }},
      {"--tls-key", [](Options& o, const std::string& v) { return read_text(v, o.tls_key); }},
      {"--max-frame", [](Options& o, const std::string& v) { return read_number(v, kLeast, kMost, o.max_frame); }},
      {"--max-queue", [](Options& o, const std::string& v) { return read_number(v, kLeast, kMost, o.max_queue); }},
  };
  return table;
}

}  // namespace

std::optional<Options> parse_options(const std::vector<std::string>& arguments, std::string& error) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name == "--help" || name == "-h") {
      options.help = true;
    } else if (name == "--verbose") {
      options.verbose = true;
    } else if (name == "--test-controls") {
      options.test_controls = true;
    } else if (const auto found = settings_with_value().find(name); found != settings_with_value().end()) {
      if (i + 1 == arguments.size()) {
        error = name + " needs a value";
        return std::nullopt;
      }
      if (!found->second(options, arguments[++i])) {
        error = name + " does not accept '" + arguments[i] + "'";
        return std::nullopt;
      }
    } else {
      error = "unknown argument '" + name + "'";
      return std::nullopt;
    }
  }
  if (options.help) return options;
  if (options.accounts.empty()) error = "--accounts FILE is required";
  if (options.www.empty()) error = "--www DIR is required";
  if (options.tls_cert.empty() != options.tls_key.empty()) error = "--tls-cert and --tls-key belong together";
  if (!error.empty()) return std::nullopt;
  return options;
}

std::string usage() {
  return "odnix-dev-server: signalling and static files for odnix-call.\n"
         "For development and demos only: anybody who reaches it may be anybody.\n"
         "\n"
         "  --accounts FILE   users and chats (JSON), required\n"
         "  --www DIR         directory with static files; repeatable, searched in order, required\n"
         "  --port N          default 8080; 0 = any free port (printed)\n"
         "  --bind ADDR       default 127.0.0.1; 0.0.0.0 = everybody on the network\n"
         "  --tls-cert FILE   PEM certificate, with\n"
         "  --tls-key FILE    its PEM key: serve https and wss\n"
         "  --max-frame N     largest message accepted, in bytes (default 8388608); more closes with 1009\n"
         "  --max-queue N     bytes that may wait for one slow reader (default 33554432); more drops it\n"
         "  --test-controls   add /test/... (drop sockets, refuse sockets, list relayed frames)\n"
         "  --verbose         one line per connection and refusal\n"
         "  --help\n";
}

}  // namespace odnix::devserver
