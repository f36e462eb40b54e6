// What a group's call has beyond other calls (docs/call-rules.md, "Groups").
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.hpp"
#include "core/reflect.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// In one call, this person included: a full mesh of more does not fit an upload line.
inline constexpr std::size_t max_attendees = 8;

ODNIX_ENUM(GroupNews, joined, left, lost, declined, busy)

/// What the others did last, shown for a moment.
struct GroupNote {
  GroupNews news{};
  UserId user;
  TimePoint until{};
  ODNIX_RECORD(GroupNote, news, user, until)
};

/// A page that was in the call: what others still say of it is not believed, only its own later word.
struct Departed {
  EndpointId page;
  UserId user;
  std::uint32_t seq{};  ///< its last word; 0 = it vanished
  TimePoint until{};    ///< others' word counts again
  ODNIX_RECORD(Departed, page, user, seq, until)
  [[nodiscard]] bool is(EndpointId other, UserId person) const { return page == other && user == person; }
};

struct Group {
  bool audio_only{};      ///< how it was begun: invitations go on saying so
  std::uint32_t since{};  ///< Join::since of our stay; 0 = not in it
  TimePoint announce_at{};
  TimePoint announced_at{};
  std::vector<Departed> departed;  ///< at most 16
  std::vector<UserId> refused;     ///< who declined while it rings, at most 16
  std::optional<GroupNote> note;
  ODNIX_RECORD(Group, audio_only, since, announce_at, announced_at, departed, refused, note)
};

/// What a link of a group has beyond others. Each has its own fate.
struct GroupLink {
  std::uint32_t since{};                    ///< their Join::since; 0 = not heard yet
  std::uint32_t round{};                    ///< of the descriptions that count
  std::optional<TimePoint> pathless_since;  ///< absent: connected
  TimePoint retry_at{};
  ODNIX_RECORD(GroupLink, since, round, pathless_since, retry_at)
};

}  // namespace odnix::core
