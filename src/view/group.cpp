#include "view/group.hpp"

#include <algorithm>

#include "view/person.hpp"

namespace odnix::view {
namespace {

/// As the page names them; else by what it does not know either.
std::string name_in(const core::State& state, core::UserId user, const Strings& s) {
  for (const core::Member& member : state.self.members) {
    if (member.user == user && !member.name.text.empty()) return clean_name(member.name.text);
  }
  for (const core::Person& person : state.people) {
    if (person.user == user && !person.name.text.empty()) return clean_name(person.name.text);
  }
  return std::string(s.somebody);
}

std::string_view sentence(core::GroupNews news, const Strings& s) {
  switch (news) {
    case core::GroupNews::joined: return s.joined;
    case core::GroupNews::left: return s.left;
    case core::GroupNews::lost: return s.lost_one;
    case core::GroupNews::declined: return s.declined_one;
    case core::GroupNews::busy: return s.busy_one;
  }
  return {};
}

}  // namespace

void show_group(ViewModel& model, const core::State& state, const Strings& s) {
  const core::Call* call = core::call_of(state.phase);
  if (!call || !call->group) return;
  if (model.screen == Screen::incoming) {
    model.status = with_name(s.calls_group, name_in(state, *call->user, s)) + " · " + model.status;
    return;
  }
  for (std::size_t i = 0; i < model.tiles.size(); ++i) {
    const core::Link& link = call->links[i];
    Tile& tile = model.tiles[i];
    tile.name = name_in(state, *link.user, s);
    tile.initials = initials(tile.name);
    tile.muted = link.remote_media && !link.remote_media->microphone;
  }
  if (model.screen == Screen::in_call && call->links.empty()) model.status = s.waiting_for_others;
  if (!model.banner && call->group->note) {
    const core::GroupNote& note = *call->group->note;
    model.banner = Banner{BannerKind::quiet, with_name(sentence(note.news, s), name_in(state, note.user, s))};
  }
}

}  // namespace odnix::view
