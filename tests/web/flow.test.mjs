// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakePeerConnection, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

/** A connected peer whose received packets a test sets; `look` lets time pass until the next look. */
const connected = (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  const [peer] = FakePeerConnection.made;
  const packets = { audio: 0, asked: 0 };
  peer.getStats = async () => {
    packets.asked += 1;
    return new Map([['a', { type: 'inbound-rtp', packetsReceived: packets.audio }], ['t', { type: 'transport', packetsReceived: 999 }]]);
  };
  peer.connectionState = 'connected';
  peer.emit('connectionstatechange');
  const flows = () => reports.filter(({ type }) => type === 'media-flow-changed').map(({ flowing }) => flowing);
  const look = async () => { t.mock.timers.tick(500); await settled(); };
  return { glue, peer, packets, flows, look, reports };
};

for (const browser of ['with a transport that names its pair', 'with a pair that says so itself'])
  test(`a line is told when it becomes narrow, in steps of 10 kbit/s, ${browser}`, async (t) => {
    const { peer, look, reports } = connected(t);
    let bits;
    const kinds = { ours: 'srflx', theirs: 'srflx' };
    peer.getStats = async () => new Map([
      ['t', browser.includes('transport') ? { type: 'transport', selectedCandidatePairId: 'p' } : { type: 'transport' }],
      ['p', { type: 'candidate-pair', selected: !browser.includes('transport'), availableOutgoingBitrate: bits, localCandidateId: 'l', remoteCandidateId: 'r' }],
      ['l', { type: 'local-candidate', candidateType: kinds.ours }],
      ['r', { type: 'remote-candidate', candidateType: kinds.theirs }],
    ]);
    for (bits of [undefined, 2500000, 300000, 95000, 91000, 52000, 9000, 0]) await look();
    for (const [ours, theirs] of [['relay', 'srflx'], ['srflx', 'srflx'], ['prflx', 'relay']]) {
      Object.assign(kinds, { ours, theirs });
      await look();
    }
    assert.deepEqual(reports.filter(({ type }) => type === 'line-measured').map(({ kbit, relayed }) => [kbit, relayed]),
                     [[0, false], [100, false], [90, false], [50, false], [1, false], [1, true], [1, false], [1, true]]);
  });

for (const says of [true, false])
  test(`a browser that ${says ? 'says what the line carries is believed' : 'does not say what the line carries: it is told when it is overfull'}`, async (t) => {
    const { peer, look, reports } = connected(t);
    let [sent, again, trip] = [0, 0, 0.02];
    peer.getStats = async () => new Map([
      ['p', { type: 'candidate-pair', selected: true, ...(says && { availableOutgoingBitrate: 300000 }) }],
      ['o', { type: 'outbound-rtp', kind: 'video', bytesSent: sent, retransmittedBytesSent: again }],
      ['r', { type: 'remote-inbound-rtp', kind: 'video', roundTripTime: trip }],
    ]);
    for (let i = 0; i < 4; i += 1, sent += 30000) await look();
    trip = 0.4;
    for (let i = 0; i < 4; i += 1, sent += 30000, again += 20000) await look();
    for (let i = 0; i < 8; i += 1, sent += 1000) await look();
    assert.deepEqual(reports.filter(({ type }) => type === 'line-measured').map(({ kbit, overfull }) => [kbit, overfull]),
                     says ? [[100, false]] : [[0, false], [0, true], [0, false]]);
  });

test('how it went is told for the journal, every 10 s and when media stops', async (t) => {
  const { peer, look, reports } = connected(t);
  let at = 1000;
  let [received, lost, frames, came] = [0, 0, 0, 0];
  let flows = true;
  peer.getStats = async () => {
    at += 500;
    if (flows) [received, lost, frames, came] = [received + 24, lost + 1, frames + 7, came + 62500];
    return new Map([
      ['a', { type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost, jitter: 0.0123 }],
      ['v', { type: 'inbound-rtp', kind: 'video', packetsReceived: 0, framesDecoded: frames }],
      ['t', { type: 'transport', selectedCandidatePairId: 'p' }],
      ['p', { type: 'candidate-pair', timestamp: at, bytesReceived: came, bytesSent: came / 10, currentRoundTripTime: 0.0404 }],
    ]);
  };
  const told = () => reports.filter(({ type }) => type === 'statistics-taken').map(({ type, ...numbers }) => numbers);
  for (let i = 0; i < 2; i += 1) await look(); // nothing is known, then it flows
  assert.equal(told().length, 1);
  for (let i = 0; i < 19; i += 1) await look();
  assert.equal(told().length, 1);
  await look();
  assert.deepEqual(told()[1], { peer: 1, roundTrip: 40, lost: 40, jitter: 12, kbitIn: 1000, kbitOut: 100, pictures: 14 });
  flows = false;
  for (let i = 0; i < 2; i += 1) await look();
  assert.deepEqual(told()[2], { peer: 1, roundTrip: 40, lost: 0, jitter: 12, kbitIn: 0, kbitOut: 0, pictures: 0 });
  came = 0; // another pair of addresses counts anew
  for (let i = 0; i < 20; i += 1) await look();
  assert.equal(told()[3].kbitIn, 0);
});

test('when media comes again, a whole picture is given, and once more a second later: the other side would wait for 3 s', async (t) => {
  const { peer, packets, look } = connected(t);
  peer.addTransceiver('video', { direction: 'sendrecv' });
  const given = () => peer.transceivers.flatMap(({ sender, receiver }) => (sender.options ?? []).map(({ encodingOptions }) => [receiver.track.kind, encodingOptions]));
  const comes = async (looks) => { for (let i = 0; i < looks; i += 1) { packets.audio += 25; await look(); } };
  await comes(6);
  assert.deepEqual(given(), []); // at the beginning a browser gives one by itself
  for (let i = 0; i < 5; i += 1) await look();
  await comes(1);
  assert.deepEqual(given(), [['video', [{ keyFrame: true }]]]);
  await comes(10);
  assert.deepEqual(given().length, 2);
});

test('packets that begin and cease to come are told once each', async (t) => {
  const { packets, flows, look } = connected(t);
  await look();
  assert.deepEqual(flows(), []);
  for (const received of [50, 100, 100, 150, 150, 150, 150, 200]) {
    packets.audio = received;
    await look();
  }
  assert.deepEqual(flows(), [true, false, true]);
});

test('two looks a second, none for a closed peer', async (t) => {
  const { glue, peer, packets, look } = connected(t);
  peer.emit('connectionstatechange');
  await look();
  await look();
  assert.equal(packets.asked, 2);
  glue.closePeer(1);
  await look();
  await look();
  assert.equal(packets.asked, 2);
});

test('a browser that does not answer about one connection is asked about the others, and again after 2 s', async (t) => {
  const { glue, peer, packets, look } = connected(t);
  peer.getStats = () => new Promise(() => {});
  await look();
  peer.getStats = async () => { packets.asked += 1; return new Map(); };
  glue.createPeer(2, true, false);
  const other = FakePeerConnection.made[1];
  let others = 0;
  other.connectionState = 'connected';
  other.getStats = async () => { others += 1; return new Map(); };
  for (let i = 0; i < 3; i += 1) await look();
  assert.deepEqual([packets.asked, others], [0, 3]);
  await look();
  assert.equal(packets.asked, 1);
  glue.closePeer(1);
  glue.closePeer(2);
});

test('an answer that takes 1.6 s, while packets come, is no silence', async (t) => {
  const { peer, packets, flows, look } = connected(t);
  for (packets.audio of [50, 100]) await look();
  const answers = [];
  peer.getStats = () => new Promise((resolve) => answers.push(resolve));
  for (packets.audio of [150, 200, 250]) await look();
  for (const answer of answers) answer(new Map([['a', { type: 'inbound-rtp', packetsReceived: 250 }]]));
  await look();
  assert.deepEqual(flows(), [true]);
});

test('going off and on a network is told', (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.watchPage();
  browser.page.dispatchEvent(new Event('offline'));
  browser.page.dispatchEvent(new Event('online'));
  assert.deepEqual(reports, [{ type: 'network-changed', online: false }, { type: 'network-changed', online: true }]);
});

test('another kind of network is told, where the browser knows it; its estimates are not', (t) => {
  const { glue, reports } = glueFor(t);
  const network = Object.assign(new EventTarget(), { type: 'wifi', rtt: 50 });
  navigator.connection = network;
  glue.watchPage();
  const becomes = (change) => {
    Object.assign(network, change);
    network.dispatchEvent(new Event('change'));
  };
  becomes({ rtt: 100 });
  assert.deepEqual(reports, []);
  for (const type of ['cellular', 'none', 'wifi']) becomes({ type });
  assert.deepEqual(reports, [{ type: 'network-changed', online: true }, { type: 'network-changed', online: true }]);
});
