// What a person sees, as plain data: the UI draws it and knows nothing else. Immutable; equal models draw equal
// pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/reflect.hpp"

namespace odnix::view {

/// incoming: a card, the page stays usable. outgoing, in_call, ended: the stage. notice: a question or trouble before
/// or after a call.
ODNIX_ENUM(Screen, none, incoming, outgoing, in_call, notice, ended)

/// Everything that can be pressed. Names (with '-' for '_') are the mirror's data-control values.
ODNIX_ENUM(ControlId, accept, accept_audio, decline, mute_ring, cancel, hang_up, microphone, camera, share, call_again,
           dismiss, listen_only, tap_to_hear)

/// How a control looks: neutral grey, accept green, danger red.
ODNIX_ENUM(ControlRole, neutral, accept, danger)

struct Control {
  ControlId id{};
  std::string label;    ///< what a screen reader says and a tooltip shows ("Turn microphone off")
  std::string caption;  ///< short text under or on the button ("Mute"); may be empty
  ControlRole role{};
  std::optional<bool> pressed;  ///< toggles: true = the device is on; absent: plain button
  bool enabled{true};
  ODNIX_RECORD(Control, id, label, caption, role, pressed, enabled)
};

/// One remote person's place on the stage.
struct Tile {
  core::PeerId peer;  ///< names the native video element
  std::string name;
  std::string initials;
  bool video{};  ///< their picture flows: show the video element, else the avatar
  bool muted{};  ///< in a group: their microphone is off
  ODNIX_RECORD(Tile, peer, name, initials, video, muted)
};

/// The video element of the screen that this peer shares (web/glue/share.js has the same bit).
[[nodiscard]] constexpr core::PeerId shared_of(core::PeerId peer) { return {peer.value | 0x40000000}; }

/// quiet: information. warning: something the person should do or know.
ODNIX_ENUM(BannerKind, quiet, warning)

struct Banner {
  BannerKind kind{};
  std::string text;
  ODNIX_RECORD(Banner, kind, text)
};

struct ViewModel {
  Screen screen{};
  bool video{};                       ///< a video call (else an audio call: avatar instead of a picture)
  std::string title;                  ///< the other person's name, cleaned
  std::string initials;               ///< one or two characters for the avatar disc
  std::string avatar;                 ///< image URL that passed the rules of security.md, or empty
  std::string status;                 ///< one line: "Ringing…", "Anna declined"
  std::string detail;                 ///< second line: what to do next; may be empty
  std::optional<std::int64_t> timer;  ///< whole seconds since the call connected
  std::optional<Banner> banner;
  std::vector<Tile> tiles;             ///< remote people; one in a one-to-one call
  std::optional<core::PeerId> shared;  ///< their screen, large: names its video element
  bool self_view{};                    ///< show the own camera's preview
  bool microphone_on{};                ///< for the preview's muted badge
  bool microphone_open{};              ///< captured, muted or not
  std::vector<Control> controls;       ///< in reading order
  ODNIX_RECORD(ViewModel, screen, video, title, initials, avatar, status, detail, timer, banner, tiles, shared,
               self_view, microphone_on, microphone_open, controls)
};

/// What the person asked for by pressing a control.
struct Intent {
  ControlId control{};
  ODNIX_RECORD(Intent, control)
};

}  // namespace odnix::view
