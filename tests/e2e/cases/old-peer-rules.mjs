/** The stand-in for the old client keeps the rules it stands for (numbers as in pages/old-peer.js). */
import { check, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/** @param {Person} peer @param {string} state @param {number} [timeout] */
const old = (peer, state, timeout) =>
  peer.until((told) => told.kind === 'old' && told.state === state, `the old peer's "${state}"`, { timeout });

/** A description nobody looks into before it is accepted. @param {number} number */
const offer = (number) => ({ sdp: `v=0\r\no=- ${number} 2 IN IP4 127.0.0.1\r\n`, type: 'offer', audioOnly: false });

test('old peer, rule 1: nine offers two seconds apart, one description, then it rings on', { waits: true, timeout: 60000 }, async (t) => {
  const [bob, robot] = [await t.oldPeer('bob'), await t.robot('alice')];
  await old(bob, 'online');
  await bob.click('#video');
  await bob.until((told) => told.state === 'offered' && told.sent === 9, 'nine offers', { timeout: 30000 });
  await new Promise((resolve) => setTimeout(resolve, 2500)); // a tenth would have come by now
  const offers = robot.heard.filter((heard) => heard.type === 'webrtc.offer');
  same(offers.length, 9, 'offers');
  same(new Set(offers.map(({ payload }) => /^o=.*$/m.exec(payload.sdp)?.[0])).size, 1, 'descriptions');
  const at = bob.told.filter((told) => told.state === 'offered').map((told) => told.at);
  check(Math.abs(at[8] - at[0] - 16000) < 800, `the ninth after 16 s, not ${at[8] - at[0]} ms`);
  check(!bob.told.some((told) => told.state === 'ended'), 'it still rings');
});

test('old peer, rule 1: a second answer throws inside it', {}, async (t) => {
  const [alice, bob] = await Promise.all([t.oldPeer('alice'), t.oldPeer('bob')]);
  await Promise.all([old(alice, 'online'), old(bob, 'online')]);
  await alice.click('#audio');
  await old(bob, 'prompt');
  await bob.click('#accept');
  await old(alice, 'pc-connected');
  const [answer] = (await t.server.frames(t.ids.bob)).filter((frame) => frame.type === 'webrtc.answer');
  alice.expects(/InvalidStateError|Called in wrong state/);
  (await t.robot('bob')).send('webrtc.answer', answer.payload);
  await alice.until((told) => told.kind === 'rejection', 'the rejection');
});

test('old peer, rules 2, 5 and 8: what rings it and what does not', {}, async (t) => {
  const [bob, robot] = [await t.oldPeer('bob'), await t.robot('alice')];
  await old(bob, 'online');
  robot.send('webrtc.ringing', { v: 2, kind: 'anything' });
  await old(bob, 'ignored message');
  robot.send('webrtc.offer', { ...offer(1), v: 2, unknown: true });
  await old(bob, 'prompt');
  robot.send('webrtc.offer', offer(2));
  await old(bob, 'ignored offer');
  await bob.click('#decline');
  await robot.hears((heard) => heard.type === 'webrtc.end' && Object.keys(heard.payload).length === 0, 'an empty end');
  robot.send('webrtc.offer', offer(3));
  await old(bob, 'ignored offer'); // deaf for 20 s
});

test('old peer, rule 3: who has called is deaf to offers', {}, async (t) => {
  const [bob, robot] = [await t.oldPeer('bob'), await t.robot('alice')];
  await old(bob, 'online');
  await bob.click('#audio');
  await robot.hears((heard) => heard.type === 'webrtc.offer', 'its offer');
  robot.send('webrtc.offer', offer(1)); // rule 4: glare
  await old(bob, 'ignored offer');
  robot.send('webrtc.end', {});
  await old(bob, 'ended');
  robot.send('webrtc.offer', offer(2));
  await old(bob, 'ignored offer');
});

test('old peer: an "end" during the prompt leaves a prompt about nothing', {}, async (t) => {
  const [bob, robot] = [await t.oldPeer('bob'), await t.robot('alice')];
  await old(bob, 'online');
  robot.send('webrtc.offer', offer(1));
  await old(bob, 'prompt');
  robot.send('webrtc.end', {});
  await old(bob, 'got end');
  bob.expects(/setRemoteDescription/);
  await bob.click('#accept');
  await bob.until((told) => told.kind === 'rejection', 'the TypeError it has always thrown');
});
