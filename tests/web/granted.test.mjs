// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const granted = (reports) => reports.filter(({ type }) => type === 'devices-granted').map(({ microphone, camera }) => [microphone, camera]);

test('what is allowed and plugged in is told, and again when the person decides otherwise', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.permissions.states = { microphone: 'granted', camera: 'prompt' };
  browser.media.present = [{ kind: 'audioinput' }, { kind: 'videoinput' }];
  glue.watchPage();
  await settled();
  assert.deepEqual(granted(reports), [[true, false]]);
  browser.permissions.states.camera = 'granted';
  browser.permissions.given.camera.dispatchEvent(new Event('change'));
  await settled();
  assert.deepEqual(granted(reports).at(-1), [true, true]);
  browser.media.present = [{ kind: 'audioinput' }]; // the camera is pulled out
  browser.media.dispatchEvent(new Event('devicechange'));
  await settled();
  assert.deepEqual(granted(reports).at(-1), [true, false]);
  browser.permissions.states.microphone = 'denied';
  browser.permissions.given.microphone.dispatchEvent(new Event('change'));
  await settled();
  assert.deepEqual(granted(reports).at(-1), [false, false]);
});

test('a browser that does not tell permissions, or no devices, grants nothing and breaks nothing', async (t) => {
  const { glue, browser, reports, rejections } = glueFor(t);
  glue.watchPage();
  await settled();
  assert.deepEqual(granted(reports), []);
  browser.permissions.states = { microphone: 'granted', camera: 'granted' };
  browser.media.enumerateDevices = async () => { throw new Error('no'); };
  glue.watchPage();
  await settled();
  assert.deepEqual(granted(reports), []);
  assert.deepEqual(rejections, []);
});

test('a page that is left is told nothing more', async (t) => {
  const { glue, browser, reports } = glueFor(t);
  browser.permissions.states = { microphone: 'granted', camera: 'granted' };
  glue.watchPage();
  glue.leavePage();
  await settled();
  assert.deepEqual(granted(reports), []);
});
