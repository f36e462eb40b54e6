/** Whatever comes in: nothing thrown, nothing shown that is not true, and the next call works. */
import { chatPage, ring, ringUp, talk } from '../lib/calls.mjs';
import { allClosed } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';
import { REFUSED_SDP, RUDE_PAYLOADS, candidates, rudeFrames } from '../lib/rude.mjs';

/** The page still answers to its person. @param {import('../lib/person.mjs').Person} person */
async function pageLives(person) {
  const count = () => person.ask(() => Number(document.querySelector('#clicks')?.textContent));
  const before = await count();
  await person.click('#count');
  same(await count(), before + 1, 'clicks the page has counted');
}

test('a hostile member of the chat sends broken payloads: nothing rings, nothing breaks, a call works', { quick: true }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  for (const [type, payload] of RUDE_PAYLOADS) {
    const robot = await t.robot('bob'); // some of these cost the sender its socket
    robot.send(type, payload);
    await robot.leave();
  }
  await pageLives(alice);
  const state = await alice.ask(() => window.OdnixCall?.state);
  check(state === 'idle' || state === 'in-ringing', `state ${state}`);
  same(alice.states(), [], 'states told');
  await talk(alice, await t.person('bob'));
});

test('a hostile server sends what is no message at all, drops and refuses: the page lives, a call works', { timeout: 90000 }, async (t) => {
  const server = await t.scriptedServer();
  const alice = await t.person('alice', { server, page: chatPage(t.ids.chat) });
  await server.joined(t.ids.alice);
  for (const frame of rudeFrames(t.ids.bob)) server.say(t.ids.alice, frame);
  await pageLives(alice);
  same(alice.states(), [], 'states told');
  for (const code of [1011, 4403, 1000]) {
    const { socket } = await server.joined(t.ids.alice);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.close(code, 'so there');
    await closed;
    await server.joined(t.ids.alice);
  }
  const bob = await t.person('bob', { server, page: chatPage(t.ids.chat) });
  await Promise.all([alice, bob].map((person) => server.joined(person.user)));
  await talk(alice, bob);
  for (const frame of rudeFrames(t.ids.bob)) server.say(t.ids.alice, frame);
  await pageLives(alice).catch(() => {}); // the call may cover the button
  await eventually(() => alice.ask(() => window.OdnixCall?.state), (state) => state === 'active' || state === 'ended', 'a call or its end');
});

test('an offer that the browser refuses: accepting it ends with a message, everything released', { quick: true, cells: ['fault 28 first'] }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  const robot = await t.robot('bob');
  robot.send('webrtc.offer', { sdp: REFUSED_SDP, type: 'offer', audioOnly: true });
  await alice.reaches('in-ringing');
  await alice.press('accept');
  await alice.reaches('ended', { timeout: 40000 });
  await allClosed(alice);
  check((await alice.shown()).length > 0, 'a sentence about it');
  await robot.leave();
  await talk(alice, await t.person('bob'));
  t.saw('fault 28 first', 'ended with a message, everything released; the next call works');
});

test('an answer that the browser refuses: the call ends with a message, everything released', {}, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  const robot = await t.robot('bob');
  await ring(alice);
  await robot.hears((heard) => heard.type === 'webrtc.offer', 'the offer');
  robot.send('webrtc.answer', { sdp: REFUSED_SDP, type: 'answer' });
  await alice.reaches('ended', { timeout: 40000 });
  await allClosed(alice);
  await robot.leave();
  await talk(alice, await t.person('bob'));
});

test('a flood of candidates while it rings: the page stays quick, the call works', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair({}, { page: chatPage(t.ids.chat) });
  await ringUp(alice, bob);
  const robot = await t.robot('alice'); // a second device of the caller's account
  for (const candidate of candidates(3000)) robot.send('webrtc.ice', { candidate });
  const asked = Date.now();
  await bob.ask(() => new Promise((resolve) => setTimeout(resolve, 0)));
  check(Date.now() - asked < 5000, `the page answered after ${Date.now() - asked} ms`);
  await robot.leave();
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
});

/** @type {[string, Record<string, unknown> | 'none', 'refused' | 'works'][]} */
const CONFIGS = [
  ['no configuration', 'none', 'refused'],
  ['no chatId', { chatId: null }, 'refused'],
  ['chatId as numeric text', { chatId: 'NUMBER' }, 'works'],
  ['chatId as words', { chatId: 'abc' }, 'refused'],
  ['chatId half numeric', { chatId: '12abc' }, 'refused'],
  ['chatId negative', { chatId: -4 }, 'refused'],
  ['chatId an object', { chatId: { id: 4 } }, 'refused'],
  ['chatId with a path in it', { chatId: '1/../2' }, 'refused'],
  ['host that is no host', { host: 'http://a b' }, 'refused'],
  ['wsScheme unknown', { wsScheme: 'ftp' }, 'works'],
  ['iceServers text', { iceServers: 'stun:x' }, 'works'],
  ['iceServers with rubbish inside', { iceServers: [5, null, { urls: 7 }, { urls: 'nonsense' }, {}] }, 'works'],
  ['iceServers absent', { iceServers: null }, 'works'],
  ['userId missing', { userId: null }, 'refused'],
];

test('configurations with rubbish in them: a clear message or a call, never an exception', { timeout: 120000 }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat), bare: true });
  for (const [name, config, outcome] of CONFIGS) {
    const text = config === 'none' ? 'none' : JSON.stringify(config).replace('NUMBER', String(t.ids.chat));
    alice.fromNow();
    await alice.page.goto(t.url('alice', { page: chatPage(t.ids.chat, { config: text }) }));
    await alice.ask(() => /** @type {any} */ (window).loaded);
    await alice.click('#video');
    if (outcome === 'works') await alice.reaches('out-ringing', { timeout: 10000 }).catch((e) => { throw new Error(`${name}: ${e.message}`); });
    else {
      const complaint = await alice.complains({ timeout: 10000 }).catch((e) => { throw new Error(`${name}: ${e.message}`); });
      check(String(complaint.message).length > 10, `${name}: a message, not "${complaint.message}"`);
      await pageLives(alice);
    }
    same(alice.errors, [], `${name}: errors`);
  }
});
