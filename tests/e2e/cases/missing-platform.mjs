/** Browsers and pages that lack something: a clear message, and the page lives on. */
import { chatPage, ring, talk } from '../lib/calls.mjs';
import { seeAndHearEachOther } from '../lib/proofs.mjs';
import { check, same, test } from '../lib/registry.mjs';

/** @param {import('../lib/person.mjs').Person} person @param {RegExp} wording */
async function refusesClearly(person, wording) {
  await person.ask(() => /** @type {any} */ (window).loaded);
  await person.click('#video');
  const complaint = await person.complains({ since: 0 });
  check(wording.test(String(complaint.message)), `a message about ${wording}, not "${complaint.message}"`);
  same(await person.ask(() => window.__e2e.open().tracks), 0, 'tracks open');
}

/** @param {import('../lib/person.mjs').Person} person */
async function pageLives(person) {
  for (const id of ['cancel', 'dismiss'])
    if ((await person.ask((name) => window.__e2e.control(name), id)) !== null) await person.press(id);
  await person.click('#count');
  same(await person.ask(() => document.querySelector('#clicks')?.textContent), '1', 'clicks the page has counted');
}

test('a page without https: no camera or microphone there, said clearly', { quick: true }, async (t) => {
  const alice = await t.person('alice', {
    page: chatPage(t.ids.chat), bare: true, permissions: [],
    origin: `http://insecure.test:${t.server.port}`, args: ['--host-resolver-rules=MAP insecure.test 127.0.0.1'],
  });
  check(!(await alice.ask(() => isSecureContext)), 'the page is insecure');
  await refusesClearly(alice, /https|secure/i);
  await alice.reads(/not secure.*https/i);
  await pageLives(alice);
});

test('a browser without WebRTC', { quick: true }, async (t) => {
  const alice = await t.person('alice', {
    page: chatPage(t.ids.chat), bare: true, init: ['delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;'],
  });
  await refusesClearly(alice, /webrtc|browser|support/i);
  await pageLives(alice);
});

test('a browser without WebAssembly', { quick: true }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat), bare: true, init: ['delete window.WebAssembly;'] });
  await refusesClearly(alice, /webassembly|browser|load/i);
  await pageLives(alice);
});

test('a page whose policy forbids WebAssembly', { cells: ['fault 32 policy'] }, async (t) => {
  const server = await t.scriptedServer({
    csp: "default-src 'none'; script-src 'self'; connect-src 'self' ws:; style-src 'self'; media-src 'self' blob:; img-src 'self' data:",
  });
  const alice = await t.person('alice', {
    server, page: chatPage(t.ids.chat), bare: true, expects: [/Content Security Policy|Content-Security-Policy/i],
  });
  await refusesClearly(alice, /webassembly|policy|load/i);
  await pageLives(alice);
  t.saw('fault 32 policy', 'one message, the page lives');
});

test('the wasm file is missing: said once, the page lives', {}, async (t) => {
  const alice = await t.person('alice', {
    page: chatPage(t.ids.chat, { config: JSON.stringify({ wasm: '/no-such-file.wasm' }) }), bare: true, expects: [/404/],
  });
  await refusesClearly(alice, /load|webassembly|wasm|404/i);
  await pageLives(alice);
});

test('no WebGL: the mirror becomes the visible UI and the call works', { timeout: 90000, cells: ['fault 32 none'] }, async (t) => {
  const [alice, bob] = await t.pair({}, { args: ['--disable-3d-apis'], page: chatPage(t.ids.chat) });
  check((await bob.ask(() => document.createElement('canvas').getContext('webgl2'))) === null, 'WebGL2 is off');
  await talk(alice, bob);
  const seen = await bob.ask(() => Boolean(document.querySelector('#odnix-call')?.shadowRoot?.querySelector('.mirror.visible')));
  check(seen, 'the mirror has the class "visible"');
  await bob.press('hang-up');
  await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
  alice.fromNow();
  await ring(bob);
  await alice.reaches('in-ringing');
  await alice.press('accept');
  await seeAndHearEachOther(alice, bob);
  t.saw('fault 32 none', 'the buttons are the interface; calls in both directions');
});

test('WebGL is lost in a call: the controls still work', { cells: ['fault 32 lost'] }, async (t) => {
  const [alice, bob] = await t.pair({}, { page: chatPage(t.ids.chat) });
  await talk(alice, bob);
  await bob.ask(() => {
    const canvas = document.querySelector('#odnix-call')?.shadowRoot?.querySelector('canvas');
    /** @type {any} */ (canvas)?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await bob.press('hang-up');
  await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
  t.saw('fault 32 lost', 'hung up by its button');
});
