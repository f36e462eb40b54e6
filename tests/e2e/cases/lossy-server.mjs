/** A server that loses, doubles and delays what it relays, as one over its capacity does: calls all the same. */
import { bothEnd, ring, scriptedPair, settle, talk } from '../lib/calls.mjs';
import { allClosed } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/scripted-server.mjs').ScriptedServer} ScriptedServer */

/** Both, on pages of a server that relays like this. @param {import('../lib/context.mjs').Context} t @param {ScriptedServer['copies']} copies */
async function pairAt(t, copies) {
  const pair = await scriptedPair(t);
  pair.server.copies = copies;
  return pair;
}

test('the answer is lost: it is said again, and the call connects', { cells: ['fault 4'] }, async (t) => {
  let lost = 0;
  const { server, alice, bob } = await pairAt(t, ({ type }) => (type === 'webrtc.answer' && (lost += 1) === 1 ? [] : [0]));
  await talk(alice, bob, 'audio');
  const [accepted, active] = await Promise.all([bob.reaches('connecting', { since: 0 }), alice.reaches('active', { since: 0 })]);
  check(lost > 1, 'the answer was said once');
  const calls = server.heard.map(({ text }) => JSON.parse(text)).filter(({ type }) => type === 'webrtc.answer').map(({ payload }) => payload.call);
  same(new Set(calls).size, 1, 'calls that were answered');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  t.saw('fault 4', 'said again; from Accept to the call', active.at - accepted.at);
});

test('everything comes twice: one ring, one connection, one end', { cells: ['fault 5'] }, async (t) => {
  const { alice, bob } = await pairAt(t, () => [0, 40]);
  await talk(alice, bob, 'audio');
  same(await Promise.all([alice, bob].map((person) => person.ask(() => window.__e2e.open().peers))), [1, 1], 'connections');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await Promise.all([settle(alice), settle(bob)]);
  await new Promise((resolve) => { setTimeout(resolve, 1500); }); // the last copies have come
  same(bob.states().filter((state) => state === 'in-ringing').length, 1, 'times it rang');
  await allClosed(alice, bob);
  t.saw('fault 5', 'one ring, one connection, one end');
});

test('every second message of each is lost: the call connects, muting and the end arrive', { timeout: 90000, cells: ['fault 31'] }, async (t) => {
  /** Messages of each so far. @type {Map<number, number>} */
  const said = new Map();
  const { alice, bob } = await pairAt(t, (_, { user }) => {
    said.set(user, (said.get(user) ?? 0) + 1);
    return (said.get(user) ?? 0) % 2 ? [] : [0];
  });
  await talk(alice, bob, 'audio');
  await bob.press('microphone');
  await alice.reads(/muted|microphone is off/i, 5000);
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 31', 'connected; muting is seen and the end heard');
});

test('a call is given up before its offer arrives: the end overtakes it, and nothing rings', { cells: ['fault 6'] }, async (t) => {
  const { server, alice, bob } = await pairAt(t, ({ type }) => (type === 'webrtc.offer' ? [6000] : [0]));
  await ring(alice, 'audio');
  await alice.reaches('out-ringing');
  while (!server.heard.some(({ text }) => text.includes('webrtc.offer'))) await new Promise((resolve) => { setTimeout(resolve, 20); });
  await alice.press('cancel');
  await new Promise((resolve) => { setTimeout(resolve, 7000); }); // every offer has come
  same(bob.states(), [], 'what bob was told');
  server.copies = () => [0];
  await talk(alice, bob, 'audio');
  t.saw('fault 6', 'nothing rings, and the next call connects');
});

test('an offer was on its way for 58 s: it does not ring, is told as missed, the next call rings', { cells: ['fault 7'] }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t);
  const late = 58000;
  server.alter = ({ type, payload }) => (type === 'webrtc.offer' ? { ...payload, age: payload.age + late } : payload);
  await ring(alice, 'audio');
  const { age } = await bob.until(({ kind }) => kind === 'missed', 'a missed call');
  check(Number(age) >= late && Number(age) < late + 10000, `it is said to be ${age} ms old`);
  const offers = async () => server.heard.filter(({ text }) => text.includes('webrtc.offer')).length;
  await eventually(offers, (count) => count > 2, 'the offer said twice more');
  check(!/ringing/i.test(await alice.shown()), 'alice reads that it rings');
  same(bob.states(), [], 'what bob was told');
  await alice.press('cancel');
  same((await alice.reaches('ended')).reason, 'cancelled', 'the reason');
  server.alter = ({ payload }) => payload;
  await talk(alice, bob, 'audio');
  same(bob.told.filter(({ kind }) => kind === 'missed').length, 1, 'missed calls');
  t.saw('fault 7', 'nothing rings, missed once, with its age; the next call connects');
});
