// odnix-dev-server: serves the shell and the built client, relays call messages as the real server does.
// For development and demos only: it believes everybody who they say they are.

#include <csignal>
#include <cstdio>

#include "server.hpp"

namespace {

using namespace odnix::devserver;

volatile std::sig_atomic_t stop = 0;
const Server* running = nullptr;

void on_signal(int) {
  stop = 1;
  if (running != nullptr) running->wake();
}

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int fail(const std::string& error) {
  std::fprintf(stderr, "odnix-dev-server: %s\n", error.c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  std::string error;
  const auto options = parse_options({argv + 1, argv + argc}, error);
  if (!options) return fail(error + "; see --help");
  if (options->help) {
    std::fputs(usage().c_str(), stdout);
    return 0;
  }
  const auto accounts = read_accounts(options->accounts, error);
  if (!accounts) return fail(error);
  StaticFiles files;
  if (!files.open(options->www, error)) return fail(error);

  const Log log(options->verbose);
  Hub hub(*options, log);
  if (options->test_controls) hub.record_frames();
  const Site site(*accounts, files, options->test_controls ? &hub : nullptr);
  Server server(*options, *accounts, site, hub, log);
  if (!server.listen()) return fail("cannot listen on " + options->bind + ":" + std::to_string(options->port));
  running = &server;
  catch_signals();
  std::printf("listening on %s\n", server.url().c_str());
  std::puts("for development and demos only");
  std::fflush(stdout);
  server.run(stop);
  running = nullptr;
  return 0;
}
