#include "ports/browser_words.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using namespace odnix;
using core::ConnectionState;
using core::IceState;
using core::MediaError;
using core::Permission;

TEST_CASE("every RTCPeerConnectionState has its value, and any other word is unknown", "[ports]") {
  struct Row {
    std::string_view word;
    ConnectionState state;
  };
  const Row rows[] = {
      {"new", ConnectionState::fresh},
      {"connecting", ConnectionState::connecting},
      {"connected", ConnectionState::connected},
      {"disconnected", ConnectionState::disconnected},
      {"failed", ConnectionState::failed},
      {"closed", ConnectionState::closed},
      {"", ConnectionState::unknown},
      {"fresh", ConnectionState::unknown},
      {"unknown", ConnectionState::unknown},
      {"Connected", ConnectionState::unknown},
      {"connected ", ConnectionState::unknown},
      {"checking", ConnectionState::unknown},
  };
  for (const auto& row : rows) {
    INFO(row.word);
    CHECK(ports::connection_state(row.word) == row.state);
  }
}

TEST_CASE("every RTCIceConnectionState has its value, and any other word is unknown", "[ports]") {
  struct Row {
    std::string_view word;
    IceState state;
  };
  const Row rows[] = {
      {"new", IceState::fresh},
      {"checking", IceState::checking},
      {"connected", IceState::connected},
      {"completed", IceState::completed},
      {"disconnected", IceState::disconnected},
      {"failed", IceState::failed},
      {"closed", IceState::closed},
      {"", IceState::unknown},
      {"fresh", IceState::unknown},
      {"connecting", IceState::unknown},
  };
  for (const auto& row : rows) {
    INFO(row.word);
    CHECK(ports::ice_state(row.word) == row.state);
  }
}

TEST_CASE("the errors of getUserMedia become reasons with a next step each", "[ports]") {
  struct Row {
    std::string_view name;
    std::string_view message;
    MediaError error;
  };
  const Row rows[] = {
      {"NotAllowedError", "Permission denied", MediaError::denied},
      {"NotAllowedError", "Permission dismissed", MediaError::dismissed},
      {"NotAllowedError", "Permission denied by system", MediaError::denied},
      {"NotAllowedError", "", MediaError::denied},
      {"NotFoundError", "Requested device not found", MediaError::missing},
      {"NotFoundError", "dismissed", MediaError::missing},
      {"NotReadableError", "Could not start video source", MediaError::busy},
      {"AbortError", "Starting videoinput failed", MediaError::busy},
      {"OverconstrainedError", "", MediaError::constrained},
      {"InsecureContext", "no mediaDevices", MediaError::insecure},
      {"TypeError", "", MediaError::unknown},
      {"", "", MediaError::unknown},
  };
  for (const auto& row : rows) {
    INFO(row.name << ": " << row.message);
    CHECK(ports::media_error(row.name, row.message) == row.error);
  }
}

TEST_CASE("permission states, kinds and steps are read by name", "[ports]") {
  CHECK(ports::permission("granted") == Permission::granted);
  CHECK(ports::permission("prompt") == Permission::prompt);
  CHECK(ports::permission("denied") == Permission::denied);
  CHECK(ports::permission("") == Permission::unknown);
  CHECK(ports::permission("asked") == Permission::unknown);

  CHECK(ports::media_kind("audio") == core::MediaKind::audio);
  CHECK(ports::media_kind("video") == core::MediaKind::video);
  CHECK_FALSE(ports::media_kind("data"));
  CHECK_FALSE(ports::media_kind(""));

  CHECK(ports::description_kind("offer") == core::DescriptionKind::offer);
  CHECK(ports::description_kind("answer") == core::DescriptionKind::answer);
  CHECK_FALSE(ports::description_kind("pranswer"));
  CHECK(ports::description_step("remote") == core::DescriptionStep::remote);
  CHECK_FALSE(ports::description_step("rollback"));
}
