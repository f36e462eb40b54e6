// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeAudioContext, FakePeerConnection, FakeTrack, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';
import { loaderFor } from './support/loader.mjs';

const present = [
  { kind: 'audioinput', deviceId: 'm1', label: 'Headset' },
  { kind: 'videoinput', deviceId: 'c1', label: '' },
  { kind: 'audiooutput', deviceId: 's1', label: 'Speaker' },
];
/** Kind, number, label, follows. */
const numbers = '0 1 1 0 1 2 0 0 2 3 2 0 ';
const kept = JSON.stringify([['microphone', 'm1', 'Headset'], ['speaker', 's1', 'Speaker']]);

/** A peer with something to hear. */
const sounding = (glue, id) => {
  glue.createPeer(id, true, false);
  FakePeerConnection.made.at(-1).emit('track', { track: new FakeTrack('audio') });
};

test('the list is told once per question, as numbers; devices without an id are none', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.media.present = [...present, { kind: 'videoinput', deviceId: '', label: '' }, { kind: 'audioinput', deviceId: 'default', label: 'Headset' }];
  glue.listDevices();
  await settled();
  assert.deepEqual(reports, [{ type: 'devices-told', remembered: false, devices: `${numbers}0 4 1 1 ` }]);
  delete navigator.mediaDevices;
  glue.listDevices();
  await settled();
  assert.deepEqual(reports[1], { type: 'devices-told', remembered: false, devices: '' });
});

test('plugs are watched only once somebody needs devices, and no longer than the client lives', (t) => {
  const { glue, browser, types } = glueFor(t);
  browser.media.dispatchEvent(new Event('devicechange'));
  assert.deepEqual(types(), []);
  glue.openMedia(1, true, false, 0, 0);
  glue.listDevices();
  browser.media.dispatchEvent(new Event('devicechange'));
  assert.deepEqual(types(), ['devices-changed']);
  glue.shutdown();
  browser.media.dispatchEvent(new Event('devicechange'));
  assert.deepEqual(types(), ['devices-changed']);
});

test('choices are kept in the browser, told at the start and when another tab changes them', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.media.present = present;
  glue.listDevices();
  await settled();
  glue.tellDevices('0 1 0 2 3 0 ', true);
  assert.deepEqual(Object.values(browser.storage), [kept]);
  glue.recallDevices();
  browser.page.dispatchEvent(Object.assign(new Event('storage'), { key: 'something else' }));
  const [key] = Object.keys(browser.storage);
  browser.storage[key] = '[]';
  browser.page.dispatchEvent(Object.assign(new Event('storage'), { key }));
  browser.storage[key] = '{"nonsense":';
  browser.page.dispatchEvent(Object.assign(new Event('storage'), { key }));
  assert.deepEqual(reports.slice(1).map(({ devices, remembered }) => [devices, remembered]), [['0 1 1 0 2 3 2 0 ', true], ['', true]]);
});

test('a page that may keep nothing has no choices', (t) => {
  const { glue, reports } = glueFor(t);
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get() { throw new Error('SecurityError'); } });
  glue.recallDevices();
  glue.tellDevices('', true);
  assert.deepEqual(reports.map(({ type }) => type), ['glue-failed']);
});

/** A speaker's number. */
const numberOf = (glue, reports, id) => {
  glue.chooseDevice('speaker', id);
  return Number(reports.at(-1).devices.split(' ')[1]);
};

test('sound goes to the chosen speaker: what sounds now, what comes later, and the tones', async (t) => {
  const { glue, surface, reports } = glueFor(t);
  const s1 = numberOf(glue, reports, 's1');
  sounding(glue, 1);
  document.hidden = true; // tones begin at once
  glue.playTone('ringback');
  assert.deepEqual(surface.videos.get(1).sinks, []);
  glue.useSpeaker(s1);
  sounding(glue, 2);
  assert.deepEqual([surface.videos.get(1).sinks, surface.videos.get(2).sinks, FakeAudioContext.made[0].sinks], [['s1'], ['s1'], ['s1']]);
  const gone = surface.videos.get(1);
  glue.closePeer(1);
  glue.useSpeaker(0);
  assert.deepEqual([gone.sinks, surface.videos.get(2).sinks], [['s1'], ['s1', '']]);
});

test('a speaker that does not work is told once, and not at all if another one is chosen meanwhile', async (t) => {
  const { glue, types, reports, rejections } = glueFor(t);
  const [s1, gone] = ['s1', 'gone'].map((id) => numberOf(glue, reports, id));
  sounding(glue, 1);
  sounding(glue, 2);
  const before = types().length;
  glue.useSpeaker(gone);
  glue.useSpeaker(s1);
  await settled();
  assert.deepEqual(types().slice(before), []);
  glue.useSpeaker(gone);
  await settled();
  assert.deepEqual(types().slice(before), ['speaker-failed']);
  assert.deepEqual(rejections, []);
});

test('a browser without a choice of speakers plays as before', (t) => {
  const { glue, surface, reports } = glueFor(t);
  const s1 = numberOf(glue, reports, 's1');
  sounding(glue, 1);
  delete surface.videos.get(1).setSinkId;
  glue.useSpeaker(s1);
  assert.ok(reports.every(({ type }) => type !== 'glue-failed'));
});

test('a choice of the page goes over as a number; none is 0', (t) => {
  const { glue, reports } = glueFor(t);
  glue.chooseDevice('camera', 'c7');
  glue.chooseDevice('camera', 'c7');
  glue.chooseDevice('microphone', '');
  assert.deepEqual(reports.map(({ type, devices }) => [type, devices]), [
    ['device-chosen', '1 1 0 0 '], ['device-chosen', '1 1 0 0 '], ['device-chosen', '0 0 0 0 '],
  ]);
});

test('the page asks for the devices, gets them, and hears of changes once', async (t) => {
  const { load, module, browser } = loaderFor(t);
  const calls = load({ userId: 7 });
  const asked = calls.devices();
  await calls.ready;
  await settled();
  const reports = () => module.calls.filter(([name]) => name === 'report').map(([, message]) => message);
  assert.deepEqual(reports(), [{ type: 'devices-changed', asked: true }]);
  const { glue } = module.options;
  browser.media.present = present;
  glue.listDevices();
  await settled();
  glue.tellDevices('0 1 1 1 2 0 2 3 0 ', false);
  glue.tellDevices('0 1 1 1 2 0 2 3 0 ', false);
  const devices = await asked;
  assert.deepEqual(devices[0], { kind: 'microphone', id: 'm1', label: 'Headset', selected: true });
  assert.deepEqual(devices.map(({ selected }) => selected), [true, false, false]);
  assert.deepEqual(browser.events.filter(({ type }) => type === 'odnix-call-devices').length, 1);
  calls.chooseDevice('speaker', 's1');
  await settled();
  assert.deepEqual(reports().at(-1), { type: 'device-chosen', devices: '2 3 0 0 ' });
});

test('a missed call is an event of the page', (t) => {
  const { glue, browser } = glueFor(t);
  const told = [];
  browser.page.addEventListener('odnix-call-missed', ({ detail }) => told.push(detail));
  glue.callMissed(12, 7, 'Anna', true, 4000);
  const [{ at, ...detail }] = told;
  assert.deepEqual(detail, { chatId: 12, userId: 7, name: 'Anna', video: true, age: 4000 });
  assert.ok(Math.abs(Date.now() - 4000 - at) < 1000);
});

test('a wrong choice is said, and a client that does not run has no devices', async (t) => {
  const { load, errors, module } = loaderFor(t);
  const calls = load({ userId: 7 });
  await calls.ready;
  calls.chooseDevice('toaster', 'x');
  calls.chooseDevice('camera', 7);
  assert.deepEqual(errors(), [['device-invalid', false], ['device-invalid', false]]);
  const asked = calls.devices();
  module.options.onAbort('gone');
  assert.deepEqual(await asked, []);
  assert.deepEqual(await calls.devices(), []);
});

test('a client that cannot start has no devices either', async (t) => {
  const { load } = loaderFor(t);
  assert.deepEqual(await load(undefined).devices(), []);
});
