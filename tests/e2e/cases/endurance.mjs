/** 200 calls in a row: nothing grows, nothing stays open. */
import { chatPage } from '../lib/calls.mjs';
import { FOOTPRINT, footprint } from '../lib/footprint.mjs';
import { check, same, test } from '../lib/registry.mjs';

const CALLS = 200;
const WARM = 20;

test(`${CALLS} calls in a row: the heaps stay flat, nothing is left open`, {
  timeout: 400000, cells: ['fault 34'], fewer: { runs: 2, why: `each run is ${CALLS} calls` },
}, async (t) => {
  const page = chatPage(t.ids.chat);
  const [alice, bob] = await t.pair({ page, init: [FOOTPRINT] }, { page, init: [FOOTPRINT] });
  await Promise.all([alice.listens(), bob.listens()]);
  // Bob answers whatever rings; Alice hangs up as soon as it is connected, and calls again once both have ended.
  await bob.ask(() => window.addEventListener('odnix-call-state', ({ detail }) => {
    if (detail.state === 'in-ringing') setTimeout(() => window.OdnixCall?.startAudioCall());
  }));
  for (const person of [alice, bob])
    await person.ask(() => window.addEventListener('odnix-call-state', ({ detail }) => {
      if (detail.state !== 'ended') return; // the harness keeps every peer and track it saw: let go of what is closed
      const { peers, tracks } = window.__e2e;
      peers.splice(0, peers.length, ...peers.filter((peer) => peer.connectionState !== 'closed'));
      tracks.splice(0, tracks.length, ...tracks.filter((track) => track.readyState === 'live'));
    }));
  const started = Date.now();
  /** @type {{ alice: Awaited<ReturnType<typeof footprint>>, bob: Awaited<ReturnType<typeof footprint>> }[]} */
  const prints = [];
  for (let call = 1; call <= CALLS; call += 1) {
    alice.fromNow();
    bob.fromNow();
    await alice.ask(() => window.OdnixCall?.startAudioCall());
    await Promise.all([alice.reaches('active'), bob.reaches('active')]);
    await alice.ask(() => window.OdnixCall?.endCall());
    await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
    if (call === WARM || call === CALLS) prints.push({ alice: await footprint(alice), bob: await footprint(bob) });
  }
  const [before, after] = prints;
  for (const who of /** @type {const} */ (['alice', 'bob'])) {
    const [from, to] = [before[who], after[who]];
    t.notes.push(`${who}: JS heap ${(from.heap / 1024).toFixed(0)} → ${(to.heap / 1024).toFixed(0)} KiB, WASM ${from.wasm / 1024} → ${to.wasm / 1024} KiB, ` +
      `DOM nodes ${from.nodes} → ${to.nodes}, listeners ${from.listeners} → ${to.listeners}, from call ${WARM} to call ${CALLS}`);
    same([to.peers, to.tracks, to.wasm], [0, 0, from.wasm], `${who}: connections, tracks, WASM memory`);
    same(to.sockets, from.sockets, `${who}: sockets`);
    check(to.contexts <= 1, `${who}: ${to.contexts} audio contexts`);
    check(to.heap - from.heap < 1024 * 1024, `${who}: the heap grew by ${to.heap - from.heap} bytes in ${CALLS - WARM} calls`);
    check(to.nodes - from.nodes < 20, `${who}: nodes ${from.nodes} → ${to.nodes}`);
    check(to.listeners - from.listeners < (CALLS - WARM) / 2, `${who}: listeners ${from.listeners} → ${to.listeners}`);
  }
  const grown = Math.max(...(/** @type {const} */ (['alice', 'bob'])).map((who) => after[who].heap - before[who].heap));
  t.saw('fault 34', `from call ${WARM} to ${CALLS} a page's heap is ${Math.abs(Math.round(grown / 1024))} KiB ${grown < 0 ? 'smaller' : 'larger'}, nothing is left open`);
  t.notes.push(`${CALLS} calls in ${Math.round((Date.now() - started) / 1000)} s`);
});
