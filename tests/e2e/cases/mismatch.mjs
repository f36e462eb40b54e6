/** Descriptions that the two browsers cannot go on from: other lines than before, an answer that never came, no codec in common. */
import { bothEnd, establish, offerInside, ringUp, scriptedPair } from '../lib/calls.mjs';
import { allClosed, hearEachOther, sees } from '../lib/proofs.mjs';
import { check, eventually, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/** The part before the first line of media, then each line with its attributes. @param {string} sdp */
const sections = (sdp) => sdp.split(/(?=^m=)/m);

/** @param {Person} person @returns {Promise<number>} connections that it made so far */
const made = (person) => person.ask(() => window.__e2e.peers.length);

/** Both made one new connection, by which they hear each other. @param {Person[]} people @param {number[]} before */
async function mended(people, before) {
  for (const [index, person] of people.entries())
    await eventually(() => made(person), (count) => count === before[index] + 1, `${person.name}'s new connection`, 20000);
  await eventually(() => Promise.all(people.map((person) => person.ask(() => window.OdnixCall?.state))),
                   (states) => states.every((state) => state === 'active'), 'both in the call', 20000);
}

test('an offer with other lines than before inside the call: taken back, one new connection, the call goes on and can be changed', { cells: ['fault 28 lines'] }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t);
  await establish(alice, bob, 'audio');
  await hearEachOther(alice, bob);
  const before = [await made(alice), await made(bob)];
  const at = Date.now();
  offerInside(server, alice, bob, (sdp) => {
    const [head, audio, ...rest] = sections(sdp);
    check(rest.length > 0, 'more than one line');
    return [head, ...rest, audio].join('');
  });
  await mended([alice, bob], before);
  const back = alice.told.filter((told) => told.state === 'active').at(-1);
  await hearEachOther(alice, bob);
  await alice.press('camera');
  await sees(bob, 'alice');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 28 lines', 'one new connection, and a camera can be added; back in the call', /** @type {{ at: number }} */ (back).at - at);
});

/** Answers inside the call that this page sends by its data channel are lost while `__loses`. */
const LOSES = `(() => {
  const { send } = RTCDataChannel.prototype;
  RTCDataChannel.prototype.send = function (data) {
    if (!(window.__loses && /"renegotiate"/.test(data) && /"answer"/.test(data))) send.call(this, data);
  };
})()`;

test('an answer inside the call is lost until its offer was taken back: a new connection, and the camera is there', { waits: true, timeout: 90000, cells: ['fault 28 lost'] }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t, {}, { init: [LOSES] });
  await establish(alice, bob, 'audio');
  const before = [await made(alice), await made(bob)];
  /** @param {boolean} on */
  const lose = (on) => bob.ask((value) => { /** @type {any} */ (window).__loses = value; }, on);
  server.copies = ({ payload }, { user }) => (user === bob.user && payload.kind === 'renegotiate' && payload.type === 'answer' ? [] : [0]);
  await lose(true);
  await alice.press('camera');
  await eventually(() => alice.ask(() => window.__e2e.peers.at(-1)?.signalingState), (state) => state === 'have-local-offer', 'the offer');
  await eventually(() => alice.ask(() => window.__e2e.peers.at(-1)?.signalingState), (state) => state === 'stable', 'the offer taken back', 20000);
  server.copies = () => [0];
  await lose(false);
  const at = Date.now();
  await sees(bob, 'alice');
  await mended([alice, bob], before);
  t.saw('fault 28 lost', 'the next offer is refused, one new connection, the camera is seen; from the moment that answers arrive again', Date.now() - at);
  await hearEachOther(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('no codec for pictures in common: the call goes on with sound', { cells: ['fault 28 codec'] }, async (t) => {
  const { server, alice, bob } = await scriptedPair(t);
  server.alter = ({ payload }) => ({ ...payload, ...(payload.sdp && { sdp: payload.sdp.replace(/^(a=rtpmap:\d+ )(VP8|VP9|AV1|H264|H265)\//gm, '$1none-$2/') }) });
  await ringUp(alice, bob);
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await hearEachOther(alice, bob);
  for (const person of [alice, bob]) {
    const picture = await person.ask(() => window.__e2e.picture());
    check(!picture || picture.width < 16, `a picture of ${picture?.width} pixels`); // Chromium shows its own two black ones
  }
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 28 codec', 'connected, both hear, nobody is seen; hung up as ever');
});
