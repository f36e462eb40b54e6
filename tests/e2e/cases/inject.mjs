/** Faults on purpose, of odnix-call-debug.js: each enters a real call and is survived as the same fault from outside. */
import { bothEnd, chatPage, talk } from '../lib/calls.mjs';
import { allClosed, seeAndHearEachOther } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../../../web/odnix-call.js').OdnixCallFault} Fault */

/** @param {import('../lib/person.mjs').Person} person @param {Fault} fault @param {number} [seconds] */
const inject = (person, fault, seconds) =>
  person.page.evaluate(({ fault, seconds }) => window.OdnixCall?.debug.inject?.(fault, { seconds }), { fault, seconds });

test('faults on purpose in a call: sockets, statistics, connections; the call goes on, and ends for both', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat, { load: 'debug' }) });
  await talk(alice, bob);
  const sockets = await alice.ask(() => window.__e2e.sockets.length);

  await inject(alice, 'drop-socket', 0);
  await eventually(() => alice.ask(() => window.__e2e.sockets.length), (count) => count > sockets, 'new sockets');
  await seeAndHearEachOther(alice, bob);

  await inject(alice, 'fail-connection');
  await alice.reaches('reconnecting');
  alice.fromNow();
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seeAndHearEachOther(alice, bob);

  alice.fromNow();
  await inject(alice, 'stall-media', 4);
  await alice.reaches('reconnecting', { timeout: 5000 });
  await alice.reaches('active');
  await seeAndHearEachOther(alice, bob);

  await inject(alice, 'silence-socket', 600);
  await alice.press('hang-up'); // arrives on the other path
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('a crash on purpose hangs up, and the client starts anew', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat, { load: 'debug' }) });
  await talk(alice, bob);
  alice.expects(/the client crashed|client-crashed/);
  await inject(alice, 'crash');
  await bothEnd(alice, 'error', bob, 'error');
  await allClosed(alice, bob);
});

test('the release has no faults in it', {}, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  await alice.listens();
  same(await alice.ask(() => typeof window.OdnixCall?.debug.inject), 'undefined', 'the injector');
  check(!/stall-media/.test(await alice.ask(() => fetch('/odnix-call.js').then((file) => file.text()))), 'no word of them in the script');
});
