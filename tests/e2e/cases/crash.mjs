/** The module dies in a call: the glue hangs up, releases, tells, and a fresh one takes the next call. */
import { chatPage, establish, talk } from '../lib/calls.mjs';
import { newAndOld, newCallsOld, old } from '../lib/old.mjs';
import { allClosed } from '../lib/proofs.mjs';
import { eventually, same, test } from '../lib/registry.mjs';

const CRASH = /the client crashed|client-crashed/;

/** A trap where the browser calls into the module: the next frame of a socket. */
const TRAPS = `(() => {
  const run = window.queueMicrotask;
  window.queueMicrotask = (turn) => run(() => {
    if (!window.__trap) return turn();
    window.__trap = false;
    const error = new WebAssembly.RuntimeError('unreachable');
    error.stack += ' odnix';
    window.dispatchEvent(new ErrorEvent('error', { error, message: String(error) }));
  });
})();`;

/** @param {import('../lib/person.mjs').Person} person */
async function crash(person) {
  person.expects(CRASH);
  await person.ask(() => {
    /** @type {any} */ (window).__trap = true;
    window.OdnixCall?.endCall(); // wakes the module, which dies instead
  });
  const told = await person.until((said) => said.code === 'client-crashed', 'the crash told to the page', { since: 0 });
  same(told.fatal, true, 'fatal');
}

test('the client dies in a call: the other side is told, devices are released, the next call works', { timeout: 90000, cells: ['fault 33'] }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat), init: [TRAPS] }, { page: chatPage(t.ids.chat) });
  await establish(alice, bob);
  const at = Date.now();
  await crash(alice);
  const ended = await bob.reaches('ended');
  same(ended.reason, 'error', 'the reason over there');
  await allClosed(alice, bob);
  await eventually(() => alice.ask(() => window.OdnixCall?.state), (state) => state === 'idle', 'a fresh client');
  await alice.listens();
  await talk(bob, alice);
  t.saw('fault 33', 'told over there, devices released; the next call works', ended.at - at);
});

test('the client dies in a call with an old peer: it is told in its own words', {}, async (t) => {
  const [alice, bob] = await newAndOld(t, { init: [TRAPS] });
  await newCallsOld(alice, bob, 'audio');
  await crash(alice);
  await old(bob, 'ended');
  await allClosed(alice, bob);
});

test('the client of a callee that was connected while it rang dies: the caller is told at once', {}, async (t) => {
  const page = chatPage(t.ids.chat, { config: JSON.stringify({ preconnect: 'always' }) });
  const [alice, bob] = await t.pair({ page }, { page, init: [TRAPS] });
  await establish(alice, bob);
  await crash(bob);
  same((await alice.reaches('ended')).reason, 'error', 'the reason over there');
  await allClosed(alice, bob);
});
