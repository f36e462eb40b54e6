// This person's screen: the picker, its tracks and their ends, and the other side's.
// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakePeerConnection, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const only = () => FakePeerConnection.made[0];
const screenOf = (peer) => peer + 0x40000000;

const choose = async (browser, ...kinds) => {
  const tracks = kinds.map((kind) => new FakeTrack(kind));
  browser.media.pickers.at(-1).resolve(new FakeStream(tracks));
  await settled();
  return tracks;
};
const states = (tracks) => tracks.map(({ readyState }) => readyState);

test('the picker asks for a picture, and for the sound of a tab as it is', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openShare(4);
  assert.deepEqual(browser.media.pickers.map(({ wish }) => wish), [{
    video: true, audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    systemAudio: 'exclude', surfaceSwitching: 'include',
  }]);
  assert.deepEqual(browser.media.requests, []);
  const [picture] = await choose(browser, 'video', 'audio');
  assert.equal(picture.contentHint, 'detail');
  assert.deepEqual(reports, [{ type: 'share-opened', request: 4 }]);
});

test('a picker that is closed, or a page that may not, ends in one quiet report', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openShare(4);
  browser.media.pickers[0].reject(domError('NotAllowedError'));
  await settled();
  browser.media.getDisplayMedia = () => { throw domError('InvalidStateError'); };
  glue.openShare(5);
  await settled();
  assert.deepEqual(reports, [{ type: 'share-ended', request: 4 }, { type: 'share-ended', request: 5 }]);
});

test('the browser\'s own bar ends it once, and stops the sound too', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openShare(4);
  const tracks = await choose(browser, 'video', 'audio');
  tracks[0].dispatchEvent(new Event('ended'));
  tracks[0].dispatchEvent(new Event('ended'));
  assert.deepEqual(reports.slice(1), [{ type: 'share-ended', request: 4 }]);
  assert.deepEqual(states(tracks), ['ended', 'ended']);
});

for (const end of ['closeShare', 'closeMedia'])
  test(`${end} stops what is captured, and what a picker still brings`, async (t) => {
    const { glue, browser, reports } = glueFor(t);
    glue.openShare(4);
    const tracks = await choose(browser, 'video', 'audio');
    glue[end]();
    tracks[0].dispatchEvent(new Event('ended'));
    assert.deepEqual(states(tracks), ['ended', 'ended']);
    glue.openShare(5);
    glue[end]();
    const late = await choose(browser, 'video');
    assert.deepEqual(states(late), ['ended']);
    assert.deepEqual(reports, [{ type: 'share-opened', request: 4 }]);
  });

test('the screen has two lines of its own, made once, and the camera keeps its own', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.openMedia(1, true, true);
  browser.media.requests[0].resolve(new FakeStream([new FakeTrack('audio'), new FakeTrack('video')]));
  await settled();
  glue.createPeer(1, true, true);
  glue.attachMedia(1);
  glue.openShare(2);
  const [picture, sound] = await choose(browser, 'video', 'audio');
  glue.createOffer(1, false, false, true);
  await settled();
  const made = only().log.filter((line) => line.startsWith('addTransceiver'));
  assert.deepEqual(made.slice(2), ['addTransceiver video sendonly', 'addTransceiver audio sendonly']);
  const [microphone, camera, screen, tab] = only().transceivers;
  assert.deepEqual([screen.sender.track, tab.sender.track], [picture, sound]);
  assert.equal(screen.sender.streams[0], tab.sender.streams[0]);
  assert.notEqual(screen.sender.streams[0], camera.sender.streams[0]);
  assert.deepEqual([microphone.sender.track.kind, camera.sender.track.kind], ['audio', 'video']);
  glue.closeShare();
  glue.attachMedia(1);
  assert.deepEqual([screen.sender.track, tab.sender.track, camera.sender.track?.kind], [null, null, 'video']);
  only().calls.createOffer.shift().resolve({ type: 'offer', sdp: 'x' });
  await settled();
  only().calls.setLocalDescription.shift().resolve();
  await settled();
  glue.createOffer(1, false, false, true);
  await settled();
  assert.equal(only().transceivers.length, 4);
});

test('in an audio call the first line for pictures is the camera\'s', async (t) => {
  const { glue } = glueFor(t);
  glue.createPeer(1, true, false);
  glue.createOffer(1, false, true, true);
  await settled();
  assert.deepEqual(only().log.filter((line) => line.startsWith('add')),
    ['addTransceiver audio sendrecv', 'addTransceiver video sendrecv', 'addTransceiver video sendonly', 'addTransceiver audio sendonly']);
});

/** A call with pictures, and lines for their screen in their offer. */
const shownTo = (glue) => {
  glue.createPeer(1, true, true);
  for (const transceiver of only().transceivers) transceiver.mid = String(only().transceivers.indexOf(transceiver));
  return ['video', 'audio'].map((kind, i) => Object.assign(only().offered(kind), { mid: String(2 + i) }));
};

test('their screen plays in an element of its own, and is told as nobody\'s face', async (t) => {
  const { glue, reports, surface } = glueFor(t);
  const lines = shownTo(glue);
  for (const transceiver of lines) only().emit('track', { track: transceiver.receiver.track, transceiver });
  assert.deepEqual(reports, []);
  const element = surface.videos.get(screenOf(1));
  assert.deepEqual(element.srcObject.getTracks(), lines.map(({ receiver }) => receiver.track));
  assert.equal(element.sources.length, 1);
  assert.equal(element.plays.length, 1);
  element.plays[0].reject(domError('NotAllowedError'));
  await settled();
  glue.retryPlayback();
  assert.equal(element.plays.length, 2);
  glue.closePeer(1);
  assert.equal(element.srcObject, null);
  assert.deepEqual(surface.log, ['drop 1', `drop ${screenOf(1)}`]);
});

test('their screen is only looked at: the answer sends nothing on its lines', async (t) => {
  const { glue } = glueFor(t);
  const lines = shownTo(glue);
  glue.attachMedia(1);
  glue.createAnswer(1);
  await settled();
  assert.deepEqual(lines.map(({ direction, sender }) => [direction, sender.track]), [['recvonly', null], ['recvonly', null]]);
  assert.deepEqual(only().transceivers.slice(0, 2).map(({ direction }) => direction), ['sendrecv', 'sendrecv']);
});

test('lines for our screen that gave way to their offer stay for the next one', async (t) => {
  const { glue } = glueFor(t);
  glue.createPeer(1, true, true);
  for (const transceiver of only().transceivers) transceiver.mid = 'x';
  glue.createOffer(1, false, false, true);
  await settled();
  const own = only().transceivers.slice(2);
  only().calls.createOffer.shift().resolve({ type: 'offer', sdp: 'x' });
  await settled();
  only().calls.setLocalDescription.shift().resolve();
  await settled();
  for (const transceiver of own) transceiver.stop = () => { throw new Error('stopped'); };
  glue.createAnswer(1);
  await settled();
  assert.deepEqual(own.map(({ direction }) => direction), ['sendonly', 'sendonly']);
});

test('a screen has the larger part of the line, the face beside it a quarter, and sound goes before both', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.createPeer(1, true, true);
  glue.limitMedia(1, 1000, 100, true);
  glue.openShare(4);
  await choose(browser, 'video', 'audio');
  glue.createOffer(1, false, false, true);
  await settled();
  only().calls.createOffer[0].resolve({ type: 'offer', sdp: 'v=0' });
  await settled();
  only().calls.setLocalDescription[0].resolve();
  await settled();
  glue.applyRemote(1, 'answer', 'v=0');
  await settled();
  only().calls.setRemoteDescription[0].resolve();
  await settled();
  const sent = () => only().transceivers.map(({ sender }) => sender.parameters.encodings[0]);
  assert.deepEqual(sent().map(({ priority }) => priority), ['high', 'low', 'medium', 'high']);
  assert.deepEqual(sent().map(({ maxBitrate }) => maxBitrate), [undefined, 250000, 750000, undefined]);
  assert.deepEqual(sent().map(({ active }) => active), [undefined, true, true, undefined]);
  assert.equal(sent()[2].scaleResolutionDownBy, undefined);
  glue.limitMedia(1, 1000, 100, false);
  await settled();
  await settled();
  assert.deepEqual(sent().map(({ active }) => active), [undefined, false, false, undefined]);
  glue.closeShare();
  glue.attachMedia(1);
  assert.equal(sent()[1].maxBitrate, 1000000);
});
