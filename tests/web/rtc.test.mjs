// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakePeerConnection, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const only = () => FakePeerConnection.made[0];

/** Settles the oldest waiting call of that name. */
const answer = async (peer, name, value) => {
  peer.calls[name].shift().resolve(value);
  await settled();
};
const refuse = async (peer, name, error) => {
  peer.calls[name].shift().reject(error);
  await settled();
};

test('an offerer is made with track-less sendrecv transceivers that name our stream', (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, true);
  assert.deepEqual(only().log, ['addTransceiver audio sendrecv', 'addTransceiver video sendrecv']);
  const [audio, video] = only().transceivers;
  assert.equal(audio.sender.track, null);
  assert.ok(audio.sender.streams[0] instanceof FakeStream);
  assert.equal(audio.sender.streams[0], video.sender.streams[0]);
  assert.deepEqual(only().config.iceServers, [{ urls: ['stun:stun.example'] }]);
  assert.deepEqual(reports, []);
});

test('an audio call offers no video, and an answerer offers nothing', (t) => {
  const { glue } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.createPeer(2, false, true);
  assert.deepEqual(FakePeerConnection.made.map(({ log }) => log), [['addTransceiver audio sendrecv'], []]);
});

test('an offer is created, set and then reported with what localDescription holds', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, true);
  glue.createOffer(1, true);
  assert.deepEqual(only().calls.createOffer[0].value, { iceRestart: true });
  await answer(only(), 'createOffer', { type: 'offer', sdp: 'bare' });
  assert.deepEqual(reports, []);
  only().localDescription = { type: 'offer', sdp: 'with candidates' };
  await answer(only(), 'setLocalDescription');
  assert.deepEqual(reports, [{ type: 'local-description-ready', kind: 'offer', sdp: 'with candidates', peer: 1 }]);
});

test('the page\'s newest servers are set before an offer and an answer are made', async (t) => {
  const { glue, host } = glueFor(t);
  const asked = [];
  host.ice.next = (restart) => { asked.push(restart); return Promise.resolve({ iceServers: [{ urls: ['turn:new.example'] }] }); };
  glue.createPeer(1, true, false);
  glue.createOffer(1, true);
  await settled();
  assert.deepEqual(only().log.slice(-2), ['setConfiguration', 'createOffer']);
  assert.deepEqual(only().config.iceServers, [{ urls: ['turn:new.example'] }]);
  glue.createPeer(2, false, false);
  glue.createAnswer(2);
  await settled();
  assert.deepEqual(FakePeerConnection.made[1].log.slice(-2), ['setConfiguration', 'createAnswer']);
  assert.deepEqual(asked, [true, false]);
});

test('only a server that refuses our credentials is told, and that the page has others is reported', async (t) => {
  const { glue, host, reports } = glueFor(t);
  const refused = [];
  host.ice.refused = async (url) => refused.push(url) > 1;
  glue.createPeer(1, true, false);
  for (const errorCode of [701, 401, 403, 508])
    only().dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode, url: `turn:${errorCode}.example` }));
  await settled();
  assert.deepEqual(refused, ['turn:401.example', 'turn:403.example']);
  assert.deepEqual(reports, [{ type: 'relay-renewed', peer: 1 }]);
});

test('operations on descriptions run one after the other, so that an offer of ours is set before theirs is applied', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.createOffer(1, false, false);
  glue.applyRemote(1, 'offer', 'theirs');
  glue.createAnswer(1);
  assert.equal(only().calls.setRemoteDescription, undefined);
  await answer(only(), 'createOffer', { type: 'offer', sdp: 'ours' });
  await answer(only(), 'setLocalDescription');
  await answer(only(), 'setRemoteDescription');
  await answer(only(), 'createAnswer', { type: 'answer', sdp: 'answer' });
  assert.deepEqual(reports.map(({ type, kind }) => kind ?? type), ['offer', 'remote-description-applied']);
});

test('a refused operation lets the next one run', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.createOffer(1, false, false);
  glue.createOffer(1, true, false);
  await refuse(only(), 'createOffer', domError('OperationError', 'no'));
  await answer(only(), 'createOffer', { type: 'offer', sdp: 'second' });
  await answer(only(), 'setLocalDescription');
  assert.deepEqual(reports.map(({ type }) => type), ['description-failed', 'local-description-ready']);
});

for (const first of ['an offer', 'a quiet moment'])
  test(`who answered answers the same once more, in silence, with ${first}: Chromium takes their lines down with ours otherwise`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { glue, reports } = glueFor(t);
    glue.createPeer(1, false, true, false, false);
    glue.createAnswer(1);
    await answer(only(), 'createAnswer', { type: 'answer', sdp: 'first' });
    await answer(only(), 'setLocalDescription');
    const told = reports.length;
    Object.assign(only(), { currentRemoteDescription: { type: 'offer', sdp: 'theirs' }, signalingState: 'stable' });
    if (first === 'an offer') glue.createOffer(1, false, false, false);
    t.mock.timers.tick(3000);
    await settled();
    assert.deepEqual(only().calls.setRemoteDescription[0].value, { type: 'offer', sdp: 'theirs' });
    await answer(only(), 'setRemoteDescription');
    await answer(only(), 'createAnswer', { type: 'answer', sdp: 'again' });
    await answer(only(), 'setLocalDescription');
    assert.equal(reports.length, told);
    if (first !== 'an offer') glue.createOffer(1, false, false, false);
    await answer(only(), 'createOffer', { type: 'offer', sdp: 'ours' });
    await answer(only(), 'setLocalDescription');
    assert.equal(reports.at(-1).kind, 'offer');
    t.mock.timers.tick(60000);
    assert.equal(only().log.filter((name) => name === 'setRemoteDescription').length, 1);
  });

test('an answer that was refused is not given again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, false, true, false, false);
  glue.createAnswer(1);
  await refuse(only(), 'createAnswer', domError('OperationError', 'no'));
  assert.equal(reports.at(-1).step, 'answer');
  Object.assign(only(), { currentRemoteDescription: { type: 'answer', sdp: 'of before' }, signalingState: 'stable' });
  t.mock.timers.tick(3000);
  glue.createOffer(1, false, false, false);
  await settled();
  assert.equal(only().log.includes('setRemoteDescription'), false);
});

test('a line for the camera is made once, and our tracks are on it before it is offered', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.openMedia(7, false, true);
  browser.media.requests[0].resolve(new FakeStream([new FakeTrack('video')]));
  await settled();
  glue.attachMedia(1);
  glue.createOffer(1, false, true);
  await answer(only(), 'createOffer', { type: 'offer', sdp: '' });
  await answer(only(), 'setLocalDescription');
  glue.createOffer(1, false, true);
  assert.deepEqual(only().log.filter((line) => /add|replace/.test(line)), ['addTransceiver audio sendrecv', 'addTransceiver video sendrecv', 'replaceTrack video']);
});

test('rollback goes back from either side of an offer, and says nothing', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.rollback(1);
  await settled();
  only().signalingState = 'have-local-offer';
  glue.rollback(1);
  assert.deepEqual(only().calls.setLocalDescription[0].value, { type: 'rollback' });
  only().signalingState = 'have-remote-offer';
  await answer(only(), 'setLocalDescription');
  assert.deepEqual(only().calls.setRemoteDescription[0].value, { type: 'rollback' });
  await refuse(only(), 'setRemoteDescription', domError('InvalidStateError'));
  assert.deepEqual(reports, []);
});

test('of two lines for the camera that glare made, the one without a place is stopped and the other is used', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.createPeer(1, true, true);
  glue.openMedia(7, false, true);
  browser.media.requests[0].resolve(new FakeStream([new FakeTrack('video')]));
  await settled();
  const theirs = Object.assign(only().offered('video'), { mid: '1' });
  const own = only().transceivers[1];
  own.stop = () => { own.currentDirection = 'stopped'; };
  glue.attachMedia(1);
  glue.createAnswer(1);
  assert.equal(own.currentDirection, 'stopped');
  assert.equal(theirs.direction, 'sendrecv');
  await settled();
  assert.equal(theirs.sender.track?.kind, 'video');
});

test('an answerer turns what was offered to sendrecv on our stream before it answers', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(4, false, true);
  glue.applyRemote(4, 'offer', 'theirs');
  assert.deepEqual(only().calls.setRemoteDescription[0].value, { type: 'offer', sdp: 'theirs' });
  const audio = only().offered('audio');
  const stopped = Object.assign(only().offered('video'), { currentDirection: 'stopped' });
  await answer(only(), 'setRemoteDescription');
  assert.deepEqual(reports, [{ type: 'remote-description-applied', peer: 4 }]);
  assert.equal(audio.direction, 'recvonly');
  glue.createAnswer(4);
  assert.equal(audio.direction, 'sendrecv');
  assert.ok(audio.sender.streams[0] instanceof FakeStream);
  assert.equal(stopped.direction, 'recvonly');
  await answer(only(), 'createAnswer', { type: 'answer', sdp: 'ours' });
  await answer(only(), 'setLocalDescription');
  assert.deepEqual(reports.at(-1), { type: 'local-description-ready', kind: 'answer', sdp: 'ours', peer: 4 });
  assert.equal(reports.length, 2);
});

test('each refused description is one report that names the step', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.createOffer(1, false);
  await refuse(only(), 'createOffer', domError('OperationError', 'no'));
  glue.createOffer(1, false);
  await answer(only(), 'createOffer', { type: 'offer', sdp: '' });
  await refuse(only(), 'setLocalDescription', domError('InvalidStateError', 'late'));
  glue.applyRemote(1, 'answer', 'junk');
  await refuse(only(), 'setRemoteDescription', domError('InvalidAccessError', 'bad sdp'));
  glue.createAnswer(1);
  await refuse(only(), 'createAnswer', 'a string');
  assert.deepEqual(reports, [
    { type: 'description-failed', step: 'offer', error: 'OperationError: no', peer: 1 },
    { type: 'description-failed', step: 'offer', error: 'InvalidStateError: late', peer: 1 },
    { type: 'description-failed', step: 'remote', error: 'InvalidAccessError: bad sdp', peer: 1 },
    { type: 'description-failed', step: 'answer', error: 'a string', peer: 1 },
  ]);
});

test('a constructor that throws is one report, and the handle is stale from then on', async (t) => {
  const { glue, reports, rejections } = glueFor(t);
  FakePeerConnection.refuses = domError('SyntaxError', 'bad server');
  glue.createPeer(1, true, true);
  for (const [method, ...rest] of [['createOffer', false], ['applyRemote', 'offer', ''], ['createAnswer'], ['addCandidate', '', '', -1, ''], ['attachMedia'], ['closePeer']])
    glue[method](1, ...rest);
  await settled();
  assert.deepEqual(reports, [{ type: 'peer-failed', peer: 1, error: 'SyntaxError: bad server' }]);
  assert.deepEqual(rejections, []);
});

test('a closed peer reports nothing more, whatever was under way', async (t) => {
  const { glue, reports, surface } = glueFor(t);
  glue.createPeer(1, true, true);
  const peer = only();
  const track = new FakeTrack('video', true);
  peer.emit('track', { track });
  glue.createOffer(1, false);
  glue.addCandidate(1, 'candidate:1', '0', 0, 'u');
  await settled();
  glue.applyRemote(1, 'answer', 'x');
  const before = reports.length;
  const video = surface.videoFor(1);
  glue.closePeer(1);
  assert.equal(peer.closed, true);
  assert.equal(video.srcObject, null);
  assert.deepEqual(surface.log, ['drop 1']);
  await answer(peer, 'createOffer', { type: 'offer', sdp: '' });
  await answer(peer, 'setLocalDescription');
  assert.equal(peer.calls.setRemoteDescription, undefined); // what waited for its turn is not begun
  await refuse(peer, 'addIceCandidate', domError('OperationError'));
  video.plays[0].reject(domError('NotAllowedError'));
  peer.emit('icecandidate', { candidate: { candidate: 'candidate:2' } });
  peer.emit('connectionstatechange');
  peer.emit('track', { track: new FakeTrack('audio') });
  track.dispatchEvent(new Event('unmute'));
  await settled();
  assert.equal(reports.length, before);
  glue.closePeer(1);
  assert.deepEqual(surface.log, ['drop 1']);
});

test('candidates go out with their fields, and the end of gathering says nothing', (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(3, true, false);
  only().emit('icecandidate', { candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'abcd' } });
  only().emit('icecandidate', { candidate: { candidate: 'candidate:2', sdpMid: null, sdpMLineIndex: null, usernameFragment: null } });
  only().emit('icecandidate', { candidate: null });
  assert.deepEqual(reports, [
    { type: 'candidate-gathered', peer: 3, line: 'candidate:1', mid: '0', mLineIndex: 0, ufrag: 'abcd' },
    { type: 'candidate-gathered', peer: 3, line: 'candidate:2', mid: '', mLineIndex: -1, ufrag: '' },
  ]);
});

test('a candidate is added with null for what is absent; only a refusal is reported', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.addCandidate(1, 'candidate:1', '', -1, '');
  glue.addCandidate(1, 'candidate:2', 'audio', 0, 'u');
  await settled();
  assert.deepEqual(only().calls.addIceCandidate.map(({ value }) => value), [
    { candidate: 'candidate:1', sdpMid: null, sdpMLineIndex: null, usernameFragment: null },
    { candidate: 'candidate:2', sdpMid: 'audio', sdpMLineIndex: 0, usernameFragment: 'u' },
  ]);
  await refuse(only(), 'addIceCandidate', domError('TypeError', 'no mid'));
  await answer(only(), 'addIceCandidate');
  assert.deepEqual(reports, [{ type: 'candidate-refused', error: 'TypeError: no mid', peer: 1 }]);
});

test('candidates that still wait when their peer is closed go nowhere', async (t) => {
  const { glue, reports, rejections } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.addCandidate(1, 'candidate:1', '0', 0, 'u');
  glue.closePeer(1);
  await settled();
  assert.deepEqual([only().calls.addIceCandidate, reports, rejections], [undefined, [], []]);
});

test('both connection states are told at a change of either, as the browser words them', (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, false);
  only().connectionState = 'failed';
  only().iceConnectionState = 'disconnected';
  only().emit('connectionstatechange');
  only().connectionState = undefined;
  only().iceConnectionState = 'completed';
  only().emit('iceconnectionstatechange');
  assert.deepEqual(reports, [
    { type: 'connection-changed', peer: 1, connection: 'failed', ice: 'disconnected' },
    { type: 'connection-changed', peer: 1, connection: '', ice: 'completed' },
  ]);
});

test('a relayed peer uses relays only until it is admitted, and shows no address of ours', (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, true, true, true);
  assert.equal(only().config.iceTransportPolicy, 'relay');
  only().emit('icecandidate', { candidate: { candidate: 'candidate:1 1 udp 1 203.0.113.20 9 typ relay raddr 192.0.2.7 rport 4000 generation 0' } });
  assert.equal(reports[0].line, 'candidate:1 1 udp 1 203.0.113.20 9 typ relay raddr 0.0.0.0 rport 9 generation 0');
  glue.admitPeer(1);
  assert.equal(only().config.iceTransportPolicy, undefined);
  glue.admitPeer(2);
});

test('who began DTLS goes on doing so: a later offer that leaves it open is given the answer of the first one', async (t) => {
  const [open, active, passive] = ['actpass', 'active', 'passive'].map((role) => `m=audio\r\na=setup:${role}\r\nm=video\r\na=setup:${role}\r\n`);
  const { glue } = glueFor(t);
  glue.createPeer(1, true, true);
  const heard = async (kind, sdp) => {
    glue.applyRemote(1, kind, sdp);
    await settled();
    const { value } = only().calls.setRemoteDescription[0];
    await answer(only(), 'setRemoteDescription');
    return value.sdp;
  };
  assert.equal(await heard('offer', open), open);
  for (const [ours, theirs, expected] of [['answer', 'offer', passive], ['offer', 'answer', active]]) {
    only().currentLocalDescription = { type: ours, sdp: ours === 'answer' ? active : open };
    only().currentRemoteDescription = { type: theirs, sdp: theirs === 'answer' ? active : open };
    assert.equal(await heard('offer', open), expected);
    assert.equal(await heard('answer', active), active);
  }
});

test('another certificate inside a connection is refused and said; the same one in another order is not', async (t) => {
  const [one, other] = ['a=fingerprint:sha-256 01:02\r\n', 'a=fingerprint:sha-256 03:04\r\n'];
  const { glue, host, reports, types } = glueFor(t);
  glue.createPeer(1, false, true);
  only().currentRemoteDescription = { type: 'offer', sdp: one + one + other };
  glue.applyRemote(1, 'offer', other + one);
  await settled();
  await answer(only(), 'setRemoteDescription');
  assert.deepEqual(types(), ['remote-description-applied']);
  for (const sdp of [other, one, 'v=0']) {
    reports.length = 0;
    glue.applyRemote(1, 'offer', sdp);
    await settled();
    assert.deepEqual(reports.map(({ type, step }) => [type, step]), [['description-failed', 'certificate']]);
    assert.equal(only().calls.setRemoteDescription.length, 0);
  }
  assert.deepEqual(host.told.filter(([what]) => what === 'alarm'), [['alarm', 'certificate-changed']]);
});
