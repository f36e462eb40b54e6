// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const grant = async (browser, ...kinds) => {
  const tracks = kinds.map((kind) => new FakeTrack(kind));
  browser.media.requests.at(-1).resolve(new FakeStream(tracks));
  await settled();
  return tracks;
};

test('devices are asked for with what a call needs, and only those', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openMedia(1, true, true);
  glue.openMedia(2, true, false);
  const [both, one] = browser.media.requests.map(({ wish }) => wish);
  assert.deepEqual(both.audio, { echoCancellation: true, noiseSuppression: true, autoGainControl: true });
  assert.deepEqual([both.video.width, both.video.height], [{ ideal: 1280 }, { ideal: 720 }]);
  assert.equal(one.video, false);
  assert.deepEqual(reports, []);
});

test('opened devices are told once, and the preview shows them', async (t) => {
  const { glue, browser, reports, surface } = glueFor(t);
  glue.openMedia(5, true, true);
  const tracks = await grant(browser, 'audio', 'video');
  assert.deepEqual(reports, [{
    type: 'media-opened', request: 5, audio: true, video: true, devices: '0 1 1 0 1 2 2 0 ', label: 'Fake audio',
  }]);
  assert.deepEqual(surface.local.srcObject.getTracks(), tracks);
  glue.closeMedia();
  assert.equal(surface.local.srcObject, null);
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ['ended', 'ended']);
});

test('a microphone alone shows no preview', async (t) => {
  const { glue, browser, surface } = glueFor(t);
  glue.openMedia(1, true, false);
  await grant(browser, 'audio');
  assert.deepEqual(surface.local.sources, []);
});

test('devices that arrive after the end are stopped and told to nobody', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openMedia(1, true, true);
  glue.closeMedia();
  const tracks = await grant(browser, 'audio', 'video');
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ['ended', 'ended']);
  glue.openMedia(2, true, false);
  glue.closeMedia();
  browser.media.requests.at(-1).reject(domError('NotAllowedError'));
  await settled();
  assert.deepEqual(reports, []);
});

test('an earlier request that arrives late does not touch the later one', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openMedia(1, true, false);
  glue.closeMedia();
  glue.openMedia(2, true, false);
  const [current] = await grant(browser, 'audio');
  const late = new FakeTrack('audio');
  browser.media.requests[0].resolve(new FakeStream([late]));
  await settled();
  assert.equal(late.readyState, 'ended');
  assert.equal(current.readyState, 'live');
  assert.deepEqual(reports.map(({ type, request }) => [type, request]), [['media-opened', 2]]);
});

test('a failure is told with its name, its message and both permissions', async (t) => {
  const { glue, browser, reports, rejections } = glueFor(t);
  browser.permissions.states = { microphone: 'granted', camera: 'denied' };
  glue.openMedia(1, true, true);
  browser.media.requests[0].reject(domError('NotAllowedError', 'Permission denied'));
  await settled();
  browser.permissions.states = {};
  glue.openMedia(2, true, false);
  browser.media.requests[1].reject(undefined);
  await settled();
  assert.deepEqual(reports, [
    { type: 'media-failed', request: 1, error: 'NotAllowedError', message: 'Permission denied', microphone: 'granted', camera: 'denied' },
    { type: 'media-failed', request: 2, error: 'unknown', message: '', microphone: '', camera: '' },
  ]);
  assert.deepEqual(rejections, []);
});

test('a page without mediaDevices or permissions gets one failure that says so', async (t) => {
  const { glue, reports } = glueFor(t);
  delete navigator.mediaDevices;
  delete navigator.permissions;
  glue.openMedia(1, true, true);
  await settled();
  assert.deepEqual(reports.map(({ type, error, camera }) => [type, error, camera]), [['media-failed', 'InsecureContext', '']]);
});

test('a getUserMedia that throws at once is one failure', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.media.getUserMedia = () => { throw new TypeError('nothing asked for'); };
  glue.openMedia(1, false, false);
  await settled();
  assert.deepEqual(reports.map(({ type, error }) => [type, error]), [['media-failed', 'TypeError']]);
});

test('mute disables the microphone and lasts when it is opened again, until the call ends', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.openMedia(1, true, false);
  const [first] = await grant(browser, 'audio');
  glue.setMicrophone(false);
  assert.equal(first.enabled, false);
  assert.equal(first.readyState, 'live');
  glue.openMedia(2, true, false);
  const [second] = await grant(browser, 'audio');
  assert.equal(first.readyState, 'ended');
  assert.equal(second.enabled, false);
  glue.closeMedia();
  glue.openMedia(3, true, false);
  const [third] = await grant(browser, 'audio');
  assert.equal(third.enabled, true);
});

test('camera off stops the camera and nothing else', async (t) => {
  const { glue, browser } = glueFor(t);
  glue.openMedia(1, true, true);
  const [audio, video] = await grant(browser, 'audio', 'video');
  glue.closeCamera();
  glue.closeCamera();
  assert.deepEqual([audio.readyState, video.readyState], ['live', 'ended']);
});

test('a device that vanishes is told once, with its permission; one that was replaced or closed is not', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.permissions.states = { microphone: 'denied' };
  glue.openMedia(1, true, true);
  const [audio, video] = await grant(browser, 'audio', 'video');
  glue.closeCamera();
  video.dispatchEvent(new Event('ended'));
  audio.dispatchEvent(new Event('ended'));
  audio.dispatchEvent(new Event('ended'));
  await settled();
  assert.deepEqual(reports.slice(1), [{ type: 'device-lost', kind: 'audio', permission: 'denied' }]);
});

test('a device that vanished is nobody\'s once the call is over or another one is open', async (t) => {
  const { glue, browser, types } = glueFor(t);
  glue.openMedia(1, true, false);
  const [first] = await grant(browser, 'audio');
  first.dispatchEvent(new Event('ended'));
  glue.closeMedia();
  await settled();
  assert.deepEqual(types(), ['media-opened']);
});

test('a track that the system silences is told, also if it is silent from the start', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.openMedia(1, true, false);
  browser.media.requests[0].resolve(new FakeStream([new FakeTrack('audio', true)]));
  await settled();
  const held = reports.slice(1);
  assert.deepEqual(held, [{ type: 'device-held', kind: 'audio', held: true }]);
  glue.openMedia(2, true, false);
  const [audio] = await grant(browser, 'audio');
  audio.muted = true;
  audio.dispatchEvent(new Event('mute'));
  audio.muted = false;
  audio.dispatchEvent(new Event('unmute'));
  glue.closeMedia();
  audio.dispatchEvent(new Event('mute'));
  assert.deepEqual(reports.slice(3).map(({ type, held: silent }) => [type, silent]), [['device-held', true], ['device-held', false]]);
});

test('a wanted device is asked for, that one and no other', (t) => {
  const { glue, browser } = glueFor(t);
  glue.chooseDevice('microphone', 'm2');
  glue.chooseDevice('camera', 'c2');
  glue.openMedia(1, true, true, 1, 2);
  glue.openMedia(2, true, true, 0, 0);
  const [chosen, any] = browser.media.requests.map(({ wish }) => wish);
  assert.deepEqual([chosen.audio.deviceId, chosen.video.deviceId, chosen.video.facingMode], [{ exact: 'm2' }, { exact: 'c2' }, undefined]);
  assert.deepEqual([any.audio.deviceId, any.video.deviceId, any.video.facingMode], [undefined, undefined, 'user']);
});

test('a preview that cannot play harms nothing', async (t) => {
  const { glue, browser, surface, rejections, reports } = glueFor(t);
  glue.openMedia(1, false, true);
  await grant(browser, 'video');
  surface.local.plays[0].reject(domError('AbortError'));
  await settled();
  assert.deepEqual(rejections, []);
  assert.equal(reports.length, 1);
});
