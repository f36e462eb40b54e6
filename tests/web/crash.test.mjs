// @ts-nocheck see support/loader.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, FakePeerConnection, FakeStream, FakeTrack, settled } from './support/browser.mjs';
import { loaderFor } from './support/loader.mjs';

const config = { userId: 7, chatId: 12 };

test('a crash inside any entry releases everything once and is told once', async (t) => {
  const { load, module, errors, surface, browser, rejections } = loaderFor(t);
  const api = load(config);
  await api.ready;
  const closed = [];
  module.options.sockets.add({ close: () => closed.push('socket') });
  const [microphone, late] = [new FakeTrack('audio'), new FakeTrack('audio')];
  const made = FakePeerConnection.made.length;
  module.options.glue.createPeer(1, true, true);
  module.options.glue.openMedia(1, true, false, 0, 0);
  browser.media.requests[0].resolve(new FakeStream([microphone]));
  await settled();
  module.options.glue.openMedia(2, true, false, 0, 0);
  module.options.glue.stateChanged('active', '');
  module.throwing.run = new WebAssembly.RuntimeError('unreachable');
  module.options.glue.wake();
  await settled();
  assert.deepEqual(errors(), [['client-crashed', true]]);
  assert.deepEqual(closed, ['socket']);
  browser.media.requests[1].resolve(new FakeStream([late])); // a device that was still opening
  await settled();
  assert.deepEqual([FakePeerConnection.made[made].connectionState, microphone.readyState, late.readyState], ['closed', 'ended', 'ended']);
  assert.deepEqual(surface.log, ['drop 1', 'destroy']);
  assert.equal(api.state, 'ended');
  assert.deepEqual(browser.events.find(({ type }) => type === 'odnix-call-state' && true), { type: 'odnix-call-state', state: 'active' });
  const entered = module.calls.length;
  module.options.onAbort('again');
  module.options.glue.wake();
  module.options.glue.createPeer(1, true, true);
  api.startVideoCall();
  await settled();
  assert.equal(module.calls.length, entered);
  assert.deepEqual(errors(), [['client-crashed', true], ['not-running', false]]);
  assert.equal(api.debug.journal(), 'lines');
  assert.deepEqual(rejections, []);
});

test('a crash: what was kept for it is said by the socket of its address, once; every socket is closed', async (t) => {
  globalThis.WebSocket ??= { OPEN: 1 };
  const { load, module } = loaderFor(t);
  await load(config).ready;
  const socketOf = (url, readyState = 1) => {
    const sent = [];
    const socket = { url, readyState, sent, send: (text) => sent.push(text), close() { this.readyState = 3; } };
    module.options.sockets.add(socket);
    return socket;
  };
  const [call, notify, dead] = [socketOf('ws://h/ws/call/1/'), socketOf('ws://h/ws/notify/'), socketOf('ws://h/ws/call/1/', 0)];
  module.options.lastWords.keep('ws://h:80/ws/call/1/', 'first');
  module.options.lastWords.keep('ws://h:80/ws/call/1/', 'last');
  module.options.onAbort('abort');
  assert.deepEqual([call.sent, notify.sent, dead.sent], [['last'], [], []]);
  assert.deepEqual([call, notify, dead].map(({ readyState }) => readyState), [3, 3, 3]);
});

test('a crash after the words were taken back: nobody is told', async (t) => {
  globalThis.WebSocket ??= { OPEN: 1 };
  const { load, module } = loaderFor(t);
  await load(config).ready;
  const sent = [];
  module.options.sockets.add({ url: 'ws://h/ws/call/1/', readyState: 1, send: (text) => sent.push(text), close() {} });
  module.options.lastWords.keep('ws://h/ws/call/1/', 'words');
  module.options.lastWords.keep('ws://h/ws/call/1/', '');
  module.options.onAbort('abort');
  assert.deepEqual(sent, []);
});

test('after a crash a fresh module runs on the same page; the old one is never entered again; not for ever', async (t) => {
  const { load, module, errors, fetched, browser } = loaderFor(t);
  const api = load(config);
  await api.ready;
  const first = { enter: module.options.enter, glue: module.options.glue };
  module.options.glue.stateChanged('active', '');
  for (let crash = 1; crash <= 4; crash += 1) {
    module.options.onAbort('abort');
    t.mock.timers.tick(1000);
    await settled();
    if (crash <= 3) {
      assert.equal(api.state, 'idle', `after crash ${crash}`);
      assert.equal(module.calls.at(-1)[0], 'start', `after crash ${crash}`);
    }
  }
  const entered = module.calls.length;
  let reached = false;
  first.enter(() => { reached = true; });
  first.glue.wake();
  await settled();
  api.startVideoCall();
  assert.equal(reached, false);
  assert.equal(module.calls.length, entered, 'the fourth crash is the last');
  assert.deepEqual(errors().map(([code]) => code), [...Array(4).fill('client-crashed'), 'not-running']);
  assert.equal(fetched.length, 1, 'the wasm is fetched once');
  assert.deepEqual(browser.events.filter(({ type }) => type === 'odnix-call-state').map(({ state }) => state), ['active', 'ended', 'idle']);
});

test('after a crash and a second the next call works', async (t) => {
  const { load, module } = loaderFor(t);
  const api = load(config);
  await api.ready;
  module.options.onAbort('abort');
  t.mock.timers.tick(1000);
  await settled();
  api.startVideoCall();
  assert.deepEqual(module.calls.at(-1), ['command', 'video']);
});

test('an uncaught trap of our module is a crash, one of another module is none of our business', async (t) => {
  const { load, browser, errors } = loaderFor(t);
  await load(config).ready;
  const uncaught = (stack) => {
    const error = Object.assign(new WebAssembly.RuntimeError('unreachable'), { stack });
    browser.page.dispatchEvent(Object.assign(new Event('error'), { error }));
  };
  uncaught('RuntimeError: unreachable\n at https://chat.example/game.wasm:wasm-function[3]:0x12');
  browser.page.dispatchEvent(Object.assign(new Event('error'), { error: domError('TypeError', 'odnix') }));
  browser.page.dispatchEvent(Object.assign(new Event('error'), { error: null }));
  assert.deepEqual(errors(), []);
  uncaught('RuntimeError: unreachable\n at https://chat.example/odnix-call-1a2b3c4d.wasm:wasm-function[3]:0x12');
  assert.deepEqual(errors(), [['client-crashed', true]]);
});
