// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakeAudioContext, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const withMicrophone = async (t) => {
  const given = glueFor(t);
  given.glue.openMedia(1, true, false, 0, 0);
  const track = new FakeTrack('audio');
  given.browser.media.requests[0].resolve(new FakeStream([track]));
  await settled();
  return { ...given, track, levels: () => given.reports.filter(({ type }) => type === 'microphone-measured').map(({ level }) => level) };
};

test('the level of a muted microphone is measured on a copy that stays in the page', async (t) => {
  const { glue, track, levels } = await withMicrophone(t);
  glue.setMicrophone(false);
  glue.meterMicrophone(true);
  assert.deepEqual(levels(), []); // nothing was heard yet
  for (const wave of [0, 0.0001, 0.05]) {
    FakeAudioContext.wave = wave;
    glue.meterMicrophone(true);
  }
  assert.deepEqual(levels(), [0, 1, 50]);
  assert.deepEqual([track.enabled, track.copy.enabled], [false, true]);
  assert.deepEqual(FakeAudioContext.made[0].listensTo, [track.copy]);
});

test('measuring ends with its order, with the call, and in a hidden page; nothing stays open', async (t) => {
  const { glue, track, levels } = await withMicrophone(t);
  for (const end of [() => glue.meterMicrophone(false), () => { document.hidden = true; glue.meterMicrophone(true); }, () => glue.closeMedia()]) {
    document.hidden = false;
    glue.meterMicrophone(true);
    assert.equal(track.copy.readyState, 'live');
    end();
    assert.equal(track.copy.readyState, 'ended');
    assert.equal(FakeAudioContext.made.at(-1).state, 'closed');
  }
  document.hidden = false;
  glue.meterMicrophone(true);
  assert.deepEqual([FakeAudioContext.made.length, levels()], [3, []]);
});

test('another microphone is measured anew, and a context that does not run tells nothing', async (t) => {
  const { glue, browser, levels } = await withMicrophone(t);
  FakeAudioContext.initial = 'suspended';
  glue.meterMicrophone(true);
  glue.meterMicrophone(true);
  assert.deepEqual(levels(), []);
  glue.openMedia(2, true, false, 0, 0);
  const other = new FakeTrack('audio');
  browser.media.requests[1].resolve(new FakeStream([other]));
  await settled();
  glue.meterMicrophone(true);
  assert.deepEqual(FakeAudioContext.made.map(({ state }) => state), ['closed', 'suspended']);
  assert.deepEqual(FakeAudioContext.made[1].listensTo, [other.copy]);
});

test('a microphone that the browser cannot measure is tried once, and nothing of it stays open', async (t) => {
  const { glue, track, reports } = await withMicrophone(t);
  t.mock.method(FakeAudioContext.prototype, 'createMediaStreamSource', () => { throw domError('NotSupportedError', 'another sample rate'); });
  for (let i = 0; i < 3; i += 1) glue.meterMicrophone(true);
  assert.deepEqual([FakeAudioContext.made.length, FakeAudioContext.made[0].state, track.copy.readyState], [1, 'closed', 'ended']);
  assert.equal(track.readyState, 'live');
  assert.deepEqual(reports.filter(({ type }) => type === 'glue-failed').length, 1);
});
