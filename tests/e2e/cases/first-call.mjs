/** The first call of a page: what was rehearsed while it was idle, and in which order things happen when it comes. */
import { bothEnd, chatPage, ringUp, talk } from '../lib/calls.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** Counts idle moments and every door to the outside that a rehearsal could open. Runs before the page's scripts. */
const IDLE = `(() => {
  const seen = { asked: 0, used: 0, texts: [], sounds: 0, contexts: [], channels: 0, sent: 0 };
  Object.defineProperty(window, '__idle', { value: seen });
  const idle = window.requestIdleCallback;
  window.requestIdleCallback = (then, options) => {
    seen.asked += 1;
    return idle.call(window, (deadline) => { seen.used += 1; then(deadline); }, options);
  };
  const count = (name) => { window[name] = new Proxy(window[name], { construct(target, args) { seen.sounds += 1; return Reflect.construct(target, args); } }); };
  count('AudioContext');
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (...args) { seen.contexts.push(args[0]); return get.apply(this, args); };
  const measure = CanvasRenderingContext2D.prototype.measureText;
  CanvasRenderingContext2D.prototype.measureText = function (text) { seen.texts.push(text); return measure.call(this, text); };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...args) { seen.sent += 1; return send.apply(this, args); };
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (...args) { seen.channels += 1; return post.apply(this, args); };
})()`;

/** One text of each screen that a call goes through; the digits are the timer's. */
const LAID_OUT = ['Calling…', 'Incoming video call', '9', 'Call ended'];

/** Notes what was painted when the offer left. Before the page's scripts: the client keeps the socket's own send. */
const OFFERED = `(() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (String(data).includes('"webrtc.offer"')) window.offer ??= { painted: window.__e2e.clears, after: performance.now() - window.released };
    return send.call(this, data);
  };
  addEventListener('pointerup', () => { window.released = performance.now(); }, true);
})()`;

/** @param {import('../lib/person.mjs').Person} person */
const idle = (person) => person.ask(() => /** @type {any} */ (window).__idle);

test('an idle page has rehearsed a call: nothing was opened, sent or put into the page, and it came to an end', { quick: true }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat), init: [IDLE] });
  await alice.listens();
  const before = await idle(alice);
  const page = () => alice.ask(() => document.documentElement.outerHTML);
  const html = await page();
  const bob = await t.robot('bob');
  const after = await eventually(() => idle(alice), ({ asked, used }) => used > 0 && asked === used, 'the end of the rehearsal');
  t.notes.push(`${after.used} idle moments, ${after.texts.length} texts measured`);
  same(LAID_OUT.filter((text) => !after.texts.includes(text)), [], 'texts of all screens, from the ring to the end, that were not laid out');
  same([after.sounds, after.sent, after.channels], [0, before.sent, before.channels], 'sounds, frames, words to other tabs');
  same(after.contexts, ['2d'], 'contexts of canvases: only the one that measures texts');
  same(await alice.ask(() => [window.__e2e.peers.length, window.__e2e.requests.length, window.__e2e.sockets.length, window.__e2e.rafs, window.OdnixCall?.state]),
       [0, 0, 2, 0, 'idle'], 'connections, requests for devices, sockets, frames, state');
  same(await page(), html, 'the page');
  same(bob.heard, [], 'what the others heard');
  same(alice.states(), [], 'states told');
  const journal = await alice.ask(() => window.OdnixCall?.debug?.journal() ?? '');
  check(!/StartRequested|AcceptRequested/.test(journal), 'the journal knows of no call');
});

test('a call that comes in the middle of the rehearsal ends it', {}, async (t) => {
  const setting = { page: chatPage(t.ids.chat), init: [IDLE] };
  const [alice, bob] = await t.pair(setting, setting);
  await talk(alice, bob);
  await eventually(() => idle(alice), ({ asked, used }) => asked === used, 'no idle moment asked for');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
});

test('the offer leaves before the first picture is painted', {}, async (t) => {
  const [alice, bob] = await t.pair({ init: [OFFERED] }, {});
  await ringUp(alice, bob);
  const { painted, after } = await alice.ask(() => /** @type {any} */ (window).offer);
  // Whoever is asked for permission first sees a picture meanwhile: it waits 300 ms.
  check(painted === 0 || after > 300, `${painted} pictures painted before the offer, which left after ${after} ms`);
  await eventually(() => alice.ask(() => window.__e2e.clears), (clears) => clears > 0, 'a picture after it');
  await alice.press('cancel');
});

test('what can be pressed does not wait for a frame: the prompt comes and the call goes without one', {}, async (t) => {
  const [alice, bob] = await t.pair();
  // From now on Bob's page gets no animation frame at all.
  await bob.ask(() => {
    window.requestAnimationFrame = () => 1;
  });
  const there = (/** @type {string} */ id) => bob.ask((name) => window.__e2e.control(name) !== null, id);
  await ringUp(alice, bob);
  await eventually(() => there('accept'), Boolean, 'the prompt without a frame');
  await alice.press('cancel');
  await bothEnd(alice, 'cancelled', bob, 'cancelled');
  await eventually(() => there('accept'), (shown) => !shown, 'the prompt gone without a frame');
});

test('who calls while the module is still on its way is heard', {}, async (t) => {
  const held = `{ const real = window.fetch; const let_go = new Promise((done) => { window.letGo = done; });
    window.fetch = (...args) => let_go.then(() => real(...args)); }`;
  const bob = await t.person('bob', { page: chatPage(t.ids.chat), init: [held], bare: true });
  await eventually(() => bob.ask(() => window.__e2e.sockets.length), (count) => count === 1, 'the call socket before the module');
  const alice = await t.robot('alice');
  await bob.ask(() => {
    const [socket] = window.__e2e.sockets;
    /** @type {any} */ (window).heard = new Promise((done) => socket.addEventListener('message', () => done(null), { once: true }));
  });
  alice.send('webrtc.offer', { sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n', type: 'offer', audioOnly: true });
  await bob.ask(() => /** @type {any} */ (window).heard);
  same(bob.states(), [], 'no state before the module is there');
  await bob.ask(() => /** @type {any} */ (window).letGo());
  await bob.reaches('in-ringing');
  same(await bob.ask(() => window.__e2e.sockets.filter(({ url }) => url.includes('/ws/call/')).length), 1, 'call sockets');
  await bob.press('decline');
});
