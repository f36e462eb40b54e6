/** 10,000 hostile messages to a real page under the strict policy with Trusted Types: alive, bounded, nothing rendered. */
import { answerOf, bothEnd, chatPage, establish, hearing, offerInside, ringUp, scriptedPair, settle, talk } from '../lib/calls.mjs';
import { FOOTPRINT, footprint, longestTask } from '../lib/footprint.mjs';
import { keepFlood } from '../lib/floods.mjs';
import { flood, floodOfPeer, pushes, renamings, wordsOfPeer } from '../lib/hostile.mjs';
import { hears } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person @typedef {import('../lib/scripted-server.mjs').ScriptedServer} ScriptedServer */

const LAST_CALL = 'feed'.repeat(8);
const LAST_WORD = JSON.stringify({
  type: 'webrtc.ringing', from_user_id: 1, payload: { v: 2, call: LAST_CALL, from: 'feed'.repeat(4), seq: 0, kind: 'ack', of: 1 },
});

/** When the page's socket has heard the last word, and the page has time again. @param {Person} person @returns {Promise<unknown>} */
const calmAgain = (person) => person.ask((call) => new Promise((resolve) => {
  for (const socket of window.__e2e.sockets)
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string' && data.includes(call)) requestIdleCallback(resolve);
    });
}), LAST_CALL);

/** Everything on the page's sockets, a thousand at a time, as fast as it takes them; the page answers in between. @param {ScriptedServer} server @param {Person} person @param {Iterable<string | Buffer>} frames */
async function pour(server, person, frames) {
  let sent = 0;
  let slowest = 0;
  const calm = calmAgain(person);
  await person.ask(() => 0); // it listens
  for (const frame of frames) {
    server.say(person.user, frame);
    if ((sent += 1) % 1000 > 0) continue;
    const asked = Date.now();
    await person.ask(() => new Promise((resolve) => { setTimeout(resolve, 0); }));
    slowest = Math.max(slowest, Date.now() - asked);
  }
  server.say(person.user, LAST_WORD); // the page's socket and our questions take different ways
  await calm;
  return { sent, slowest };
}

/** Keeps the data channels of a page at hand. Before its scripts. */
const CHANNELS = `(() => {
  const { createDataChannel } = RTCPeerConnection.prototype;
  window.__channels = [];
  RTCPeerConnection.prototype.createDataChannel = function (...given) {
    const made = createDataChannel.apply(this, given);
    window.__channels.push(made);
    return made;
  };
})()`;

/** The words again and again by the channel of `from`, as fast as it takes them, until it is closed. @param {Person} from @param {string[]} words @param {number} count */
const sendByChannel = (from, words, count) => from.ask(async ([list, most]) => {
  const channel = /** @type {any} */ (window).__channels.find((/** @type {RTCDataChannel} */ { readyState }) => readyState === 'open');
  let sent = 0;
  for (; sent < most && channel.readyState === 'open'; sent += 1) {
    channel.send(sent % 50 === 49 ? new Uint8Array(1000) : list[sent % list.length]);
    if (channel.bufferedAmount > 1 << 20) await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
  return sent;
}, /** @type {const} */ ([words, count]));

/** The slowest answer of the page while `work` is done, ms. @param {Person} person @param {Promise<void>} work */
async function slowestAnswer(person, work) {
  let [slowest, busy] = [0, true];
  const over = work.finally(() => { busy = false; });
  while (busy) {
    const asked = Date.now();
    await person.ask(() => new Promise((resolve) => { setTimeout(resolve, 0); }));
    slowest = Math.max(slowest, Date.now() - asked);
  }
  await over;
  return slowest;
}

/** Nothing of what came in became markup or an address, ran, or reorders what is read. @param {Person} person */
async function nothingRendered(person) {
  same(await person.ask(() => /** @type {any} */ (window).__owned ?? null), null, 'a script of theirs ran');
  const { elements, addresses, html } = await person.ask((ours) => {
    const root = document.querySelector('#odnix-call')?.shadowRoot;
    const all = [...(root?.querySelectorAll('*') ?? [])];
    return {
      elements: all.map(({ localName }) => localName).filter((name) => !ours.includes(name)),
      addresses: all.flatMap(({ attributes }) => [...attributes]).map(({ name, value }) => `${name}=${value}`)
        .filter((text) => /^(on|src|href|poster|style=.*url\()/.test(text)),
      html: root?.innerHTML ?? '', // the names of what is there for screen readers, too
    };
  }, ['audio', 'button', 'canvas', 'div', 'style', 'video']);
  same([elements, addresses], [[], []], 'elements and attributes that are none of ours');
  check(!/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/.test(html), 'bidirectional controls are shown');
}

/**
 * @param {Person} person @param {() => Promise<{ sent: number, slowest: number }>} attack @param {string[]} notes
 * @param {import('../lib/floods.mjs').Kind} what
 */
async function survive(person, attack, notes, what) {
  const before = await footprint(person);
  await longestTask(person);
  const { sent, slowest } = await attack();
  const task = await longestTask(person); // before our own questions make long tasks
  await eventually(() => person.ask((call) => window.OdnixCall?.debug.journal().includes(call), LAST_CALL), Boolean, `${what}: the last word is in the journal`);
  const after = await footprint(person);
  notes.push(`${what}: ${sent} messages, longest task ${task} ms, slowest answer of the page ${slowest} ms, JS heap ${(before.heap / 1048576).toFixed(1)} → ` +
    `${(after.heap / 1048576).toFixed(1)} MiB, WASM ${before.wasm / 1048576} → ${after.wasm / 1048576} MiB`);
  keepFlood({ what, sent, task, slowest, before: { heap: before.heap, wasm: before.wasm }, after: { heap: after.heap, wasm: after.wasm } });
  check(slowest < 5000, `${what}: the page answered after ${slowest} ms`);
  check(after.heap - before.heap < 16 * 1048576 && after.wasm - before.wasm <= 16 * 1048576, `${what}: memory grew`);
  await nothingRendered(person);
}

test('10,000 hostile messages to an idle page: it lives, nothing is rendered, a call works right after', { timeout: 180000 }, async (t) => {
  const server = await t.scriptedServer();
  const alice = await t.person('alice', { server, page: chatPage(t.ids.chat), init: [FOOTPRINT] });
  await server.joined(t.ids.alice);
  await survive(alice, () => pour(server, alice, flood(10000, t.ids.bob)), t.notes, 'idle');
  same(alice.states(), [], 'states told');
  await talk(alice, await t.person('bob', { server, page: chatPage(t.ids.chat) }));
});

test('1,000 hostile calls, and pushes of them: one ring, nothing is rendered, a call works right after', { timeout: 180000 }, async (t) => {
  const server = await t.scriptedServer();
  const alice = await t.person('alice', { server, page: chatPage(t.ids.chat), init: [FOOTPRINT] });
  await server.joined(t.ids.alice);
  await survive(alice, async () => {
    for (const push of pushes(t.ids.bob, t.ids.chat)) for (const socket of server.sockets(t.ids.alice, '/ws/notify/')) socket.send(push);
    return pour(server, alice, flood(10000, t.ids.bob, { ring: true }));
  }, t.notes, 'ringing');
  check((await alice.ask(() => window.__e2e.requests.length)) === 0, 'no device was asked for');
  check((await alice.ask(() => window.__e2e.peers.length)) === 0, 'no connection was made');
  if ((await alice.ask(() => window.OdnixCall?.state)) === 'in-ringing') await alice.press('decline');
  await settle(alice);
  await talk(alice, await t.person('bob', { server, page: chatPage(t.ids.chat) }));
});

test('names and pictures with tricks, pushed while it rings: each name is plain text, the call works', { timeout: 90000 }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t);
  const sockets = async () => server.sockets(t.ids.alice, '/ws/notify/');
  const [notify] = await eventually(sockets, ({ length }) => length > 0, 'a notify socket');
  await ringUp(bob, alice, 'audio');
  const title = () => alice.ask(() => window.__e2e.text('title'));
  let last = '';
  for (const { frame, seen } of renamings(t.ids.bob, t.ids.chat)) {
    notify.send(frame);
    await eventually(title, (text) => text === seen, `${JSON.stringify(seen)} as the name`, 5000);
    await nothingRendered(alice);
    last = seen;
  }
  await alice.press('accept');
  await hearing(alice, bob);
  same(await title(), last, 'the name in the call');
  await nothingRendered(alice);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await nothingRendered(alice);
});

test('10,000 hostile messages into a call: it goes on, and ends as it should', { timeout: 180000 }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t, { init: [FOOTPRINT] });
  await establish(alice, bob, 'audio');
  const call = server.heard.map(({ text }) => JSON.parse(text)).find(({ type }) => type === 'webrtc.offer')?.payload.call;
  check(call, 'the call id');
  await survive(alice, () => pour(server, alice, flood(10000, t.ids.carol)), t.notes, 'in a call, by a stranger');
  same(await alice.ask(() => window.OdnixCall?.state), 'active', 'the state');
  await hears(alice, 'bob');
  await alice.press('hang-up');
  await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
  await eventually(() => alice.ask(() => window.__e2e.open()), (left) => left.peers === 0 && left.tracks === 0, 'everything closed');
});

/** As it goes, the page leaves more to do than one run takes. Before the client's scripts, so that it comes first. */
const BUSY_TO_THE_END = `addEventListener('pagehide', () => {
  for (let i = 0; i < 200; i += 1) window.OdnixCall?.startVideoCall();
})`;

test('the page closes while more waits than one run takes: its last word is said all the same', {}, async (t) => {
  const { alice, bob } = await scriptedPair(t, {}, { init: [BUSY_TO_THE_END] });
  await establish(alice, bob, 'audio');
  await bob.page.close({ runBeforeUnload: false });
  bob.gone = true;
  same((await alice.reaches('ended', { timeout: 10000 })).reason, 'hangup', 'the reason');
});

test('somebody between the two names another certificate inside the call: refused, told to the page, and the call goes on', { cells: ['fault 29'] }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t);
  await establish(alice, bob, 'audio');
  offerInside(server, alice, bob, (sdp) => {
    const other = sdp.replace(/(a=fingerprint:sha-256 )(..)/g, (/** @type {string} */ _, /** @type {string} */ name, /** @type {string} */ byte) => `${name}${byte === '00' ? '01' : '00'}`);
    check(other !== sdp, 'the certificate is another one');
    return other;
  });
  same((await alice.complains()).code, 'certificate-changed', 'what the page is told');
  await hears(alice, 'bob');
  await hears(bob, 'alice');
  same(await alice.ask(() => window.OdnixCall?.state), 'active', 'the state');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  t.saw('fault 29', 'refused, `certificate-changed`, both hear on');
});

test('10,000 hostile messages by the other side of the call itself: the page lives, and the next call works', { timeout: 180000 }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t, { init: [FOOTPRINT] });
  await establish(alice, bob, 'audio');
  const peer = { ...answerOf(server, bob), user: bob.user };
  const before = await alice.ask(() => window.__e2e.peers.length);
  await survive(alice, () => pour(server, alice, floodOfPeer(10000, peer)), t.notes, 'in a call, by the other side');
  const made = (await alice.ask(() => window.__e2e.peers.length)) - before;
  check(made < 40, `${made} connections were made`);
  await bob.close();
  await alice.press('hang-up');
  await alice.reaches('ended');
  await eventually(() => alice.ask(() => window.__e2e.open()), (left) => left.peers === 0 && left.tracks === 0, 'everything closed');
  await settle(alice);
  await talk(alice, await t.person('bob', { server, page: chatPage(t.ids.chat) }));
});

test('10,000 hostile messages by the data channel: it is closed, the call goes on without it, and the next call works', { timeout: 180000 }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t, { init: [FOOTPRINT] }, { init: [CHANNELS] });
  await establish(alice, bob, 'audio');
  const words = wordsOfPeer(100, { ...answerOf(server, bob), user: bob.user });
  await survive(alice, async () => {
    let sent = 0;
    const slowest = await slowestAnswer(alice, (async () => {
      // At a pace that the channel allows, each kind of word is looked at; then as fast as it goes.
      for (let i = 0; i < 4; i += 1) {
        sent += await sendByChannel(bob, words.filter((word, at) => at % 4 === i && word.length < 2000), 40);
        await new Promise((resolve) => { setTimeout(resolve, 1000); });
      }
      same(sent, 160, 'messages at a fair pace');
      sent += await sendByChannel(bob, words, 10000);
    })());
    await pour(server, alice, []);
    return { sent, slowest };
  }, t.notes, 'by the data channel');
  check((await bob.ask(() => /** @type {any} */ (window).__channels.every((/** @type {RTCDataChannel} */ { readyState }) => readyState !== 'open'))), 'the channel is closed');
  check((await alice.ask(() => window.OdnixCall?.debug.journal() ?? '')).includes('flood'), 'the journal says why');
  same(await alice.ask(() => window.OdnixCall?.state), 'active', 'the state');
  await hears(alice, 'bob');
  await hears(bob, 'alice');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await Promise.all([settle(alice), settle(bob)]);
  await talk(alice, bob);
});
