/** Pages that the browser freezes, and pages that it keeps for "back": the right state afterwards, and no call that is over. */
import { bothEnd, chatPage, ring, ringUp, settle, talk } from '../lib/calls.mjs';
import { allClosed, seeAndHearEachOther } from '../lib/proofs.mjs';
import { eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/** As the browser does with a page that nobody looks at. @param {Person} person @returns {Promise<() => Promise<void>>} thaws it */
async function freeze(person) {
  const context = /** @type {import('playwright-core').BrowserContext} */ (person.home.context);
  const session = await context.newCDPSession(person.page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => {
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await session.detach();
  };
}

test('a page that is frozen while it rings: thawed after the caller gave up, it rings no more', {}, async (t) => {
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
});

test('a page that was frozen when somebody called: thawed it rings, and can be answered', {}, async (t) => {
  const [alice, bob] = await t.pair();
  const thaw = await freeze(bob);
  await ring(alice);
  await alice.reaches('out-ringing');
  await thaw();
  await bob.reaches('in-ringing');
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seeAndHearEachOther(alice, bob);
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

test('who leaves for another site in a call and comes back by "back" is in no call, has nothing open, and can be called', {}, async (t) => {
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
});
