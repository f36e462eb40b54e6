// Bugs planted on purpose, between the call machine and its world, as a test of the simulation: it must find each.
#pragma once

#include <vector>

#include "core/reflect.hpp"
#include "core/step.hpp"
#include "sim/invariant.hpp"

namespace odnix::sim {

ODNIX_ENUM(Mutation, none, keep_peers_open, keep_media_open, second_answer, ignore_end, capture_on_ring, lose_stop_tone,
           forget_deadline, apply_answer_twice, untrue_reason, win_every_glare, offer_in_call, camera_in_audio_call,
           swallow_end, name_closed_peer, print_secret, grow_without_limit, deaf_clock, ring_on, forget_attach,
           lose_candidates, echo, connect_for_ever, lose_cancel, late_end, believe_anybody, believe_any_proof,
           hold_for_ever, open_without_record, change_old_call, lose_upgrade, both_insist, never_restart,
           lose_device_lists, answer_while_it_rings, connect_by_any_way, hear_while_it_rings, speak_aloud, both_offer,
           miss_joins, pause_for_ever, tell_nobody_of_pause, share_back, lose_share_end, hide_screen, count_pauses)

/// May the machine see this event at all?
[[nodiscard]] bool lets_through(Mutation mutation, const core::State& state, const core::Event& event);

/// Changes what the machine decided. `before` is the phase's index before the step.
void spoil(Mutation mutation, std::size_t before, const core::Event& event, core::Step& step);

/// The invariants that may catch it; the first is the one it was planted for.
[[nodiscard]] std::vector<Invariant> caught_by(Mutation mutation);

}  // namespace odnix::sim
