/** The new client (alice) and a peer that follows the old one's rules (bob, pages/old-peer.js). */
import { ring } from '../lib/calls.mjs';
import { seconds } from '../lib/legacy.mjs';
import { newAndOld, newCallsOld, old, oldCallsNew } from '../lib/old.mjs';
import { allClosed, hearEachOther, neverOpenedACamera, seeAndHearEachOther, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

/** @param {Context} t @param {string} type */
const sentByAlice = async (t, type) => (await t.server.frames(t.ids.alice)).filter((frame) => frame.type === type);

for (const media of /** @type {const} */ (['video', 'audio'])) {
  test(`new calls old: ${media} call, the new one hangs up`, { quick: media === 'video' }, async (t) => {
    const [alice, bob] = await newAndOld(t);
    await newCallsOld(alice, bob, media);
    if (media === 'audio') await Promise.all([alice, bob].map(neverOpenedACamera));
    await alice.press('hang-up');
    await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
    await allClosed(alice, bob);
  });

  test(`old calls new: ${media} call, the old one ends it`, { quick: media === 'video' }, async (t) => {
    const [alice, bob] = await newAndOld(t);
    await oldCallsNew(alice, bob, media);
    if (media === 'audio') await Promise.all([alice, bob].map(neverOpenedACamera));
    await bob.click('#end');
    const end = await alice.reaches('ended');
    same(end.reason, 'hangup', 'the reason');
    await allClosed(alice, bob);
  });
}

test('the old one ends a call that the new one made, the new one ends a call that the old one made', { timeout: 90000, cells: ['i1 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await newCallsOld(alice, bob);
  await bob.click('#end');
  await alice.reaches('ended');
  await oldCallsNew(alice, bob); // at once: the new client has no deafness
  t.saw('i1 new → old', 'rings at once and connects');
  await alice.press('hang-up');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  await allClosed(alice, bob);
});

test('the old one declines: the new one says so and releases everything', { quick: true }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice);
  await old(bob, 'prompt');
  await bob.click('#decline');
  const end = await alice.reaches('ended');
  same(end.reason, 'declined', 'the reason');
  await alice.reads(/declined/i);
  await allClosed(alice);
});

test('the new one declines: the old one stops ringing, its offers in flight ring nobody', {}, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#video');
  await alice.reaches('in-ringing');
  await alice.press('decline');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  same(alice.states().filter((state) => state === 'in-ringing').length, 1, 'rings');
});

test('the old one rings on with the same offer: one ring, one answer, and the late answer works', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#video');
  await alice.reaches('in-ringing');
  await bob.until((told) => told.kind === 'old' && told.state === 'offered' && told.sent === 4, 'a fourth offer');
  same(alice.states().filter((state) => state === 'in-ringing').length, 1, 'rings during four offers');
  await alice.press('accept'); // its candidates came long before the answer
  await alice.reaches('active');
  await seeAndHearEachOther(alice, bob);
  const { length } = await sentByAlice(t, 'webrtc.answer');
  same(length, 1, 'answers: a second one throws inside the old peer');
});

test('the old one gives up ringing: the new one stops, and is not rung again by it', { cells: ['e2 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#video');
  await alice.reaches('in-ringing');
  const pressed = Date.now();
  await bob.click('#end');
  const ended = await alice.reaches('ended');
  await eventually(() => alice.ask(() => window.__e2e.control('accept')), (at) => at === null, 'nothing left to accept');
  t.saw('e2 old → new', `the ring stops after ${seconds(pressed, ended)}; nothing is left to accept`);
});

test('the new one cancels: the old one is told, and its standing prompt leads nowhere for us', { cells: ['e2 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice);
  await old(bob, 'prompt');
  await alice.press('cancel');
  await Promise.all([alice.reaches('ended'), old(bob, 'got end')]);
  await allClosed(alice);
  bob.expects(/setRemoteDescription/); // what its prompt has always done after a cancel
  await bob.click('#accept');
  await old(bob, 'accepted');
  check(alice.states().at(-1) !== 'active', 'no call comes of it');
  t.saw('e2 new → old', 'it hears the end; its prompt stays, as it did; no call comes of it here');
});

test('in a call with an old peer no second offer is ever sent, whatever is switched', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await newCallsOld(alice, bob);
  const before = (await sentByAlice(t, 'webrtc.offer')).length;
  for (const control of ['microphone', 'microphone', 'camera', 'camera']) await alice.press(control);
  await sees(bob, 'alice');
  const after = await sentByAlice(t, 'webrtc.offer');
  same(after.length, before, 'offers');
  same(await alice.ask(() => window.__e2e.peers.length), 1, 'connections');
});

test('offers to an old peer are the same description, and stop at its answer', {}, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice);
  await old(bob, 'ignored offer'); // the second offer has come: 2 s later
  await bob.click('#accept');
  await alice.reaches('active');
  const offers = await sentByAlice(t, 'webrtc.offer');
  const origin = (/** @type {any} */ frame) => /^o=.*$/m.exec(frame.payload.sdp)?.[0];
  same(new Set(offers.map(origin)).size, 1, 'different descriptions');
  check(offers.every((frame) => frame.payload.type === 'offer' && frame.payload.audioOnly === false), 'the base fields');
  await seeAndHearEachOther(alice, bob);
});

test('both call at the same moment: the old one ignores ours, so we take its call', { timeout: 90000, cells: ['b old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  const clicked = Date.now();
  await Promise.all([alice.click('#video'), bob.click('#video')]);
  const active = await alice.reaches('active', { since: 0, timeout: 30000 });
  await seeAndHearEachOther(alice, bob);
  await alice.press('hang-up');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  await allClosed(alice, bob);
  t.saw('b old → new', `its call is taken: connected ${seconds(clicked, active)} after the clicks`);
});

test('calling an old peer again gets through once its five deaf seconds are over', { waits: true, timeout: 120000, cells: ['i2 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await newCallsOld(alice, bob);
  await alice.press('hang-up');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  const again = Date.now();
  await newCallsOld(alice, bob);
  const prompt = bob.told.filter((told) => told.state === 'prompt').at(-1);
  t.saw('i2 new → old', `it is deaf for 5 s: prompted after ${seconds(again, prompt ?? again)}, then connected`);
});

test('an old page that vanishes: the call ends by itself within the shorter time', { waits: true, timeout: 120000 }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await newCallsOld(alice, bob);
  await bob.page.close();
  bob.gone = true;
  const lost = Date.now();
  await alice.reaches('ended', { timeout: 40000 });
  t.notes.push(`ended ${Date.now() - lost} ms after the page was closed`);
  await allClosed(alice);
});

test('the new page vanishes: the old one ends at its first "disconnected"', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await newCallsOld(alice, bob);
  await alice.page.close();
  alice.gone = true;
  await old(bob, 'ended', { timeout: 40000 });
});

test('nobody answers an old caller: our ring ends by itself', { waits: true, timeout: 120000, cells: ['e old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#video');
  const rung = await alice.reaches('in-ringing');
  const ended = await alice.reaches('ended', { timeout: 75000 });
  await alice.reaches('idle', { timeout: 20000 });
  same(alice.states().filter((state) => state === 'in-ringing').length, 1, 'rings');
  t.saw('e old → new', `our ring ends by itself after ${seconds(rung, ended)}: a missed call; its own tone goes on`);
});

test('what we add is invisible to it: extra fields and "ringing" messages change nothing', {}, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await newCallsOld(alice, bob);
  const frames = await t.server.frames(t.ids.alice);
  check(frames.some((frame) => frame.payload?.v === 2), 'the new client marks its messages');
  const types = new Set(frames.map((frame) => frame.type));
  for (const type of types) check(/^webrtc\.(offer|answer|ice|end|ringing)$/.test(type), `${type} is relayed by the server`);
});

/** Every call socket after the first says nothing to the page for 4 s, not even that it is open. */
const SLOW_SECOND = `(() => {
  window.__callSockets = 0;
  window.WebSocket = class extends WebSocket {
    constructor(url, ...more) {
      super(url, ...more);
      if (!url.includes('/ws/call/') || (window.__callSockets += 1) === 1) return;
      const own = {};
      for (const name of ['onopen', 'onmessage'])
        Object.defineProperty(this, name, { get: () => own[name] ?? null, set: (listener) => { own[name] = listener; } });
      const begun = performance.now();
      this.addEventListener('message', (event) => performance.now() - begun > 4000 && own.onmessage?.(event));
      setTimeout(() => own.onopen?.(new Event('open')), 4000);
    }
  };
})();`;

test('an answer that comes while the caller doubts its socket and opens another one is heard by the first', {}, async (t) => {
  const [alice, bob] = await newAndOld(t, { init: [SLOW_SECOND] });
  await ring(alice, 'audio');
  await old(bob, 'prompt', { timeout: 30000 });
  await eventually(() => alice.ask(() => /** @type {any} */ (window).__callSockets), (sockets) => sockets === 2, 'a second socket', 10000);
  await bob.click('#accept');
  await alice.reaches('active', { timeout: 3000 });
  await hearEachOther(alice, bob);
});
