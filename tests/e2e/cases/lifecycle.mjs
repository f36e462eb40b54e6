/** Pages that the browser freezes, and pages that it keeps for "back": the right state afterwards, and no call that is over. */
import { bothEnd, chatPage, ring, ringUp, settle, talk } from '../lib/calls.mjs';
import { allClosed, hears, seeAndHearEachOther, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/**
 * Nothing of the page runs any more, as in a page that the browser has frozen: timers, sockets and clicks wait. By the
 * debugger, for no Chromium without a screen takes `Page.setWebLifecycleState` seriously: its timers go on.
 * @param {Person} person @returns {Promise<() => Promise<void>>} thaws it, and is sure that it stood still all the time
 */
async function freeze(person) {
  await person.ask(() => {
    /** @type {any} */ (window).__longest = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now(); // once: the debugger may stop between any two statements
      /** @type {any} */ (window).__longest = Math.max(/** @type {any} */ (window).__longest, now - last);
      last = now;
    }, 50);
  });
  const context = /** @type {import('playwright-core').BrowserContext} */ (person.home.context);
  const session = await context.newCDPSession(person.page);
  await session.send('Debugger.enable');
  const frozen = new Promise((resolve) => { session.once('Debugger.paused', resolve); });
  await session.send('Debugger.pause');
  await frozen;
  const since = Date.now();
  return async () => {
    const stood = Date.now() - since;
    await session.send('Debugger.resume');
    await session.send('Debugger.disable');
    await session.detach();
    const longest = await eventually(() => person.ask(() => /** @type {any} */ (window).__longest), (ms) => ms > stood / 2, `${person.name}'s page thawed`);
    check(longest >= stood, `the page stood still for ${Math.round(longest)} of ${stood} ms`);
  };
}

test('a page that is frozen while it rings: thawed after the caller gave up, it rings no more', { cells: ['fault 12 ringing'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  const thaw = await freeze(bob);
  await alice.press('cancel');
  same((await alice.reaches('ended')).reason, 'cancelled', 'the reason');
  await thaw();
  same((await bob.reaches('ended')).reason, 'cancelled', "bob's reason");
  await settle(bob);
  await talk(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 12 ringing', 'the ring is over once it is thawed');
});

test('a page that was frozen when somebody called: thawed it rings, and can be answered', { cells: ['fault 12 before'] }, async (t) => {
  const [alice, bob] = await t.pair();
  const thaw = await freeze(bob);
  await ring(alice);
  await alice.reaches('out-ringing');
  await new Promise((resolve) => { setTimeout(resolve, 3000); });
  same(bob.states(), [], 'a frozen page rings');
  await thaw();
  await bob.reaches('in-ringing');
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seeAndHearEachOther(alice, bob);
  t.saw('fault 12 before', 'rings once it is thawed, and is answered');
});

test('a page that is frozen in a call: the call goes on, and an end that it missed is there once it is thawed', { timeout: 90000, cells: ['fault 12 call'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  const thaw = await freeze(bob);
  await new Promise((resolve) => { setTimeout(resolve, 5000); });
  await Promise.all([hears(alice, 'bob'), sees(alice, 'bob')]); // no page has to run for media to flow
  same(alice.states().at(-1), 'active', "alice's state");
  await thaw();
  await bob.press('microphone');
  await alice.reads(/muted|microphone is off/i, 5000);
  const again = await freeze(bob);
  await alice.press('hang-up');
  await alice.reaches('ended');
  await new Promise((resolve) => { setTimeout(resolve, 2000); });
  const at = Date.now();
  await again();
  const ended = await bob.reaches('ended');
  same(ended.reason, 'hangup', "bob's reason");
  await allClosed(alice, bob);
  await Promise.all([settle(alice), settle(bob)]);
  await talk(bob, alice);
  t.saw('fault 12 call', 'media flows on, a press works once it is thawed; the end, from the moment it is thawed', ended.at - at);
});

/** Not among the switches of the other tests: there a page that goes is gone. */
const KEEPING = ['--enable-features=BackForwardCache'];

/** Alice, and Bob whose browser keeps his page when he goes. @param {import('../lib/context.mjs').Context} t */
async function keptPair(t) {
  const server = await t.scriptedServer({ cache: 'no-cache' });
  const page = chatPage(t.ids.chat);
  const alice = await t.person('alice', { server, page });
  const bob = await t.person('bob', { server, page, args: KEEPING });
  await Promise.all([alice, bob].map((person) => server.joined(person.user)));
  await bob.ask(() => {
    /** @type {any} */ (window).__kept = true;
  });
  return [alice, bob];
}

/** Chromium keeps no page that had a connection when it went: then it is loaded anew. @param {Person} person @returns {Promise<boolean>} it is the page of before */
async function back(person) {
  await person.page.goBack({ waitUntil: 'commit' });
  // Between two documents there is none to ask.
  const kept = await eventually(() => person.ask(() => /** @type {any} */ (window).__kept === true).catch(() => null), (answer) => answer !== null, `${person.name}'s page`);
  await person.ready();
  await person.listens();
  return kept === true;
}

test('a page that comes back by "back" can be called and can call', {}, async (t) => {
  const [alice, bob] = await keptPair(t);
  await bob.page.goto('about:blank');
  same(await back(bob), true, 'it is the page of before');
  await talk(alice, bob);
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await settle(alice);
  await talk(bob, alice);
});

test('a page that goes while it rings and comes back: it rings again, or not if the caller gave up meanwhile', { waits: true }, async (t) => {
  const [alice, bob] = await keptPair(t);
  await ringUp(alice, bob);
  await bob.page.goto('about:blank');
  bob.fromNow();
  await back(bob);
  await bob.reaches('in-ringing');
  await bob.page.goto('about:blank');
  await alice.press('cancel');
  await alice.reaches('ended');
  await back(bob);
  await settle(alice);
  same(await bob.ask(() => window.OdnixCall?.state), 'idle', "bob's state");
  await talk(alice, bob);
});

test('who leaves for another site in a call and comes back by "back" is in no call, has nothing open, and can be called', { cells: ['fault 12 back'] }, async (t) => {
  const [alice, bob] = await keptPair(t);
  await talk(alice, bob);
  for (const person of [alice, bob]) person.fromNow();
  await bob.ask(() => location.assign('about:blank'));
  same((await alice.reaches('ended')).reason, 'hangup', "alice's reason");
  await bob.page.waitForURL('about:blank');
  await back(bob);
  same(await bob.ask(() => [window.OdnixCall?.state, window.__e2e.open().tracks, window.__e2e.open().peers]), ['idle', 0, 0], "bob's state, tracks, connections");
  await settle(alice);
  await talk(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  t.saw('fault 12 back', 'in no call, nothing open; the next call works');
});
