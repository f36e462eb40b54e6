// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakePeerConnection, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const only = () => FakePeerConnection.made[0];

test('refused playback is told once, retried on demand, and told to be over', async (t) => {
  const { glue, reports, surface, rejections } = glueFor(t);
  glue.createPeer(1, true, true);
  only().emit('track', { track: new FakeTrack('audio', true) });
  const element = surface.videoFor(1);
  const refusePlay = async (name) => { element.plays.at(-1).reject(domError(name)); await settled(); };
  await refusePlay('NotAllowedError');
  glue.retryPlayback();
  await refusePlay('NotAllowedError');
  glue.retryPlayback();
  await refusePlay('AbortError');
  glue.retryPlayback();
  element.plays.at(-1).resolve();
  await settled();
  assert.deepEqual(reports.slice(1), [{ type: 'playback-changed', blocked: true }, { type: 'playback-changed', blocked: false }]);
  assert.equal(element.plays.length, 4);
  assert.deepEqual(rejections, []);
});

test('sound that is held back is tried again at the next gesture anywhere, until it plays', async (t) => {
  const { glue, browser, surface, types } = glueFor(t);
  glue.createPeer(1, true, false);
  only().emit('track', { track: new FakeTrack('audio') });
  const video = surface.videos.get(1);
  const gesture = async (refused) => {
    browser.page.dispatchEvent(new Event('pointerup'));
    const call = video.plays.at(-1);
    if (refused) call.reject(domError('NotAllowedError'));
    else call.resolve();
    await settled();
  };
  browser.page.dispatchEvent(new Event('keydown'));
  assert.equal(video.plays.length, 1);
  video.plays[0].reject(domError('NotAllowedError'));
  await settled();
  await gesture(true);
  assert.equal(video.plays.length, 2);
  await gesture(false);
  assert.equal(video.plays.length, 3);
  await gesture(false);
  assert.equal(video.plays.length, 3);
  assert.deepEqual(types().filter((type) => type === 'playback-changed').length, 2);
});

test('a call that ends with its sound held back leaves no listener behind', async (t) => {
  const { glue, browser, surface } = glueFor(t);
  glue.createPeer(1, true, false);
  only().emit('track', { track: new FakeTrack('audio') });
  const video = surface.videos.get(1);
  video.plays[0].reject(domError('NotAllowedError'));
  await settled();
  glue.closePeer(1);
  browser.page.dispatchEvent(new Event('pointerup'));
  assert.equal(video.plays.length, 1);
});
