// Pages that are reloaded in a call: what a tab keeps from one page to the next, proofs, and somebody who was never in
// the call and tries to take it up.
#include "core/hash.hpp"
#include "sim/world.hpp"

namespace odnix::sim {
namespace {

/// No page of this world has it.
constexpr std::uint64_t forged = 0x800;

}  // namespace

void World::run(unsigned index, core::KeepCall& effect) {
  Seat& seat = seats_[index];
  if (!seat.consent) fail(Invariant::consent, index, "a call is kept that nobody accepted");
  seat.tab = {effect.kept, now_, seat.consent, seat.camera_consent};
}

void World::run(unsigned index, core::FindKept&) {
  if (seats_[index].tab.kept) schedule(1, Kind::kept_found, index);
}

void World::find_kept(unsigned index) {
  Seat& seat = seats_[index];
  if (!seat.tab.kept) return;
  const Tab tab = std::exchange(seat.tab, {});
  const bool idle = !core::call_of(seat.state.phase);
  if (idle) {  // the same tab, the same person, a moment ago
    seat.consent = tab.consent;
    seat.camera_consent = tab.camera_consent;
  }
  tell(index, core::KeptFound{*tab.kept, core::Duration{now_ - tab.at}});
}

/// HMAC-SHA-256, for this world.
void World::run(unsigned index, core::Prove& effect) {
  std::string text = effect.token.text;
  for (const std::uint64_t part :
       {effect.call.hi, effect.call.lo, effect.endpoint.value, std::uint64_t{read_sdp(effect.sdp.text).number}}) {
    text += '/' + std::to_string(part);
  }
  proofs_.push_back({effect.ticket, {"#p" + std::to_string(core::hash(text))}});
  schedule(delay(Site::promise, index, 1, profile_->scripted ? 1 : 40), Kind::proved, index,
           static_cast<std::uint32_t>(proofs_.size() - 1));
}

void World::prove(const Item& item) {
  core::Proved proved = proofs_[item.a];
  if (options_.mutation == Mutation::believe_any_proof) {
    for (const auto& claim : seats_[item.seat].state.claims) {
      if (claim.ticket == proved.ticket) proved.proof = claim.said.proof;
    }
  }
  tell(item.seat, std::move(proved));
}

/// Somebody in the chat heard a page come back, and says the same for a page of their own, a little earlier.
void World::forge(const Frame& heard) {
  const auto* said = std::get_if<core::Resume>(&heard.signal);
  if (!said || !decisions_.chance(Site::resume, heard.from, profile_->hostile)) return;
  Frame lie = heard;
  lie.header->from.value |= forged;
  lie.header->seq = 1;
  for (unsigned i = 0; i < seats_.size(); ++i) {
    const Seat& seat = seats_[i];
    if (!seat.alive || seat.frozen || seat.plan.old || seat.plan.user == heard.user || violation_) continue;
    if (seat.plan.chat != heard.chat || seat.lines[0].is != Line::Is::open) continue;
    tell(i, core::MessageReceived{core::ChatId{lie.chat}, core::UserId{lie.user}, lie.header, lie.signal});
  }
}

/// Who is at the other end of a call is a page of the person whom the call names.
void World::check_people(unsigned index) {
  const core::Call* call = core::call_of(seats_[index].state.phase);
  if (!call || call->links.size() != 1) return;
  const auto& endpoint = call->links.front().endpoint;
  if (!endpoint) return;
  if ((endpoint->value & forged) != 0) fail(Invariant::same_people, index, "a page without the token took up the call");
  const auto seat = static_cast<std::size_t>(endpoint->value / 0x1000 - 1);
  const auto& person = call->group ? call->links.front().user : call->user;  // of a group: who invited
  if (person && seat < seats_.size() && seats_[seat].plan.user != person->value) {
    fail(Invariant::same_people, index, "the call went on with somebody else");
  }
}

}  // namespace odnix::sim
