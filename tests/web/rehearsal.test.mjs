// @ts-nocheck see support/loader.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settled } from './support/browser.mjs';
import { loaderFor } from './support/loader.mjs';

const config = { userId: 7, chatId: 12 };

test('a page that is idle rehearses, a slice at a time, until there is no more', async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  assert.deepEqual(module.rehearsed, [], 'nothing before the page is idle');
  for (let moment = 1; moment <= 3; moment += 1) {
    assert.equal(browser.idle.length, 1);
    browser.idle.shift()();
    assert.deepEqual(module.rehearsed.at(-1), [800, 600, 1]);
    assert.equal(module.rehearsed.length, moment, 'a browser that does not say how long: one slice for each moment');
  }
  assert.equal(browser.idle.length, 0, 'it ends by itself');
});

test('an idle moment is used as far as it goes, and no further', async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  const left = [30, 9];
  browser.idle.shift()({ timeRemaining: () => left.shift() });
  assert.equal(module.rehearsed.length, 2, 'one slice more after the first, none in the last 10 ms');
  browser.idle.shift()({ timeRemaining: () => 50 });
  assert.equal(module.rehearsed.length, 3);
  assert.equal(browser.idle.length, 0, 'it ends by itself');
});

test('nobody looks at a hidden tab: it rehearses when it is shown', async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  document.hidden = true;
  browser.idle.shift()();
  assert.equal(module.rehearsed.length, 0);
  assert.equal(browser.idle.length, 0);
  document.hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  browser.idle.shift()();
  assert.equal(module.rehearsed.length, 1);
});

test('a script in the head may be ready before the page has a body: it rehearses when it has one', async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  const { body } = document;
  document.body = null;
  browser.idle.shift()();
  assert.deepEqual([module.rehearsed.length, browser.idle.length], [0, 0]);
  document.body = body;
  document.dispatchEvent(new Event('DOMContentLoaded'));
  browser.idle.shift()();
  assert.equal(module.rehearsed.length, 1);
});

test('a dead client rehearses no more', async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  browser.idle.shift()();
  module.options.onAbort('broken');
  browser.idle.shift()();
  assert.equal(module.rehearsed.length, 1);
  assert.equal(browser.idle.length, 0);
});

test('the silent double has every method of the glue, and none does anything', async (t) => {
  const { load, module } = loaderFor(t);
  await load(config).ready;
  const { glue, rehearsal } = module.options;
  assert.deepEqual(Object.keys(rehearsal), Object.keys(glue));
  for (const [name, method] of Object.entries(rehearsal)) {
    assert.notEqual(method, glue[name]);
    assert.equal(method(1, true, 'text'), undefined);
  }
  assert.deepEqual(module.calls, [['start']]);
});

test('what a client had left when it died is not rehearsed in the next one', async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  const left = browser.idle.shift();
  module.options.onAbort('broken');
  t.mock.timers.tick(1000);
  await settled();
  left();
  assert.equal(module.rehearsed.length, 0);
  browser.idle.shift()();
  assert.equal(module.rehearsed.length, 1);
});
