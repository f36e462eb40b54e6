// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, settled } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

/** Channels of one name reach each other; what is posted is cloned, as a browser does. */
class FakeChannel {
  static open = [];
  constructor(name) {
    Object.assign(this, { name, onmessage: null, closed: false });
    FakeChannel.open.push(this);
  }
  postMessage(data) {
    if (this.closed) throw domError('InvalidStateError');
    for (const other of FakeChannel.open)
      if (other !== this && other.name === this.name) other.onmessage?.({ data: structuredClone(data) });
  }
  close() {
    this.closed = true;
    FakeChannel.open = FakeChannel.open.filter((other) => other !== this);
  }
}

/** Web Locks, exclusive ones only: one holder a name, the others wait in line. */
class FakeLocks {
  held = new Map();
  waiting = [];
  refuses = null;

  request(name, { signal }, granted) {
    if (this.refuses) return Promise.reject(this.refuses);
    return new Promise((resolve, reject) => {
      const wish = { name, granted, resolve, reject };
      this.waiting.push(wish);
      signal?.addEventListener('abort', () => {
        if (!this.waiting.includes(wish)) return;
        this.waiting.splice(this.waiting.indexOf(wish), 1);
        reject(domError('AbortError'));
      });
      queueMicrotask(() => this.next());
    });
  }
  next() {
    const wish = this.waiting.find(({ name }) => !this.held.has(name));
    if (!wish) return;
    this.waiting.splice(this.waiting.indexOf(wish), 1);
    this.held.set(wish.name, wish);
    Promise.resolve(wish.granted({ name: wish.name })).then(wish.resolve, wish.reject).finally(() => {
      this.held.delete(wish.name);
      this.next();
    });
  }
}

/** A glue with channels and locks; `other` is another tab of the same user. */
const tabFor = (t, { locks = new FakeLocks(), Channel = FakeChannel } = {}) => {
  const made = glueFor(t);
  const before = Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel');
  Object.defineProperty(globalThis, 'BroadcastChannel', { value: Channel, configurable: true, writable: true });
  t.after(() => Object.defineProperty(globalThis, 'BroadcastChannel', before));
  FakeChannel.open = [];
  if (locks) navigator.locks = locks;
  const heard = [];
  const other = new FakeChannel('odnix-call:7');
  other.onmessage = ({ data }) => heard.push(data);
  return { ...made, locks, other, heard };
};

const GRANTED = { type: 'ring-right-granted' };
const CALL = 'fedcba9876543210fedcba9876543210';

test("another tab's word becomes a report, whatever type it claims; what is no object is nothing", (t) => {
  const { glue, other, reports } = tabFor(t);
  glue.joinTabs('7');
  other.postMessage({ news: 'accepted', call: CALL, chat: 3, user: 9, session: '18446744073709551615', type: 'time-passed' });
  for (const nothing of [null, undefined, 'accepted', 5]) other.postMessage(nothing);
  assert.deepEqual(reports, [
    { type: 'tab-said', news: 'accepted', call: CALL, chat: 3, user: 9, session: '18446744073709551615' },
  ]);
});

test('what is told reaches the tabs of this user, and only theirs; joining twice hears once', (t) => {
  const { glue, other, heard, reports } = tabFor(t);
  const stranger = new FakeChannel('odnix-call:8');
  stranger.onmessage = () => assert.fail('another person in the same browser was told');
  glue.joinTabs('7');
  glue.joinTabs('7');
  glue.tellTabs('busy', CALL, 3, 9, '5');
  other.postMessage({ news: 'hello' });
  assert.deepEqual(heard, [{ news: 'busy', call: CALL, chat: 3, user: 9, session: '5' }]);
  assert.deepEqual(reports, [{ news: 'hello', type: 'tab-said' }]);
});

test('the right to ring is granted once, under the name of the user, and kept', async (t) => {
  const { glue, locks, reports } = tabFor(t);
  glue.joinTabs('7');
  glue.requestRingRight();
  glue.requestRingRight();
  assert.deepEqual(reports, []);
  await settled();
  assert.deepEqual(reports, [GRANTED]);
  assert.deepEqual([...locks.held.keys()], ['odnix-call-ring:7']);
  assert.equal(locks.waiting.length, 0);
});

test('the right comes once another tab lets go', async (t) => {
  const { glue, locks, reports } = tabFor(t);
  let letGo;
  locks.request('odnix-call-ring:7', {}, () => new Promise((resolve) => (letGo = resolve)));
  await settled();
  glue.joinTabs('7');
  glue.requestRingRight();
  await settled();
  assert.deepEqual(reports, []);
  letGo();
  await settled();
  assert.deepEqual(reports, [GRANTED]);
});

test('leaving while waiting is silent, and coming back waits anew', async (t) => {
  const { glue, locks, reports, rejections } = tabFor(t);
  let letGo;
  locks.request('odnix-call-ring:7', {}, () => new Promise((resolve) => (letGo = resolve)));
  await settled();
  glue.joinTabs('7');
  glue.requestRingRight();
  await settled();
  glue.leaveTabs();
  await settled();
  assert.equal(locks.waiting.length, 0);
  letGo();
  await settled();
  assert.deepEqual([reports, rejections], [[], []]);
  glue.requestRingRight();
  await settled();
  assert.deepEqual(reports, [GRANTED]);
});

test('leaving closes the channel and hands the right on', async (t) => {
  const { glue, locks, other, reports } = tabFor(t);
  glue.joinTabs('7');
  glue.requestRingRight();
  await settled();
  let next = 0;
  locks.request('odnix-call-ring:7', {}, () => { next += 1; });
  await settled();
  assert.equal(next, 0);
  glue.leaveTabs();
  glue.leaveTabs();
  await settled();
  assert.equal(next, 1);
  assert.equal(locks.held.size, 0);
  assert.deepEqual(FakeChannel.open, [other]);
  other.postMessage({ news: 'accepted' });
  assert.deepEqual(reports, [GRANTED]);
});

test('shutdown leaves the tabs', async (t) => {
  const { glue, locks, other } = tabFor(t);
  glue.joinTabs('7');
  glue.requestRingRight();
  await settled();
  glue.shutdown();
  await settled();
  assert.equal(locks.held.size, 0);
  assert.deepEqual(FakeChannel.open, [other]);
});

test('a browser without locks rings at once; so does a document that may not lock', async (t) => {
  const { glue, reports } = tabFor(t, { locks: null });
  glue.joinTabs('7');
  glue.requestRingRight();
  glue.requestRingRight();
  assert.deepEqual(reports, [GRANTED]);
  glue.leaveTabs();
  navigator.locks = Object.assign(new FakeLocks(), { refuses: domError('SecurityError') });
  glue.requestRingRight();
  await settled();
  assert.deepEqual(reports, [GRANTED, GRANTED]);
});

test('a browser without BroadcastChannel has no other tabs and still rings', async (t) => {
  const { glue, heard, reports } = tabFor(t, { Channel: null });
  glue.joinTabs('7');
  glue.tellTabs('free', '', 0, 0, '0');
  glue.requestRingRight();
  await settled();
  glue.leaveTabs();
  assert.deepEqual([reports, heard], [[GRANTED], []]);
});
