// The words in which browsers tell states and errors, mapped once. Total: a word we do not know has an answer too.
// Sources: W3C WebRTC (RTCPeerConnectionState, RTCIceConnectionState, RTCSdpType), Media Capture and Streams (the
// errors of getUserMedia), Permissions (PermissionState).
#pragma once

#include <optional>
#include <string_view>

#include "core/event.hpp"
#include "core/media.hpp"

namespace odnix::ports {

[[nodiscard]] core::ConnectionState connection_state(std::string_view word);
[[nodiscard]] core::IceState ice_state(std::string_view word);
[[nodiscard]] core::Permission permission(std::string_view word);

/// `name` is the DOMException's name; `message` tells a dismissed question from a denied one, where the browser does.
/// "InsecureContext" is the glue's own word for a page that gets no mediaDevices.
[[nodiscard]] core::MediaError media_error(std::string_view name, std::string_view message);

/// What another tab of ours said.
[[nodiscard]] std::optional<core::TabNews> tab_news(std::string_view word);

[[nodiscard]] std::optional<core::MediaKind> media_kind(std::string_view word);
[[nodiscard]] std::optional<core::DescriptionKind> description_kind(std::string_view word);
[[nodiscard]] std::optional<core::DescriptionStep> description_step(std::string_view word);

}  // namespace odnix::ports
