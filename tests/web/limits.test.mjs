// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakePeerConnection, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const only = () => FakePeerConnection.made[0];

test('what may be sent: sound goes first, the picture takes its share, smaller, or waits', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.createPeer(1, true, true);
  glue.limitMedia(1, 650, 150, true, true);
  await settled();
  await settled();
  const [audio, video] = only().transceivers.map(({ sender }) => sender);
  assert.deepEqual(audio.parameters.encodings, [{ priority: 'high', networkPriority: 'high', maxBitrate: undefined }]);
  assert.deepEqual(video.parameters.encodings, [
    { priority: 'low', networkPriority: 'low', active: true, maxBitrate: 650000, scaleResolutionDownBy: 1.5, maxFramerate: undefined },
  ]);
  glue.limitMedia(1, 40, 800, true, false, 5);
  await settled();
  await settled();
  assert.deepEqual([video.parameters.encodings[0].maxBitrate, video.parameters.encodings[0].maxFramerate], [40000, 5]);
  glue.limitMedia(1, 650, 150, false);
  await settled();
  await settled();
  assert.equal(video.parameters.encodings[0].active, false);
  audio.encodings = video.encodings = []; // not negotiated
  glue.limitMedia(1, 2000, 100, true);
  glue.limitMedia(2, 2000, 100, true);
  await settled();
  assert.equal(video.parameters.encodings[0].active, false);
  assert.deepEqual(reports, []);
});

test('sound goes twice where both browsers know how, and then at half the rate on a line that is lean', async (t) => {
  const [opus, red] = ['audio/opus', 'audio/red'].map((mimeType) => ({ mimeType }));
  globalThis.RTCRtpReceiver = { getCapabilities: (kind) => ({ codecs: kind === 'audio' ? [opus, red] : [] }) };
  t.after(() => delete globalThis.RTCRtpReceiver);
  const { glue } = glueFor(t);
  glue.createPeer(1, true, true);
  const [audio, video] = only().transceivers;
  assert.deepEqual(audio.preferred, [red, opus]);
  assert.equal(video.preferred, undefined);
  glue.createPeer(2, false, true);
  const theirs = FakePeerConnection.made[1].offered('audio');
  glue.createAnswer(2);
  assert.deepEqual(theirs.preferred, [red, opus]);
  for (const [codecs, lean, rate] of [[[red, opus], true, 16000], [[red, opus], false, undefined], [[opus], true, undefined]]) {
    audio.sender.codecs = codecs;
    glue.limitMedia(1, 2000, 100, true, lean);
    await settled();
    await settled();
    assert.equal(audio.sender.parameters.encodings[0].maxBitrate, rate);
  }
});
