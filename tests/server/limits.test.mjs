// Bursts, big messages, slow readers: memory is bounded and nobody else notices.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { Server } from './support.mjs';

/** @param {number} n @param {string} [filling] */
const numbered = (n, filling = '') => ({ type: 'webrtc.ice', payload: { n, filling } });

test('a burst of 2000 messages arrives complete and in order', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  for (let n = 0; n < 2000; ++n) alice.send(numbered(n, 'y'.repeat(n % 700)));
  for (let n = 0; n < 2000; ++n) assert.equal(JSON.parse(await bob.next()).payload.n, n);
});

test('a message above --max-frame closes with 1009 and reaches nobody', async (t) => {
  const server = await Server.start(t, ['--max-frame', '65536']);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  alice.send(numbered(1, 'z'.repeat(70_000)));
  assert.equal(await alice.closed, 1009);
  (await server.call(1)).send(numbered(2));
  assert.equal(JSON.parse(await bob.next()).payload.n, 2);
});

test('by default eight mebibytes are accepted, and twenty megabytes close with 1009', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  alice.send(numbered(1, 'z'.repeat(8 * 1024 * 1024 - 100)));
  assert.equal(JSON.parse(await bob.next()).payload.n, 1);
  alice.send(numbered(2, 'z'.repeat(20_000_000)));
  assert.equal(await alice.closed, 1009);
});

test('fragments count together', async (t) => {
  const server = await Server.start(t, ['--max-frame', '65536']);
  const alice = await server.call(1);
  for (let i = 1; i <= 40; ++i) alice.socket.send('z'.repeat(2000), { fin: i === 40 });
  assert.equal(await alice.closed, 1009);
});

test('a message that is too big and never ends is cut off all the same', async (t) => {
  const server = await Server.start(t, ['--max-frame', '65536']);
  const alice = await server.call(1);
  for (let i = 1; i <= 40; ++i) alice.socket.send('z'.repeat(2000), { fin: false });
  assert.equal(await alice.closed, 1009);
});

test('a message of exactly --max-frame passes', async (t) => {
  const server = await Server.start(t, ['--max-frame', '65536']);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  const frame = JSON.stringify(numbered(1));
  alice.send(frame.replace('""', `"${'z'.repeat(65536 - frame.length)}"`));
  assert.equal(JSON.parse(await bob.next()).payload.n, 1);
});

test('who does not read is dropped with a line in the log, and the others get everything', async (t) => {
  const server = await Server.start(t, ['--max-queue', '1000000']);
  const [alice, bob, sleeper] = [await server.call(1), await server.call(2), await server.call(2)];
  sleeper.socket.pause();
  // More than the kernel's buffers hold beside the queue; bob's reading paces the sending.
  for (let n = 0; n < 300; ++n) {
    alice.send(numbered(n, 'z'.repeat(100_000)));
    assert.equal(JSON.parse(await bob.next()).payload.n, n);
  }
  await server.says(/dropped call chat 1 user 2: reads too slowly, \d+ bytes were waiting/);
  sleeper.socket.resume();
  assert.equal(await sleeper.closed, 1006);
  const resident = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]);
  assert.ok(resident < 40_000, `${resident} kB resident at most`);
});

test('text that is not UTF-8 closes the socket and harms nobody', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  alice.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
  assert.equal(await alice.closed, 1007);
  (await server.call(1)).send(numbered(1));
  assert.equal(JSON.parse(await bob.next()).payload.n, 1);
});
