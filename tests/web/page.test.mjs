// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakePeerConnection, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const pageEvent = (name, persisted) => Object.assign(new Event(name), { persisted });

test('leaving and coming back is told, the first pageshow is not', (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.page.dispatchEvent(pageEvent('pagehide', true));
  glue.watchPage();
  browser.page.dispatchEvent(pageEvent('pageshow', false));
  browser.page.dispatchEvent(pageEvent('pagehide', true));
  browser.page.dispatchEvent(pageEvent('pageshow', true));
  browser.page.dispatchEvent(pageEvent('pagehide', false));
  assert.deepEqual(reports, [
    { type: 'page-hidden', kept: true, returns: false },
    { type: 'page-shown' },
    { type: 'page-hidden', kept: false, returns: false },
  ]);
});

test('one alarm at a time', (t) => {
  const { glue, reports } = glueFor(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  glue.setAlarm(1000);
  glue.setAlarm(300);
  t.mock.timers.tick(299);
  assert.deepEqual(reports, []);
  t.mock.timers.tick(1);
  assert.deepEqual(reports, [{ type: 'time-passed' }]);
  t.mock.timers.tick(5000);
  assert.equal(reports.length, 1);
  glue.setAlarm(10);
  glue.clearAlarm();
  t.mock.timers.tick(5000);
  assert.equal(reports.length, 1);
});

test("the page's own banner is pressed away if it is there", (t) => {
  const { glue, browser, reports } = glueFor(t);
  glue.silenceBanner();
  let pressed = 0;
  browser.elements.gcbDecline = { click: () => (pressed += 1) };
  glue.silenceBanner();
  assert.equal(pressed, 1);
  browser.elements.gcbDecline.click = () => { throw new Error('their bug'); };
  glue.silenceBanner();
  assert.deepEqual(reports, [{ type: 'glue-failed', where: 'silenceBanner', error: 'Error: their bug' }]);
});

test('shutdown releases connections, devices, sound, timer and listeners, each even if another fails', async (t) => {
  const { glue, browser, reports, host } = glueFor(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  glue.watchPage();
  glue.createPeer(1, true, true);
  glue.createPeer(2, true, true);
  glue.openMedia(1, true, true);
  const tracks = [new FakeTrack('audio'), new FakeTrack('video')];
  browser.media.requests[0].resolve(new FakeStream(tracks));
  await settled();
  glue.openMedia(2, true, false);
  glue.setAlarm(10);
  glue.playTone('ringtone');
  host.dropVideo = () => { throw new Error('gone'); };
  const before = reports.length;
  glue.shutdown();
  assert.deepEqual(FakePeerConnection.made.map(({ closed }) => closed), [true, true]);
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ['ended', 'ended']);
  const late = new FakeTrack('audio');
  browser.media.requests[1].resolve(new FakeStream([late]));
  await settled();
  assert.equal(late.readyState, 'ended');
  t.mock.timers.tick(100);
  browser.page.dispatchEvent(pageEvent('pagehide', false));
  assert.equal(reports.length, before);
});

test('what a run leaves over goes on as a task; in a hidden page without a timer, which browsers slow down', async (t) => {
  const { glue, host } = glueFor(t);
  const wakes = () => host.told.filter(([what]) => what === 'wake').length;
  t.mock.timers.enable({ apis: ['setTimeout'] });
  glue.wakeLater();
  assert.equal(wakes(), 0);
  t.mock.timers.tick(0);
  assert.equal(wakes(), 1);
  document.hidden = true;
  glue.wakeLater();
  assert.equal(wakes(), 1, 'not on the stack of who asks');
  for (let turn = 0; wakes() < 2 && turn < 100; turn += 1) await settled();
  assert.equal(wakes(), 2);
  glue.leavePage();
});
