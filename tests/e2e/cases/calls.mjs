/** Calls between two new clients. */
import { bothEnd, chatPage, establish, ringUp, ring, talk } from '../lib/calls.mjs';
import { allClosed, hears, neverOpenedACamera, seeAndHearEachOther, sees, seesOnScreen, soundGoesTwice } from '../lib/proofs.mjs';
import { seconds } from '../lib/legacy.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

test('a video call: both see and hear each other', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair({ fresh: true }, { fresh: true });
  await talk(alice, bob);
  await Promise.all([seesOnScreen(alice, 'bob'), seesOnScreen(bob, 'alice')]);
  await Promise.all([soundGoesTwice(alice), soundGoesTwice(bob)]);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('an audio call opens no camera on either side', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob, 'audio');
  await neverOpenedACamera(alice);
  await neverOpenedACamera(bob);
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('a video call accepted without video: the callee opens no camera and sees the caller', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await bob.press('accept-audio');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await Promise.all([sees(bob, 'alice'), hears(alice, 'bob'), hears(bob, 'alice')]);
  await neverOpenedACamera(bob);
});

test('decline: the caller is told so', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await bob.press('decline');
  await bothEnd(alice, 'declined', bob, 'declined');
  await alice.reads(/declined/i);
  await allClosed(alice, bob);
});

test('cancel: the callee stops ringing at once', { quick: true, cells: ['e2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  const pressed = Date.now();
  await alice.press('cancel');
  const [own, others] = await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
  same([own.reason, others.reason], ['cancelled', 'cancelled'], 'the reasons');
  check((await bob.ask(() => window.__e2e.control('accept'))) === null, 'nothing is left to accept');
  await allClosed(alice, bob);
  t.saw('e2 new → new', `the ring stops after ${seconds(pressed, others)}; nothing is left to accept`);
});

for (const [name, pick] of /** @type {[string, (a: Person, b: Person) => Person][]} */ ([
  ['caller', (alice) => alice], ['callee', (_, bob) => bob],
]))
  test(`the ${name} hangs up: it ends for both and everything is released`, { quick: true }, async (t) => {
    const [alice, bob] = await t.pair();
    await establish(alice, bob);
    await Promise.all([sees(alice, 'bob'), sees(bob, 'alice')]);
    await pick(alice, bob).press('hang-up');
    await bothEnd(alice, 'hangup', bob, 'hangup');
    await allClosed(alice, bob);
  });

test('OdnixCall.endCall ends a call, and a call that only rings', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });
  await ringUp(alice, bob);
  await alice.ask(() => window.OdnixCall?.endCall());
  await bothEnd(alice, 'cancelled', bob, 'cancelled');
  await establish(alice, bob);
  await bob.ask(() => window.OdnixCall?.endCall());
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('calls after the first, in both directions', { timeout: 120000, cells: ['i1 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair();
  for (const [caller, callee] of [[alice, bob], [bob, alice], [alice, bob]]) {
    await talk(caller, callee);
    await caller.press('hang-up');
    await bothEnd(caller, 'hangup', callee, 'hangup');
    await allClosed(caller, callee);
  }
  const again = bob.told.filter((told) => told.state === 'out-ringing')[0];
  t.saw('i1 new → new', `rings after ${seconds(again, alice.told.filter((told) => told.state === 'in-ringing')[0])} and connects`);
});

test('after a decline the next call rings at once', { cells: ['d2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await bob.press('decline');
  await bothEnd(alice, 'declined', bob, 'declined');
  await talk(bob, alice); // the one who declined calls back
  t.saw('d2 new → new', 'rings at once and connects');
});

test('nobody answers: the call ends by itself and says so', { waits: true, timeout: 120000, cells: ['e new → new'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  const rang = Date.now();
  const [end] = await Promise.all([alice.reaches('ended', { timeout: 75000 }), bob.reaches('ended', { timeout: 75000 })]);
  same(end.reason, 'timeout', 'the reason');
  check(Date.now() - rang > 55000, `it rang for a minute, not ${Date.now() - rang} ms`);
  await alice.reads(/no answer/i);
  await allClosed(alice, bob);
  t.saw('e new → new', `"no answer" after ${seconds(rang, end)}, everything closed; a missed call over there`);
});

test('"ringing" is said only once it really rings over there', {}, async (t) => {
  const alice = await t.person('alice');
  await ring(alice);
  await alice.reaches('out-ringing');
  await alice.reads(/calling/i);
  check(!/ringing/i.test(await alice.shown()), `nobody is there, yet: ${await alice.shown()}`);
  const bob = await t.person('bob');
  await bob.reaches('in-ringing', { timeout: 15000 });
  await alice.reads(/ringing/i);
});

test('a double click on the call button makes one call', { cells: ['l2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) });
  await alice.page.dblclick('#video'); // pages/chat.html leaves its button enabled, as the existing pages do
  await bob.reaches('in-ringing');
  await bob.press('accept');
  await seeAndHearEachOther(alice, bob);
  const made = await alice.ask(() => ({ peers: window.__e2e.peers.length, requests: window.__e2e.requests.length }));
  same(made.peers, 1, 'connections made by the caller');
  t.saw('l2 new → new', 'one call, one connection, everything closed after it');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('a call by keyboard alone: Tab to Accept, Enter, Tab to hang up, Enter', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  /** @param {string} id */
  const tabTo = async (id) => {
    await bob.control(id);
    for (let presses = 0; presses < 30; presses += 1) {
      if ((await bob.ask(() => window.__e2e.focused())) === id) return;
      await bob.page.keyboard.press('Tab');
    }
    check(false, `Tab never reached "${id}"`);
  };
  await tabTo('accept');
  await bob.page.keyboard.press('Enter');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seeAndHearEachOther(alice, bob);
  await tabTo('hang-up');
  await bob.page.keyboard.press('Enter');
  await bothEnd(alice, 'hangup', bob, 'hangup');
});

test('microphone off means silence, camera off releases the camera, both come back', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);

  await alice.press('microphone');
  await eventually(() => alice.ask(() => window.__e2e.control('microphone')?.pressed), (p) => p !== null, 'aria-pressed');
  await eventually(() => bob.ask(() => window.__e2e.sound(900)), (sound) => sound === null || sound.over < 20 || sound.db < -80,
                   'bob hearing silence', 20000);
  await alice.press('microphone');
  await hears(bob, 'alice');

  const cameras = () => alice.ask(() => window.__e2e.tracks.filter((track) => track.kind === 'video' && track.readyState === 'live').length);
  await alice.press('camera');
  await eventually(cameras, (live) => live === 0, "alice's camera released");
  await alice.press('camera');
  await eventually(cameras, (live) => live === 1, "alice's camera open again");
  await sees(bob, 'alice');
  same(await alice.ask(() => window.__e2e.peers.length), 1, 'connections: switching renegotiates nothing');
});

/** The clock of a page is a day fast, before its scripts; what lasts a second still does. */
const A_DAY_FAST = `(() => {
  const [day, real, began] = [86400000, Date, performance.timeOrigin];
  const now = () => real.now() + day;
  window.Date = new Proxy(real, {
    get: (_, name) => (name === 'now' ? now : real[name]),
    construct: (_, given) => new real(...(given.length > 0 ? given : [now()])),
  });
  Object.defineProperty(performance, 'timeOrigin', { get: () => began + day });
})()`;

test('two clocks are a day apart: each can call the other, and a missed call is as old as it is', {
  timeout: 90000, cells: ['fault 30'],
}, async (t) => {
  const [alice, bob] = await t.pair({ init: [A_DAY_FAST] });
  const clock = (/** @type {Person} */ person) => person.ask(() => Date.now());
  const apart = (await clock(alice)) - (await clock(bob));
  check(apart > 86000000, `the clocks are ${apart} ms apart`);
  for (const [caller, callee] of [[alice, bob], [bob, alice]]) {
    await ringUp(caller, callee, 'audio');
    await caller.press('cancel');
    await bothEnd(caller, 'cancelled', callee, 'cancelled');
    const { at, age } = await callee.until(({ kind }) => kind === 'missed', 'a missed call', { since: 0 });
    check(Number(age) >= 0 && Number(age) < 15000, `it is said to be ${age} ms old`);
    check(Math.abs((await clock(callee)) - at) < 30000, `by the own clock it began at ${at}`);
    await talk(caller, callee, 'audio');
    await caller.press('hang-up');
    await bothEnd(caller, 'hangup', callee, 'hangup');
  }
  await allClosed(alice, bob);
  t.saw('fault 30', 'each rings the other, both hear; a missed call has its age and the time of the own clock');
});
