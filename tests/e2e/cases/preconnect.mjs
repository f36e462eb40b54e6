/** Connected while it rings: what leaves the callee before Accept, what is up by then, and that nothing is heard of it. */
import { chatPage, establish, ringUp } from '../lib/calls.mjs';
import { allClosed, framesArrive, hears, seeAndHearEachOther, sees, soundArrives } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/** @param {import('../lib/context.mjs').Context} t @param {string} preconnect */
const page = (t, preconnect) => chatPage(t.ids.chat, { config: JSON.stringify({ preconnect }) });

/** What this person's page has: its connections' states, media that came or went, tracks on senders, sound and picture that plays. @param {Person} person */
const inside = (person) => person.ask(async () => {
  const open = window.__e2e.peers.filter((peer) => peer.connectionState !== 'closed');
  let media = 0;
  for (const peer of open)
    for (const stat of (await peer.getStats()).values())
      if (stat.type === 'inbound-rtp' || stat.type === 'outbound-rtp') media += (stat.packetsReceived ?? 0) + (stat.packetsSent ?? 0);
  const videos = [...(document.querySelector('#odnix-call')?.shadowRoot?.querySelectorAll('video.remote') ?? [])];
  return {
    states: open.map((peer) => peer.connectionState), media, made: window.__e2e.peers.length,
    tracks: open.flatMap((peer) => peer.getSenders()).filter(({ track }) => track).length,
    shown: videos.filter((video) => /** @type {HTMLVideoElement} */ (video).srcObject).length,
    requests: window.__e2e.requests.length,
  };
});

/** @param {Person} person */
const linked = (person) => eventually(() => inside(person), ({ states }) => states.includes('connected'), `${person.name} connected while it rings`);

/** Both are connected, and nothing of it is open, sent or shown. @param {Person} caller @param {Person} callee */
async function quietlyLinked(caller, callee) {
  const [there, here] = await Promise.all([linked(caller), linked(callee)]);
  same([here.requests, here.tracks, here.media, here.shown], [0, 0, 0, 0], "the callee's requests, tracks, packets and pictures before accept");
  same([there.media, there.shown], [0, 0], "the caller's packets and pictures before accept");
  return here.made;
}

test('always: both are connected before accept, and sound and picture come only after it', { quick: true }, async (t) => {
  const setting = { page: page(t, 'always') };
  const [alice, bob] = await t.pair(setting, setting);
  await ringUp(alice, bob);
  const made = await quietlyLinked(alice, bob);
  await bob.press('accept');
  await seeAndHearEachOther(alice, bob);
  same((await inside(bob)).made, made, 'connections made in all');
  same((await inside(alice)).states.length, 1, "the caller's open connections");
  await alice.press('hang-up');
  await bob.reaches('ended');
  await allClosed(alice, bob);
});

test('auto without a relay: everything is ready while it rings, and nothing but "it rings" has left the callee', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await eventually(() => bob.ask(() => window.__e2e.peers.at(-1)?.localDescription?.sdp.includes('a=candidate:') ?? false), Boolean,
                   'the answer, with candidates, in the page that rings');
  const heard = await bob.ask(() => window.__e2e.peers.at(-1)?.remoteDescription?.sdp ?? '');
  check(heard.includes('m=video') && !heard.includes('a=candidate:'), "the caller's candidates are in the browser that rings");
  const before = (await t.server.frames(bob.user)).map(({ type, payload }) => `${type} ${payload.kind}`);
  check(before.length > 0 && before.every((word) => /^webrtc\.ringing (ringing|ready|ack)$/.test(word)), `before accept left the callee: ${before}`);
  same((await inside(bob)).requests, 0, 'devices asked for before accept');
  await bob.press('accept');
  await seeAndHearEachOther(alice, bob);
  same((await inside(bob)).made, 1, 'connections made by the callee');
});

test('never: no connection before accept', {}, async (t) => {
  const setting = { page: page(t, 'never') };
  const [alice, bob] = await t.pair(setting, setting);
  await ringUp(alice, bob);
  await bob.control('accept');
  same((await inside(bob)).made, 0, 'connections made before accept');
  await bob.press('accept');
  await Promise.all([sees(alice, 'bob'), hears(bob, 'alice')]);
});

test('connected while it rings, then declined: everything is closed, and the next call works', {}, async (t) => {
  const setting = { page: page(t, 'always') };
  const [alice, bob] = await t.pair(setting, setting);
  await ringUp(alice, bob);
  await quietlyLinked(alice, bob);
  await bob.press('decline');
  await alice.reaches('ended');
  await allClosed(alice, bob);
  await establish(alice, bob);
});

test('connected with a device that rings, answered by an old page of the same person: the old page gets the call', {}, async (t) => {
  const setting = { page: page(t, 'always') };
  const [alice, bob] = await t.pair(setting, setting);
  const old = await t.oldPeer('bob');
  await ringUp(alice, bob);
  await Promise.all([linked(alice), linked(bob)]);
  await old.click('#accept');
  await alice.reaches('active');
  await sees(alice, 'bob');
  same((await inside(alice)).states.length, 1, "the caller's open connections");
});

for (const from of /** @type {const} */ (['Chromium', 'Firefox']))
  test(`always, from ${from} to ${from === 'Chromium' ? 'Firefox' : 'Chromium'}: connected before accept, frames both ways after it`, { timeout: 90000 }, async (t) => {
    const setting = { page: page(t, 'always') };
    const [alice, fox] = await Promise.all([t.person('alice', setting), t.firefox('bob', setting)]);
    const [caller, callee] = from === 'Chromium' ? [alice, fox] : [fox, alice];
    await ringUp(caller, callee);
    await quietlyLinked(caller, callee);
    await callee.press('accept');
    await Promise.all([framesArrive(alice), framesArrive(fox), hears(alice, 'bob'), soundArrives(fox)]);
    await caller.press('hang-up');
    await callee.reaches('ended');
    await allClosed(alice, fox);
  });
