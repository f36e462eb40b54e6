// @ts-nocheck see support/loader.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openEarly } from '../../web/early-socket.js';
import { domError, FakeSocket, installBrowser } from './support/browser.mjs';
import { loaderFor, response } from './support/loader.mjs';

const url = 'wss://chat.example/ws/call/12/';
const config = { userId: 7, chatId: 12 };

/** What a module hears on a socket that it takes over. */
const listen = (early, socket) => {
  const heard = [];
  socket.onopen = () => heard.push('open');
  socket.onmessage = ({ data }) => heard.push(data);
  early.replay(socket);
  return heard;
};

const page = (t) => t.after(installBrowser().undo);

test('the call socket is opened before the module is there, and the module gets it with all it has heard, in order', (t) => {
  page(t);
  const early = openEarly(url);
  const [socket] = FakeSocket.made;
  socket.open();
  socket.say('one');
  socket.say('two');
  assert.equal(early.take('wss://chat.example/ws/notify/'), null);
  assert.equal(early.take(url), socket);
  const heard = listen(early, socket);
  socket.say('three');
  assert.deepEqual(heard, ['open', 'one', 'two', 'three']);
  assert.equal(early.take(url), null, 'it is given once');
  early.close();
  assert.equal(socket.readyState, 1, 'what was taken is no longer ours to close');
});

test('a socket that still connects is taken over and opens by itself', (t) => {
  page(t);
  const early = openEarly(url);
  const [socket] = FakeSocket.made;
  early.take(url);
  const heard = listen(early, socket);
  assert.deepEqual(heard, []);
  socket.open();
  assert.deepEqual(heard, ['open']);
});

test('another socket hears nothing of it, a dead one is not given, a refused address is no error', (t) => {
  page(t);
  const early = openEarly(url);
  FakeSocket.made[0].open();
  FakeSocket.made[0].say('one');
  const other = new FakeSocket('wss://chat.example/ws/notify/');
  assert.deepEqual(listen(early, other), []);
  FakeSocket.made[0].close();
  assert.equal(early.take(url), null);
  FakeSocket.refuses = domError('SecurityError');
  assert.equal(openEarly(url).take(url), null);
});

test('a page with a chat opens it while the module loads; nobody takes it, it is closed', async (t) => {
  const { load } = loaderFor(t);
  const api = load(config);
  assert.deepEqual(FakeSocket.made.map((socket) => socket.url), [url]);
  await api.ready;
  assert.equal(FakeSocket.made[0].readyState, 3);
});

test('no chat, no socket; no module, no socket', async (t) => {
  const { load, network, freshPage } = loaderFor(t);
  await load({ userId: 7 }).ready;
  assert.equal(FakeSocket.made.length, 0);
  freshPage();
  network.answer = async () => response('', { status: 404 });
  await load(config).ready.catch(() => {});
  assert.deepEqual(FakeSocket.made.map(({ readyState }) => readyState), [3]);
});
