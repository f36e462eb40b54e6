import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createInjector } from '../../web/inject.js';

/** @param {any} t */
const standing = (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const socket = (/** @type {string[]} */ said = []) => ({
    said, closed: 0, heard: /** @type {string[]} */ ([]),
    close() { this.closed += 1; },
    send(/** @type {string} */ text) { said.push(text); },
    onmessage(/** @type {string} */ text) { this.heard.push(text); },
  });
  const connection = () => ({ packets: 0, async getStats() { return (this.packets += 1); } });
  const track = { stopped: false, ended: 0, stop() { this.stopped = true; }, dispatchEvent: (/** @type {Event} */ event) => event.type === 'ended' && (track.ended += 1) };
  const it = {
    sockets: new Set([socket()]), connections: new Map([[3, { connection: connection() }]]), track, newSocket: socket, newConnection: connection,
    reports: /** @type {any[]} */ ([]), crashes: /** @type {any[]} */ ([]), pass: (/** @type {number} */ ms) => t.mock.timers.tick(ms), injector: createInjector(),
  };
  it.injector.enter(/** @type {any} */ ({
    sockets: it.sockets, peers: () => it.connections, track: (/** @type {string} */ kind) => (kind === 'video' ? track : null),
    report: (/** @type {any} */ message) => it.reports.push(message), crash: (/** @type {any} */ error) => it.crashes.push(error),
  }));
  return it;
};

test('sockets are dropped, and those that come after them until the time is up', (t) => {
  const { sockets, newSocket, injector, pass } = standing(t);
  const [first] = sockets;
  injector.inject('drop-socket', { seconds: 2 });
  assert.equal(first.closed, 1);
  const second = newSocket();
  sockets.add(second);
  pass(1000);
  assert.deepEqual([first.closed, second.closed], [1, 1]);
  pass(1000);
  const third = newSocket();
  sockets.add(third);
  pass(5000);
  assert.equal(third.closed, 0);
});

test('a silent socket says and hears nothing, and is itself again after 10 seconds', (t) => {
  const { sockets, injector, pass } = standing(t);
  const [socket] = sockets;
  injector.inject('silence-socket');
  socket.send('lost');
  socket.onmessage('lost');
  pass(9900);
  socket.send('lost');
  assert.equal(socket.closed, 0);
  pass(100);
  socket.send('said');
  socket.onmessage('heard');
  assert.deepEqual([socket.said, socket.heard], [['said'], ['heard']]);
});

test('statistics stand still, also those of a connection that is built meanwhile', async (t) => {
  const { connections, newConnection, injector, pass } = standing(t);
  const first = connections.get(3)?.connection ?? newConnection();
  injector.inject('stall-media', { seconds: 1 });
  assert.deepEqual([await first.getStats(), await first.getStats()], [1, 1]);
  const second = newConnection();
  connections.set(4, { connection: second });
  pass(500);
  assert.deepEqual([await second.getStats(), await second.getStats()], [1, 1]);
  pass(500);
  assert.deepEqual([await first.getStats(), await second.getStats()], [2, 2]);
});

test('connections fail, a device is lost, the client crashes', (t) => {
  const { injector, reports, track, crashes } = standing(t);
  injector.inject('fail-connection');
  assert.deepEqual(reports, [{ type: 'connection-changed', peer: 3, connection: 'failed', ice: 'failed' }]);
  injector.inject('lose-microphone'); // there is none
  assert.equal(track.ended, 0);
  injector.inject('lose-camera');
  assert.deepEqual([track.stopped, track.ended], [true, 1]);
  injector.inject('crash');
  assert.match(crashes[0].message, /injected/);
});

test('a fault that does not exist is refused with the list of those that do', (t) => {
  const { injector } = standing(t);
  assert.throws(() => injector.inject(/** @type {any} */ ('rain')), /no fault "rain": drop-socket, silence-socket, stall-media/);
  assert.throws(() => injector.inject(/** @type {any} */ ('toString')), TypeError);
  for (const seconds of [-1, NaN, 601]) assert.throws(() => injector.inject('stall-media', { seconds }), /0 to 600/);
});

test('before the client lives there is nothing to harm', () => {
  for (const fault of /** @type {const} */ (['drop-socket', 'fail-connection', 'lose-camera', 'crash'])) createInjector().inject(fault, { seconds: 0 });
});
