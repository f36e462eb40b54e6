// @ts-nocheck see support/browser.mjs
/** The tracks of a connection: theirs into the surface's elements, ours onto its senders, and none before its time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakePeerConnection, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const only = () => FakePeerConnection.made[0];

test('remote tracks share one stream that their element gets once', (t) => {
  const { glue, reports, surface } = glueFor(t);
  glue.createPeer(1, true, true);
  const audio = new FakeTrack('audio', true);
  const video = new FakeTrack('video', true);
  only().emit('track', { track: audio });
  only().emit('track', { track: video });
  only().emit('track', { track: video });
  const element = surface.videoFor(1);
  assert.equal(element.sources.length, 1);
  assert.equal(element.plays.length, 1);
  assert.deepEqual(element.srcObject.getTracks(), [audio, video]);
  video.dispatchEvent(new Event('unmute'));
  video.dispatchEvent(new Event('mute'));
  audio.dispatchEvent(new Event('ended'));
  assert.deepEqual(reports, [
    { type: 'remote-track-added', peer: 1, kind: 'audio' },
    { type: 'remote-track-added', peer: 1, kind: 'video' },
    { type: 'remote-track-changed', peer: 1, kind: 'video', flowing: true },
    { type: 'remote-track-changed', peer: 1, kind: 'video', flowing: false },
    { type: 'remote-track-changed', peer: 1, kind: 'audio', flowing: false },
  ]);
});

test('a track that flows from the start is told to flow', (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, true);
  only().emit('track', { track: new FakeTrack('audio', false) });
  assert.deepEqual(reports.map(({ type, flowing }) => [type, flowing]), [['remote-track-added', undefined], ['remote-track-changed', true]]);
});

test('attaching puts the open tracks on the senders of their kind, and null where nothing is open', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.createPeer(1, true, true);
  glue.attachMedia(1);
  assert.deepEqual(only().log.slice(2), []);
  glue.openMedia(7, true, true);
  const [audio, video] = [new FakeTrack('audio'), new FakeTrack('video')];
  browser.media.requests[0].resolve(new FakeStream([audio, video]));
  await settled();
  glue.attachMedia(1);
  await settled();
  assert.deepEqual(only().transceivers.map(({ sender }) => sender.track), [audio, video]);
  glue.attachMedia(1);
  glue.closeCamera();
  glue.attachMedia(1);
  await settled();
  assert.deepEqual(only().log.slice(2), ['replaceTrack audio', 'replaceTrack video', 'replaceTrack null']);
  assert.equal(video.readyState, 'ended');
});

test('a refused replaceTrack is one report', async (t) => {
  const { glue, browser, reports, rejections } = glueFor(t);
  glue.createPeer(1, true, false);
  only().transceivers[0].sender.replacing = domError('InvalidModificationError', 'no');
  glue.openMedia(1, true, false);
  browser.media.requests[0].resolve(new FakeStream([new FakeTrack('audio')]));
  await settled();
  glue.attachMedia(1);
  await settled();
  assert.deepEqual(reports.at(-1), { type: 'glue-failed', where: 'replaceTrack', error: 'InvalidModificationError: no' });
  assert.deepEqual(rejections, []);
});

test('a surface that throws becomes a report, never an exception', (t) => {
  const { glue, host, reports } = glueFor(t);
  host.dropVideo = () => { throw new Error('gone'); };
  glue.createPeer(1, true, false);
  glue.closePeer(1);
  assert.deepEqual(reports, [{ type: 'glue-failed', where: 'closePeer', error: 'Error: gone' }]);
  assert.equal(only().closed, true);
});

test('a peer made while it rings shows nothing before it is admitted', (t) => {
  const { glue, reports, surface } = glueFor(t);
  glue.createPeer(1, false, true, true, false);
  const track = new FakeTrack('audio');
  only().emit('track', { track });
  glue.retryPlayback();
  assert.deepEqual([surface.videoFor(1).sources.length, surface.videoFor(1).plays.length], [0, 0]);
  glue.admitPeer(1);
  assert.equal(surface.videoFor(1).plays.length, 1);
  assert.deepEqual(surface.videoFor(1).srcObject.getTracks(), [track]);
  assert.equal(reports[0].type, 'remote-track-added');
});
