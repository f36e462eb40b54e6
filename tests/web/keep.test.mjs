// What a tab keeps of a call for its next page, proofs of it, and what a page can know of why it goes.
// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';

import { settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const storageFor = (t) => {
  const items = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
  t.after(() => delete globalThis.sessionStorage);
  return items;
};

test('what is kept is found by the next page, once, with its age', (t) => {
  const items = storageFor(t);
  const { glue, reports } = glueFor(t);
  glue.findKept();
  assert.deepEqual(reports, []);
  glue.keepCall({ call: 'c', talked: 5 });
  glue.findKept();
  glue.findKept();
  assert.equal(reports.length, 1);
  const [{ type, age, record }] = reports;
  assert.equal(type, 'kept-found');
  assert.ok(age >= 0 && age < 1000);
  assert.deepEqual(record, { call: 'c', talked: 5 });
  assert.equal(items.size, 0);
});

test('a page without storage, and what somebody else put there, are no trouble', (t) => {
  const { glue, reports } = glueFor(t);
  glue.findKept();
  const items = storageFor(t);
  items.set('odnix-call-kept', 'not JSON');
  glue.findKept();
  assert.deepEqual(reports, []);
});

test('a proof is HMAC-SHA-256 in hex, and empty where the browser has none', async (t) => {
  const { glue, reports } = glueFor(t);
  glue.prove(4, 'token', 'text');
  while (reports.length < 1) await settled();
  assert.deepEqual(reports[0], { type: 'proved', ticket: 4, proof: createHmac('sha256', 'token').update('text').digest('hex') });
  glue.prove(5, '', 'no key');
  while (reports.length < 2) await settled();
  assert.equal(reports[1].ticket, 5);
});

/** The page goes; answers what it says about it. `swaps`: in a browser that knows `pageswap`. */
const goodbye = (t, steps, swaps = false) => {
  if (swaps) globalThis.onpageswap = null;
  t.after(() => delete globalThis.onpageswap);
  const navigation = new EventTarget();
  globalThis.navigation = navigation;
  t.after(() => delete globalThis.navigation);
  const { browser, glue, reports } = glueFor(t);
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  location.origin = 'https://chat.example';
  glue.watchPage();
  const acts = {
    state: (name) => glue.stateChanged(name, ''),
    navigate: (url) => navigation.dispatchEvent(Object.assign(new Event('navigate'), { destination: { url } })),
    ask: () => browser.page.dispatchEvent(new Event('beforeunload')),
    swap: (activation) => browser.page.dispatchEvent(Object.assign(new Event('pageswap'), { activation })),
    wait: (time) => (now += time),
  };
  steps(acts);
  browser.page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: false }));
  return reports.find(({ type }) => type === 'page-hidden').returns;
};

const table = [
  ['a reload: the server is asked before the page goes', true, ({ state, ask, wait }) => { state('active'); ask(); wait(15); }],
  ['a closed tab goes at once', false, ({ state, ask, wait }) => { state('active'); ask(); wait(1); }],
  ['a tab that was not asked', false, ({ state }) => state('active')],
  ['a link on this site, however quick', true, ({ state, navigate, ask }) => { state('active'); navigate('https://chat.example/dashboard/'); ask(); }],
  ['a link to elsewhere, however slow', false, ({ state, navigate, ask, wait }) => { state('active'); navigate('https://other.example/'); ask(); wait(90); }],
  ['a click inside the page, and later the tab is closed', false, ({ state, navigate, ask, wait }) => { state('active'); navigate('https://chat.example/#x'); wait(2000); ask(); wait(1); }],
  ['asked, stayed, and closed later', false, ({ state, ask, wait }) => { state('active'); ask(); wait(9000); ask(); wait(1); }],
  ['outside a call nobody watches', false, ({ state, ask, wait }) => { state('active'); state('ended'); ask(); wait(15); }],
];
for (const [name, returns, steps] of table) test(`leaving: ${name}`, (t) => assert.equal(goodbye(t, steps), returns));

const swapping = [
  ['a reload', true, ({ state, ask, wait, swap }) => { state('active'); ask(); wait(1); swap({ navigationType: 'reload' }); }],
  ['an address of another site', false, ({ state, ask, wait, swap }) => { state('active'); ask(); wait(90); swap(null); }],
  ['a closed tab, however slow the machine', false, ({ state, ask, wait }) => { state('active'); ask(); wait(400); }],
  ['a link on this site', true, ({ state, navigate, ask, swap }) => { state('active'); navigate('https://chat.example/dashboard/'); ask(); swap({}); }],
  ['a swap in an earlier call', false, ({ state, ask, swap, wait }) => { state('active'); swap({}); state('ended'); state('active'); ask(); wait(20); }],
];
for (const [name, returns, steps] of swapping) test(`leaving, told by pageswap: ${name}`, (t) => assert.equal(goodbye(t, steps, true), returns));
