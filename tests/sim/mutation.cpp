#include "sim/mutation.hpp"

#include <algorithm>

#include "core/timing.hpp"

namespace odnix::sim {
namespace {

using core::Effect;

template <class E>
void drop(core::Step& step) {
  std::erase_if(step.effects, [](const Effect& effect) { return std::get_if<E>(&effect) != nullptr; });
}

template <class S>
const S* said(const Effect& effect) {
  const auto* message = std::get_if<core::SendMessage>(&effect);
  return message ? std::get_if<S>(&message->signal) : nullptr;
}

template <class Match>
void repeat(core::Step& step, Match match) {
  for (std::size_t i = 0; i < step.effects.size(); ++i) {
    if (!match(step.effects[i])) continue;
    step.effects.insert(step.effects.begin() + static_cast<std::ptrdiff_t>(i), Effect{step.effects[i]});
    ++i;
  }
}

}  // namespace

bool lets_through(Mutation mutation, const core::State& state, const core::Event& event) {
  if (mutation == Mutation::lose_device_lists) return !std::get_if<core::DevicesTold>(&event);
  if (const auto* by_channel = std::get_if<core::ChannelMessage>(&event)) {
    return !(mutation == Mutation::both_insist && std::get_if<core::Renegotiate>(&by_channel->signal));
  }
  const auto* message = std::get_if<core::MessageReceived>(&event);
  if (!message) return true;
  if (mutation == Mutation::ignore_end) return !std::get_if<core::End>(&message->signal);
  if (mutation == Mutation::miss_joins) {
    return !std::get_if<core::Join>(&message->signal) && !std::get_if<core::LinkDescription>(&message->signal);
  }
  const bool calls = std::get_if<core::Preparing>(&state.phase) || std::get_if<core::OutRinging>(&state.phase);
  if (mutation == Mutation::win_every_glare) return !(calls && std::get_if<core::Offer>(&message->signal));
  if (mutation == Mutation::both_insist) {
    const auto* said = std::get_if<core::Renegotiate>(&message->signal);
    const core::Call* call = core::call_of(state.phase);
    return !(said && said->kind == core::DescriptionKind::offer && call &&
             call->links.front().negotiation.step == core::NegotiationStep::offered);
  }
  return true;
}

void spoil(Mutation mutation, std::size_t before, const core::Event& event, core::Step& step) {
  if (mutation == Mutation::none) return;
  core::State& next = step.next;
  core::Call* call = core::call_of(next.phase);
  const bool entered = next.phase.index() != before;
  switch (mutation) {
    case Mutation::none:
    case Mutation::ignore_end:
    case Mutation::forget_deadline:
    case Mutation::both_insist:
    case Mutation::miss_joins:
    case Mutation::lose_device_lists:
    case Mutation::win_every_glare: return;
    case Mutation::speak_aloud:
      for (Effect& effect : step.effects) {
        if (const auto* invite = said<core::Invite>(effect)) {
          std::get_if<core::SendMessage>(&effect)->signal = core::Offer{{}, invite->audio_only, {}, 0, {}};
        }
      }
      return;
    case Mutation::both_offer:
      for (Effect& effect : step.effects) {
        if (const auto* answer = std::get_if<core::CreateAnswer>(&effect))
          effect = core::CreateOffer{answer->peer, false};
      }
      return;
    case Mutation::keep_peers_open: drop<core::ClosePeer>(step); return;
    case Mutation::keep_media_open: drop<core::CloseMedia>(step); return;
    case Mutation::second_answer:
      repeat(step, [](const Effect& effect) { return said<core::Answer>(effect) != nullptr; });
      return;
    case Mutation::capture_on_ring:
      if (entered && std::get_if<core::InRinging>(&next.phase)) {
        step.effects.push_back(core::OpenMedia{core::RequestId{++next.handles}, true, true});
      }
      return;
    case Mutation::lose_stop_tone: drop<core::StopTone>(step); return;
    case Mutation::apply_answer_twice:
      repeat(step, [](const Effect& effect) {
        const auto* apply = std::get_if<core::ApplyRemote>(&effect);
        return apply && apply->kind == core::DescriptionKind::answer;
      });
      return;
    case Mutation::untrue_reason:
      if (auto* ended = std::get_if<core::Ended>(&next.phase); ended && entered) {
        if (ended->reason == core::EndReason::cancelled) ended->reason = core::EndReason::declined;
      }
      return;
    case Mutation::offer_in_call:
      if (entered && std::get_if<core::Active>(&next.phase) && call->links.front().dialect == core::Dialect::old) {
        step.effects.push_back(
            core::SendMessage{call->chat, std::nullopt, core::Offer{*call->links.front().local, false, {}, 0, {}}});
      }
      return;
    case Mutation::change_old_call:
      if (entered && std::get_if<core::Active>(&next.phase) && call->links.front().dialect == core::Dialect::old) {
        step.effects.push_back(core::CreateOffer{call->links.front().peer, true, false});
      }
      return;
    case Mutation::answer_while_it_rings:
      if (std::get_if<core::LocalDescriptionReady>(&event) && std::get_if<core::InRinging>(&next.phase) &&
          call->links.front().local) {
        const core::Link& link = call->links.front();
        step.effects.push_back(
            core::SendMessage{call->chat, core::Header{call->id, next.self.endpoint, link.endpoint, ++call->sent},
                              core::Answer{*link.local, {}}});
      }
      return;
    case Mutation::connect_by_any_way:
      for (Effect& effect : step.effects) {
        if (auto* made = std::get_if<core::CreatePeer>(&effect)) made->relayed = false;
      }
      return;
    case Mutation::hear_while_it_rings:
      for (Effect& effect : step.effects) {
        if (auto* apply = std::get_if<core::ApplyRemote>(&effect)) apply->bare = false;
      }
      return;
    case Mutation::pause_for_ever:
      if (!call) return;
      for (core::Link& link : call->links) {
        if (link.quality.paused) link.quality.due.reset();
      }
      return;
    case Mutation::tell_nobody_of_pause: drop<core::LimitMedia>(step); return;
    case Mutation::never_restart:
      if (core::is_accepted(next.phase)) drop<core::CreateOffer>(step);
      return;
    case Mutation::lose_upgrade:
      std::erase_if(step.effects, [](const Effect& effect) {
        const auto* by_channel = std::get_if<core::SendByChannel>(&effect);
        return said<core::Renegotiate>(effect) ||
               (by_channel && std::get_if<core::Renegotiate>(&by_channel->message.signal));
      });
      return;
    case Mutation::camera_in_audio_call:
      for (Effect& effect : step.effects) {
        if (auto* open = std::get_if<core::OpenMedia>(&effect)) open->video = true;
      }
      return;
    case Mutation::swallow_end:
      std::erase_if(step.effects, [](const Effect& effect) { return said<core::End>(effect) != nullptr; });
      return;
    case Mutation::name_closed_peer:
      for (std::size_t i = 0; i < step.effects.size(); ++i) {
        if (const auto* close = std::get_if<core::ClosePeer>(&step.effects[i])) {
          step.effects.push_back(core::AddCandidates{close->peer, {}});
          return;
        }
      }
      return;
    case Mutation::print_secret:
      if (call && !call->links.empty() && !call->links.front().gathered.empty()) {
        core::Candidate& candidate = call->links.front().gathered.front();
        candidate.mid = candidate.line.text;
      }
      return;
    case Mutation::grow_without_limit:
      if (std::get_if<core::SocketOpened>(&event)) next.people.resize(17);
      return;
    case Mutation::deaf_clock:
      if (auto* ringing = std::get_if<core::OutRinging>(&next.phase)) {
        if (std::get_if<core::TimePassed>(&event)) ringing->next_offer_at = ringing->give_up_at - core::Duration{60000};
      }
      return;
    case Mutation::ring_on:
      if (auto* rung = std::get_if<core::InRinging>(&next.phase)) {
        rung->give_up_at += core::Duration{1000000};
        rung->last_sign += core::Duration{1000000};
      }
      return;
    case Mutation::forget_attach: drop<core::AttachMedia>(step); return;
    case Mutation::share_back: {  // as if their sharing were a reason for ours
      const auto* message = std::get_if<core::MessageReceived>(&event);
      const auto* by_channel = std::get_if<core::ChannelMessage>(&event);
      const core::Signal* signal = message ? &message->signal : by_channel ? &by_channel->signal : nullptr;
      const auto* media = signal ? std::get_if<core::MediaState>(signal) : nullptr;
      if (call && media && media->sharing) step.effects.push_back(core::OpenShare{core::RequestId{++next.handles}});
      return;
    }
    case Mutation::lose_share_end: drop<core::CloseShare>(step); return;
    case Mutation::hide_screen:
      for (Effect& effect : step.effects) {
        if (auto* by_channel = std::get_if<core::SendByChannel>(&effect)) {
          if (auto* media = std::get_if<core::MediaState>(&by_channel->message.signal)) media->sharing = false;
        } else if (auto* message = std::get_if<core::SendMessage>(&effect)) {
          if (auto* media = std::get_if<core::MediaState>(&message->signal)) media->sharing = false;
        }
      }
      return;
    case Mutation::believe_any_proof: return;  // World::prove()
    case Mutation::hold_for_ever:
      if (auto* resuming = std::get_if<core::Resuming>(&next.phase)) resuming->give_up_at += core::Duration{60000};
      return;
    case Mutation::open_without_record: {
      const auto* message = std::get_if<core::MessageReceived>(&event);
      if (!call && message && std::get_if<core::Resume>(&message->signal)) {
        step.effects.push_back(core::OpenMedia{core::RequestId{++next.handles}, true, false});
      }
      return;
    }
    case Mutation::believe_anybody: {
      const auto* said_by = std::get_if<core::ChannelMessage>(&event);
      if (!said_by || !call || call->links.front().endpoint == said_by->header.from) return;
      step.effects.push_back(core::ClosePeer{call->links.front().peer});
      step.effects.push_back(core::CloseMedia{});
      step.effects.push_back(core::StopTone{});
      next.phase = core::Idle{};
      return;
    }
    case Mutation::connect_for_ever:
      if (auto* connecting = std::get_if<core::Connecting>(&next.phase)) {
        connecting->give_up_at += core::Duration{60000};
      }
      return;
    case Mutation::lose_cancel:
      std::erase_if(step.effects, [](const Effect& effect) {
        const auto* end = said<core::End>(effect);
        return end && end->reason == core::EndReason::cancelled;
      });
      return;
    case Mutation::count_pauses: {  // from the beginning, instead of comparing with the clock
      auto* ringing = std::get_if<core::OutRinging>(&next.phase);
      const bool offers = std::any_of(step.effects.begin(), step.effects.end(),
                                      [](const Effect& effect) { return said<core::Offer>(effect) != nullptr; });
      if (!ringing || !offers || !std::get_if<core::TimePassed>(&event)) return;
      ringing->next_offer_at = ringing->give_up_at - core::timing::ring_out;
      for (int i = 1; i <= ringing->offers_sent; ++i) ringing->next_offer_at += core::timing::offer_pause(i);
      return;
    }
    case Mutation::late_end:
      for (auto& held : next.outbox) held.until += core::Duration{60000};
      return;
    case Mutation::echo: {
      const auto* message = std::get_if<core::MessageReceived>(&event);
      if (message && message->header && std::get_if<core::MediaState>(&message->signal)) {
        step.effects.push_back(core::SendMessage{message->chat, message->header, message->signal});
        std::get_if<core::SendMessage>(&step.effects.back())->header->from = next.self.endpoint;
      }
      return;
    }
    case Mutation::lose_candidates:
      drop<core::AddCandidates>(step);
      for (Effect& effect : step.effects) {
        if (auto* message = std::get_if<core::SendMessage>(&effect)) {
          if (auto* answer = std::get_if<core::Answer>(&message->signal)) answer->candidates.clear();
          if (auto* offer = std::get_if<core::Offer>(&message->signal)) offer->candidates.clear();
        }
      }
      return;
  }
}

std::vector<Invariant> caught_by(Mutation mutation) {
  using I = Invariant;
  switch (mutation) {
    case Mutation::none: return {};
    case Mutation::keep_peers_open: return {I::closed_peers};
    case Mutation::keep_media_open: return {I::closed_media};
    case Mutation::second_answer: return {I::old_second_answer};
    case Mutation::ignore_end: return {I::ring_has_caller, I::nothing_fails_by_itself, I::agreement};
    case Mutation::capture_on_ring: return {I::consent};
    case Mutation::lose_stop_tone: return {I::tones};
    case Mutation::forget_deadline: return {I::not_for_ever, I::ring_has_caller, I::settles};
    case Mutation::apply_answer_twice: return {I::browser_contract};
    case Mutation::untrue_reason: return {I::true_reason};
    case Mutation::win_every_glare: return {I::agreement};
    case Mutation::offer_in_call: return {I::old_offer_in_call};
    case Mutation::camera_in_audio_call: return {I::camera_consent};
    case Mutation::swallow_end: return {I::ring_has_caller, I::nothing_fails_by_itself, I::agreement};
    case Mutation::name_closed_peer: return {I::live_handles};
    case Mutation::print_secret: return {I::no_secrets};
    case Mutation::grow_without_limit: return {I::bounded_state};
    case Mutation::deaf_clock: return {I::deadline_progress};
    case Mutation::ring_on: return {I::ring_has_caller, I::not_for_ever};
    case Mutation::forget_attach: return {I::closed_media};
    case Mutation::share_back: return {I::share_consent};
    case Mutation::lose_share_end: return {I::closed_media};
    case Mutation::hide_screen: return {I::screens};
    case Mutation::lose_candidates: return {I::nothing_fails_by_itself};
    case Mutation::echo: return {I::no_chatter, I::nothing_fails_by_itself};  // what a storm drowns, fails
    case Mutation::connect_for_ever: return {I::settles, I::not_for_ever};
    case Mutation::lose_cancel: return {I::ring_has_caller, I::nothing_fails_by_itself};
    case Mutation::count_pauses: return {I::deadline_progress};
    case Mutation::late_end: return {I::old_end_unrelated};
    case Mutation::speak_aloud: return {I::in_whispers};
    case Mutation::both_offer: return {I::one_offers};
    case Mutation::miss_joins: return {I::mesh, I::nothing_fails_by_itself, I::settles};
    case Mutation::believe_anybody: return {I::own_voice};
    case Mutation::believe_any_proof: return {I::same_people};
    case Mutation::hold_for_ever: return {I::settles, I::not_for_ever};
    case Mutation::open_without_record: return {I::consent};
    case Mutation::change_old_call: return {I::old_renegotiation};
    case Mutation::lose_upgrade: return {I::closed_media};
    case Mutation::both_insist: return {I::closed_media};
    case Mutation::never_restart: return {I::comes_back};
    case Mutation::lose_device_lists: return {I::best_device};
    case Mutation::answer_while_it_rings:
    case Mutation::connect_by_any_way:
    case Mutation::hear_while_it_rings: return {I::no_leak};
    case Mutation::pause_for_ever:
    case Mutation::tell_nobody_of_pause: return {I::picture_returns};
  }
  return {};
}

}  // namespace odnix::sim
