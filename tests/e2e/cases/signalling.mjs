/** The signalling server is away, dies or comes late; a browser dies. */
import { chatPage, establish, ring, ringUp, talk } from '../lib/calls.mjs';
import { DevServer, freePort } from '../lib/dev-server.mjs';
import { seconds } from '../lib/legacy.mjs';
import { allClosed, hears, seeAndHearEachOther, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';
import { kill } from '../lib/browsers.mjs';
import { join } from 'node:path';
import { WebSocket } from 'ws';

/** Chromium says this about every socket that cannot be opened; no page can prevent it. */
const REFUSED = /WebSocket connection to .* failed/;
const GONE = /ERR_CONNECTION_REFUSED/;

test('the server is down at the start: the client tries again and calls work once it is up', { timeout: 90000 }, async (t) => {
  const port = await freePort();
  // The page comes from a server that is up, the calls go through one that is not there yet.
  const pages = await t.scriptedServer({ csp: "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' ws: data: blob:" });
  const page = (/** @type {number} */ user) =>
    chatPage(t.ids.chat, { config: JSON.stringify({ host: `127.0.0.1:${port}/as/${user}` }) });
  const setting = { server: pages, expects: [REFUSED, GONE] };
  const [alice, bob] = await t.pair({ ...setting, page: page(t.ids.alice), bare: true }, { ...setting, page: page(t.ids.bob), bare: true });
  await alice.ask(() => /** @type {any} */ (window).loaded);
  await ring(alice);
  await alice.reaches('out-ringing', { timeout: 10000 }); // it rings out into nothing, without an error box
  const server = await DevServer.start({ folder: join(t.folder, '..', 'servers'), slots: t.slots, port });
  t.atEnd(() => server.stop());
  await bob.reaches('in-ringing', { timeout: 30000 });
  await bob.press('accept');
  await seeAndHearEachOther(alice, bob);
});

test('the server is killed in a call: the media goes on, hanging up still ends it here', { timeout: 90000, cells: ['g1 new → new'] }, async (t) => {
  const server = await t.ownServer();
  const [alice, bob] = await t.pair({ server, expects: [REFUSED, GONE] }, { server, expects: [REFUSED, GONE] });
  await talk(alice, bob);
  await server.stop('SIGKILL');
  const dead = Date.now();
  while (Date.now() - dead < 6000) await Promise.all([sees(alice, 'bob'), sees(bob, 'alice'), hears(alice, 'bob')]);
  same(await alice.ask(() => window.OdnixCall?.state), 'active', "alice's state without a server");
  // Mute and end reach the other side all the same, and at once: they go by the data channel.
  await alice.press('microphone');
  await bob.reads(/muted|microphone is off/i, 3000);
  bob.fromNow();
  const pressed = Date.now();
  await alice.press('hang-up');
  const [end, heard] = await Promise.all([alice.reaches('ended'), bob.reaches('ended', { timeout: 5000 })]);
  same([end.reason, heard.reason], ['hangup', 'hangup'], 'the reasons');
  check(heard.at - end.at < 1000, `the end without a server took ${Math.round(heard.at - end.at)} ms`);
  await allClosed(alice, bob);
  t.saw('g1 new → new', `media goes on; ended here after ${seconds(pressed, end)}, over there after ${seconds(pressed, heard)}`);
});

test('all sockets drop in a call and come back: the next hang-up is heard at once', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await establish(alice, bob);
  await t.server.drop(t.ids.alice);
  await t.server.drop(t.ids.bob);
  await sees(alice, 'bob');
  for (const person of [alice, bob])
    await eventually(() => person.ask(() => window.__e2e.sockets.filter((s) => s.url.includes('/ws/call/')).map((s) => s.readyState)),
                     (all) => all.length > 1 && all.at(-1) === WebSocket.OPEN, `${person.name}'s next socket`);
  check(alice.states().at(-1) === 'active' && bob.states().at(-1) === 'active', 'a dead socket does not hurt a call');
  await bob.press('hang-up');
  await Promise.all([alice.reaches('ended', { timeout: 10000 }), bob.reaches('ended')]);
});

test('a socket drops while ringing: the call rings on and can be answered', { cells: ['fault 3'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await t.server.drop(t.ids.alice);
  await bob.press('accept');
  await seeAndHearEachOther(alice, bob);
  t.saw('fault 3', 'it rings on, is answered, and both see and hear');
});

test("the other's browser dies: reconnecting is said first, then the end and why", { waits: true, timeout: 120000 }, async (t) => {
  const [alice, bob] = await t.pair({}, { fresh: true });
  await talk(alice, bob);
  bob.gone = true;
  kill(bob.home.pid);
  await alice.reaches('reconnecting', { timeout: 20000 });
  await alice.reads(/reconnect|connection/i);
  const end = await alice.reaches('ended', { timeout: 60000 });
  check(Boolean(end.reason) && end.reason !== 'hangup', `the end says what happened, not "${end.reason}"`);
  await alice.reads(/lost|connection/i);
  await allClosed(alice);
});

test('the other closes the page: the end comes soon', { cells: ['fault 11'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await establish(alice, bob);
  const closed = Date.now();
  await bob.page.close({ runBeforeUnload: false });
  bob.gone = true;
  const ended = await alice.reaches('ended', { timeout: 10000 });
  same(ended.reason, 'hangup', 'the reason');
  await allClosed(alice);
  t.saw('fault 11', `"${ended.reason}", devices released`, ended.at - closed);
});
