/** Rows g1 to g3, k1 and k2 of the legacy table: the server or the network goes away. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bothEnd, chatPage, establish, ring, ringUp } from '../lib/calls.mjs';
import { DevServer, freePort } from '../lib/dev-server.mjs';
import { moment, seconds } from '../lib/legacy.mjs';
import { newCallsOld, old, oldCallsNew } from '../lib/old.mjs';
import { allClosed, hears, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context @typedef {import('../lib/person.mjs').Person} Person */
/** @typedef {import('../lib/legacy.mjs').Pair} Pair @typedef {{ port: number, server: DevServer, again: () => Promise<void> }} Restartable */

const AWAY = [/WebSocket connection to .* failed/, /ERR_CONNECTION_REFUSED/];

/** A server that can be killed and started again on its port. @param {Context} t @returns {Promise<Restartable>} */
async function restartable(t) {
  const port = await freePort();
  const start = () => DevServer.start({ folder: join(t.folder, '..', 'servers'), slots: t.slots, port });
  const made = { port, server: await start(), again: async () => { made.server = await start(); } };
  t.atEnd(() => made.server.stop());
  return made;
}

/** @param {Context} t @param {Pair} pair @param {{ url: string }} server @returns {Promise<[Person, Person]>} Alice has the new client */
async function people(t, pair, server) {
  const setting = { server, expects: AWAY };
  const page = chatPage(t.ids.chat);
  if (pair === 'new → new') return t.pair({ ...setting, page }, { ...setting, page });
  const [alice, bob] = await Promise.all([t.person('alice', { ...setting, page }), t.oldPeer('bob', setting)]);
  await old(bob, 'online');
  return [alice, bob];
}

/** In a call. @param {Context} t @param {Pair} pair @param {Person} alice @param {Person} bob */
async function talking(t, pair, alice, bob) {
  if (pair === 'new → new') await establish(alice, bob);
  else await (pair === 'new → old' ? newCallsOld : oldCallsNew)(alice, bob, 'audio');
}

for (const pair of /** @type {const} */ (['new → old', 'old → new']))
  test(`the server dies in a call of a new and an old client (${pair}), then the new one hangs up`, { timeout: 90000, cells: [`g1 ${pair}`] }, async (t) => {
    const server = await t.ownServer();
    const [alice, bob] = await people(t, pair, server);
    await talking(t, pair, alice, bob);
    await server.stop('SIGKILL');
    await hears(alice, 'bob');
    const at = Date.now();
    await alice.press('hang-up');
    const [here, there] = await Promise.all([alice.reaches('ended'), old(bob, 'ended', { timeout: 30000 })]);
    await allClosed(alice, bob);
    t.saw(`g1 ${pair}`, `media goes on; ended here after ${seconds(at, here)}, over there after ${seconds(at, there)}`);
  });

for (const pair of /** @type {Pair[]} */ (['new → new', 'new → old', 'old → new']))
  test(`the server restarts in a call (${pair}): the next hang-up is heard, the next call rings`, { timeout: 90000, cells: [`g2 ${pair}`] }, async (t) => {
    const host = await restartable(t);
    const [alice, bob] = await people(t, pair, host.server);
    await talking(t, pair, alice, bob);
    await host.server.stop('SIGKILL');
    await host.again();
    const up = Date.now();
    const ready = (/** @type {Person} */ person) =>
      eventually(() => person.ask(() => window.__e2e.sockets.filter((s) => s.url.includes('/ws/call/')).at(-1)?.readyState),
                 (state) => state === 1, `${person.name}'s next socket`, 20000);
    await Promise.all([ready(alice), ready(bob)]);
    const back = Date.now();
    await alice.press('hang-up');
    const ended = await (pair === 'new → new' ? bob.reaches('ended') : old(bob, 'ended'));
    await alice.reaches('ended');
    t.saw(`g2 ${pair}`, `both sockets back ${seconds(up, back)} after the server; the hang-up is heard after ${seconds(back, ended)}`);
    await allClosed(alice, bob);
    if (pair === 'new → new') await ringUp(bob, alice, 'audio');
  });

test('the server restarts while a call is accepted: the answer arrives later', { timeout: 90000, cells: ['g3 new → new'] }, async (t) => {
  const host = await restartable(t);
  const [alice, bob] = await people(t, 'new → new', host.server);
  await ringUp(bob, alice, 'audio');
  await alice.control('accept');
  await host.server.stop('SIGKILL');
  await alice.press('accept');
  await alice.reaches('connecting');
  await host.again();
  const up = Date.now();
  const [active] = await Promise.all([alice, bob].map((person) => person.reaches('active', { timeout: 30000 })));
  t.saw('g3 new → new', `connected ${seconds(up, active)} after the server is back`);
});

test('the server restarts while we answer an old caller: connected, or ended with a reason', { timeout: 90000, cells: ['g3 old → new'] }, async (t) => {
  const host = await restartable(t);
  const [alice, bob] = await people(t, 'old → new', host.server);
  await bob.click('#audio');
  await alice.reaches('in-ringing');
  await alice.control('accept');
  await host.server.stop('SIGKILL');
  const pressed = Date.now();
  await alice.press('accept');
  await alice.reaches('connecting');
  await host.again();
  // Whose socket is back first decides: an answer that the old page is not there for is never asked for again.
  const settled = await alice.until((told) => told.state === 'active' || told.state === 'ended', 'a call or its end', { timeout: 40000 });
  if (settled.state === 'ended') await allClosed(alice);
  t.saw('g3 old → new', settled.state === 'active' ? `connected after ${seconds(pressed, settled)}`
    : `its socket is back later than our answer: we end with "${settled.reason}" after ${seconds(pressed, settled)}, devices closed`);
});

test('the server restarts while an old callee accepts: its answer is lost, we can cancel', { timeout: 90000, cells: ['g3 new → old'] }, async (t) => {
  const host = await restartable(t);
  const [alice, bob] = await people(t, 'new → old', host.server);
  await ring(alice, 'audio');
  await old(bob, 'prompt');
  await host.server.stop('SIGKILL');
  await bob.click('#accept');
  await old(bob, 'answered');
  await host.again();
  await old(bob, 'online', { timeout: 15000 });
  await old(bob, 'ignored offer', { timeout: 20000 }); // our next offer: it does not answer twice
  check(alice.states().at(-1) === 'out-ringing', 'the caller rings on');
  await alice.press('cancel');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  await allClosed(alice, bob);
  t.saw('g3 new → old', 'it never says its answer again: we ring on, 60 s at most; our end closes its window');
});

for (const pair of /** @type {Pair[]} */ (['new → new', 'new → old', 'old → new']))
  test(`the browser says "offline" for 8 s (${pair}): nothing happens to the call`, { timeout: 90000, cells: [`k1 ${pair}`] }, async (t) => {
    const [alice, bob] = await people(t, pair, t.server);
    await talking(t, pair, alice, bob);
    const at = Date.now();
    await alice.home.context?.setOffline(true);
    await moment(at, 8000);
    await alice.home.context?.setOffline(false);
    same(alice.states().at(-1), 'active', 'the state after 8 s');
    await Promise.all(pair === 'new → new' ? [sees(alice, 'bob'), sees(bob, 'alice')] : [hears(alice, 'bob'), hears(bob, 'alice')]);
    t.saw(`k1 ${pair}`, 'no effect: the call goes on');
  });

/** The process that does a Chromium's networking, media packets included. @param {number} browser its process */
function networkProcess(browser) {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => {
    try {
      return [Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1])];
    } catch {
      return [0, 0]; // gone meanwhile
    }
  }));
  const belongs = (/** @type {number | undefined} */ pid) => {
    while (pid && pid !== browser) pid = parents.get(pid);
    return pid === browser;
  };
  return [...parents.keys()].find((pid) => {
    try {
      return belongs(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('network.mojom.NetworkService');
    } catch {
      return false;
    }
  });
}

/** Bob's network stands still for so long, and comes back. @param {Context} t @param {Person} bob @param {number} ms */
async function standStill(t, bob, ms) {
  const pid = networkProcess(bob.home.pid);
  if (!pid) t.skip("this browser's network process was not found");
  process.kill(pid, 'SIGSTOP');
  const at = Date.now();
  try {
    await moment(at, ms);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  return { from: at, to: Date.now() };
}

test("one side's network stands still for 4, 8 and 15 s: the call comes back each time", { timeout: 150000, cells: ['k2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat), fresh: true });
  await establish(alice, bob);
  /** @type {string[]} */
  const seen = [];
  for (const ms of [4000, 8000, 15000]) {
    alice.fromNow();
    const still = await standStill(t, bob, ms);
    await Promise.all([alice, bob].map((person) => eventually(() => person.ask(() => window.OdnixCall?.state), (s) => s === 'active', `${person.name} back`, 20000)));
    await hears(alice, 'bob');
    const lost = alice.told.find((told) => told.state === 'reconnecting' && told.at >= still.from);
    const back = alice.told.filter((told) => told.state === 'active').at(-1);
    seen.push(`${ms / 1000} s: ${lost && back ? `"reconnecting" after ${seconds(still.from, lost)}, back ${seconds(still.to, back)} after the network` : 'nothing is said'}`);
  }
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  t.saw('k2 new → new', `the call goes on: ${seen.join('; ')}`);
});

for (const pair of /** @type {const} */ (['new → old', 'old → new']))
  test(`the network of an old peer stands still (${pair}): 4 s do nothing, after 8 s it has ended the call`, { timeout: 120000, cells: [`k2 ${pair}`] }, async (t) => {
    const [alice, bob] = await Promise.all([t.person('alice', { page: chatPage(t.ids.chat) }), t.oldPeer('bob', { fresh: true })]);
    await old(bob, 'online');
    await talking(t, pair, alice, bob);
    await standStill(t, bob, 4000);
    await hears(alice, 'bob');
    same(alice.states().at(-1), 'active', 'the state after 4 s');
    const still = await standStill(t, bob, 8500);
    const gone = await old(bob, 'ended', { timeout: 20000 });
    const ended = await alice.reaches('ended', { timeout: 30000 });
    await allClosed(alice, bob);
    t.saw(`k2 ${pair}`, `4 s: goes on; 8.5 s: it tears down after ${seconds(still.from, gone)}, we end with "${ended.reason}" after ${seconds(still.from, ended)}`);
  });
