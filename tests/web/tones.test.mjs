// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeAudioContext, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

/** The tones of a page in which timers run when the test says so. */
const tonesFor = (t) => {
  const made = glueFor(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  /** @param {string} name */
  const play = (name) => {
    made.glue.playTone(name);
    t.mock.timers.tick(100);
  };
  return { ...made, play };
};
const context = () => FakeAudioContext.made[0];
const loudest = (buffer) => buffer.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

test('no sound context exists before the first tone', (t) => {
  const { glue, play } = tonesFor(t);
  glue.stopTone();
  assert.equal(FakeAudioContext.made.length, 0);
});

test('ringtone and ringback loop, ended and busy sound once', (t) => {
  const { play } = tonesFor(t);
  for (const name of ['ringtone', 'ringback', 'ended', 'busy']) play(name);
  assert.equal(FakeAudioContext.made.length, 1);
  assert.deepEqual(context().sources.map(({ loop }) => loop), [true, true, false, false]);
});

test('every tone is audible, never clipped, and begins and ends in silence', (t) => {
  const { play } = tonesFor(t);
  for (const name of ['ringtone', 'ringback', 'ended', 'busy']) {
    play(name);
    const { buffer } = context().sources.at(-1);
    const samples = buffer.getChannelData(0);
    assert.ok(loudest(buffer) > 0.1, name);
    assert.ok(loudest(buffer) < 1, name);
    assert.ok(Math.abs(samples[0]) < 0.001 && Math.abs(samples.at(-1)) < 0.01, name);
    let step = 0;
    for (let i = 1; i < samples.length; i += 1) step = Math.max(step, Math.abs(samples[i] - samples[i - 1]));
    assert.ok(step < 0.2, `${name} clicks: ${step}`);
  }
});

test('ringback is 425 Hz, one second in five', (t) => {
  const { play } = tonesFor(t);
  play('ringback');
  const { buffer } = context().sources[0];
  const samples = buffer.getChannelData(0);
  const crossings = (from, to) => {
    let count = 0;
    for (let i = from * buffer.rate + 1; i < to * buffer.rate; i += 1) if (samples[i - 1] < 0 && samples[i] >= 0) count += 1;
    return count;
  };
  assert.ok(Math.abs(crossings(0, 1) - 425) <= 2);
  assert.equal(crossings(1, 5), 0);
  assert.equal(buffer.length, 5 * buffer.rate);
});

test('a new tone replaces the one that plays', (t) => {
  const { play } = tonesFor(t);
  play('ringtone');
  play('busy');
  const [first, second] = context().sources;
  assert.equal(first.stopped, true);
  assert.equal(second.stopped, undefined);
});

test('silence costs nothing: the context is suspended once the last tone is over', async (t) => {
  const { glue, play } = tonesFor(t);
  play('ringtone');
  glue.stopTone();
  assert.ok(!context().log.includes('suspend'));
  context().sources[0].onended();
  assert.equal(context().log.at(-1), 'suspend');
  await settled();
  play('ended');
  assert.equal(context().log.at(-1), 'resume');
  context().sources[1].onended();
  assert.equal(context().log.at(-1), 'suspend');
});

test('the end of a replaced tone does not silence the new one', (t) => {
  const { play } = tonesFor(t);
  play('ringtone');
  play('ringback');
  t.mock.timers.tick(100);
  assert.equal(context().sources[0].onended, null, 'nothing keeps it, whether the browser tells its end or not');
  assert.ok(!context().log.includes('suspend'));
});

test('a page that may not sound yet rings from the first gesture on, and a short tone does not come late', async (t) => {
  const { glue, play, browser, rejections } = tonesFor(t);
  FakeAudioContext.initial = 'suspended';
  FakeAudioContext.refuses = new Error('no gesture');
  play('ringtone');
  await settled();
  const resumes = () => context().log.filter((entry) => entry === 'resume').length;
  assert.equal(resumes(), 1);
  browser.page.dispatchEvent(new Event('pointerdown'));
  assert.equal(resumes(), 2);
  glue.stopTone();
  browser.page.dispatchEvent(new Event('keydown'));
  assert.equal(resumes(), 2);
  play('ended');
  browser.page.dispatchEvent(new Event('keydown'));
  assert.equal(resumes(), 3);
  await settled();
  assert.deepEqual(rejections, []);
});

test('a browser without Web Audio is silent, and an unknown tone too', (t) => {
  const { glue, play, reports } = tonesFor(t);
  play('fanfare');
  assert.equal(FakeAudioContext.made.length, 0);
  delete globalThis.AudioContext;
  play('ringtone');
  glue.stopTone();
  assert.deepEqual(reports, []);
});

test('a context that cannot be made is one report', (t) => {
  const { glue, play, reports } = tonesFor(t);
  globalThis.AudioContext = function AudioContext() { throw new Error('no device'); };
  play('ringtone');
  glue.stopTone();
  assert.deepEqual(reports, [{ type: 'glue-failed', where: 'playTone', error: 'Error: no device' }]);
});

test('what is seen goes first: the sound device is opened after the picture, and not for a tone that was stopped by then', (t) => {
  const { glue } = tonesFor(t);
  glue.playTone('ringtone');
  assert.equal(FakeAudioContext.made.length, 0);
  t.mock.timers.tick(99);
  assert.equal(FakeAudioContext.made.length, 0);
  glue.stopTone();
  t.mock.timers.tick(1000);
  assert.equal(FakeAudioContext.made.length, 0);
  glue.playTone('ringtone');
  glue.playTone('ended');
  t.mock.timers.tick(100);
  assert.deepEqual(context().sources.map(({ loop }) => loop), [false]);
});

test('a hidden page draws nothing and has slow timers: it rings at once', (t) => {
  const { glue } = tonesFor(t);
  document.hidden = true;
  glue.playTone('ringtone');
  assert.equal(context().sources.length, 1);
});
