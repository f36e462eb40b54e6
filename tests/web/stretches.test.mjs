/** Work in stretches: in order, some milliseconds of it, then as long a rest. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { inStretches } from '../../web/glue/stretches.js';

let now = 0;
/** @type {string[]} */
let done = [];

/** A piece of work that keeps the page busy for `ms`. @param {string} name @param {number} ms */
const piece = (name, ms) => () => {
  now += ms;
  done.push(name);
};

/** Everything that was promised so far. */
const settled = async () => {
  for (let i = 0; i < 5; i += 1) await null;
};

beforeEach((/** @type {any} */ t) => { // the types know an older `enable`
  [now, done] = [0, []];
  t.mock.method(performance, 'now', () => now);
  t.mock.timers.enable({ apis: ['setTimeout'] });
});

test('much that comes at once is done in order, in stretches, with rests as long', async (t) => {
  const later = inStretches();
  for (let i = 0; i < 12; i += 1) void later(piece(String(i), 2));
  assert.deepEqual(done, []);
  await settled();
  assert.deepEqual(done, ['0', '1', '2', '3', '4']); // the fifth begins within the stretch
  t.mock.timers.tick(9);
  await settled();
  assert.equal(done.length, 5);
  t.mock.timers.tick(1);
  await settled();
  assert.equal(done.length, 10);
  t.mock.timers.tick(10);
  await settled();
  assert.deepEqual(done, Array.from({ length: 12 }, (_, i) => String(i)));
});

test('no rest is longer than a tenth of a second', async (t) => {
  const later = inStretches();
  void later(piece('endless', 3000));
  void later(piece('next', 1));
  await settled();
  t.mock.timers.tick(99);
  await settled();
  assert.deepEqual(done, ['endless']);
  t.mock.timers.tick(1);
  await settled();
  assert.deepEqual(done, ['endless', 'next']);
});

test('little is done at once, and so is what comes when a stretch is long over', async () => {
  const later = inStretches();
  void later(piece('first', 2));
  await settled();
  now += 1000;
  void later(piece('second', 2));
  await settled();
  assert.deepEqual(done, ['first', 'second']);
});

test('what comes in a rest keeps its place', async (t) => {
  const later = inStretches();
  void later(piece('long', 20));
  void later(piece('next', 1));
  await settled();
  void later(piece('last', 1));
  await settled();
  assert.deepEqual(done, ['long']);
  t.mock.timers.tick(20);
  await settled();
  assert.deepEqual(done, ['long', 'next', 'last']);
});
