// The page's ICE servers: a list, or a function that is asked again when credentials may have expired.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createIce } from '../../web/ice.js';

const turn = (/** @type {string} */ credential) => [{ urls: ['turn:turn.example'], username: 'u', credential }];
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** @param {unknown} given @param {boolean} [relayOnly] */
const made = (given, relayOnly = false) => {
  /** @type {string[]} */
  const told = [];
  return { ice: createIce(given, relayOnly, (code) => told.push(code)), told };
};

/** A clock for performance.now. @param {import('node:test').TestContext} t */
const clock = (t) => {
  let at = 0;
  t.mock.method(performance, 'now', () => at);
  return { pass: (/** @type {number} */ ms) => { at += ms; } };
};

test('a list is used at once, and nothing waits for anything', () => {
  const { ice, told } = made(turn('p'));
  assert.deepEqual(ice.now(), { iceServers: turn('p'), iceTransportPolicy: 'all', bundlePolicy: 'max-bundle' });
  assert.equal(ice.next(true), null);
  assert.deepEqual(told, []);
});

test('a function is asked when the client starts, and again when its answer is old, before a restart, and not in between', async (t) => {
  const { pass } = clock(t);
  let asked = 0;
  const { ice } = made(async () => turn(String((asked += 1))));
  assert.deepEqual((await ice.next(false))?.iceServers, turn('1'));
  pass(59000);
  assert.deepEqual((await ice.next(false))?.iceServers, turn('1'));
  pass(2000);
  assert.deepEqual((await ice.next(false))?.iceServers, turn('2'));
  assert.deepEqual((await ice.next(true))?.iceServers, turn('3'));
  assert.deepEqual(ice.now().iceServers, turn('3'));
});

test('a function may answer with a list, not only a promise', async () => {
  const { ice } = made(() => turn('p'));
  assert.deepEqual((await ice.next(false))?.iceServers, turn('p'));
});

for (const [how, fails] of /** @type {[string, () => unknown][]} */ ([
  ['rejects', () => Promise.reject(new Error('no network'))],
  ['throws', () => { throw new Error('a mistake'); }],
]))
  test(`a function that ${how} is said, its last answer holds, and it is asked again later`, async (t) => {
    const { pass } = clock(t);
    /** @type {(() => unknown)[]} */
    const answers = [() => turn('old'), fails, () => turn('new')];
    const { ice, told } = made(() => answers.shift()?.());
    assert.deepEqual((await ice.next(false))?.iceServers, turn('old'));
    assert.deepEqual((await ice.next(true))?.iceServers, turn('old'));
    assert.deepEqual(told, ['ice-servers-failed']);
    pass(61000);
    assert.deepEqual((await ice.next(false))?.iceServers, turn('new'));
  });

test('a promise that never settles keeps an offer back for a moment only', async (t) => {
  /** @type {[() => void, number][]} */
  const timers = [];
  t.mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ run, /** @type {number} */ ms) => timers.push([run, ms]));
  const { ice } = made(() => new Promise(() => {}));
  let offered = false;
  const next = ice.next(false)?.then(() => { offered = true; });
  await settled();
  assert.deepEqual([offered, timers.length, timers[0][1]], [false, 1, 1500]);
  timers[0][0]();
  await next;
  assert.equal(ice.now().iceServers?.length, 3); // the built-in list
});

test('a restart waits a moment less for it; a question that got no answer is asked again, and its late answer changes nothing', async (t) => {
  const { pass } = clock(t);
  /** @type {[() => void, number][]} */
  const timers = [];
  t.mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ run, /** @type {number} */ ms) => timers.push([run, ms]));
  /** @type {((list: unknown) => void)[]} */
  const answers = [];
  const { ice } = made(() => new Promise((resolve) => { answers.push(resolve); }));
  const first = ice.next(true);
  await settled();
  assert.equal(timers[0][1], 300);
  timers[0][0]();
  assert.equal((await first)?.iceServers?.length, 3); // the built-in list
  pass(1000);
  void ice.next(true);
  await settled();
  assert.equal(answers.length, 1); // there is still hope for it
  pass(1000);
  const second = ice.next(true);
  await settled();
  assert.equal(answers.length, 2);
  answers[1](turn('new'));
  assert.deepEqual((await second)?.iceServers, turn('new'));
  answers[0](turn('old'));
  await settled();
  assert.deepEqual(ice.now().iceServers, turn('new'));
});

test('refused credentials are said once in a while, and the function is asked for others', async (t) => {
  const { pass } = clock(t);
  let asked = 0;
  const { ice, told } = made(() => turn(String((asked += 1))));
  await ice.next(false);
  assert.equal(await ice.refused('turn:turn.example'), true);
  assert.equal(await ice.refused('turn:turn.example'), false);
  assert.deepEqual([asked, told], [2, ['turn-refused']]);
  pass(61000);
  assert.equal(await ice.refused('turn:turn.example'), true);
  assert.deepEqual([asked, told], [3, ['turn-refused', 'turn-refused']]);
});

test('refused credentials of a list are said, and there are no others', async () => {
  const { ice, told } = made(turn('p'));
  assert.equal(await ice.refused('turn:turn.example'), false);
  assert.deepEqual(told, ['turn-refused']);
});

test('relay-only is the browser\'s policy, and wants a relay', async () => {
  assert.equal(made(turn('p'), true).ice.now().iceTransportPolicy, 'relay');
  assert.deepEqual(made(turn('p'), true).told, []);
  assert.deepEqual(made([{ urls: 'stun:stun.example' }], true).told, ['no-relay']);
  const asked = made(async () => turn('p'), true);
  assert.equal(asked.ice.now().iceTransportPolicy, 'relay'); // also before the page has answered
  await asked.ice.next(false);
  assert.deepEqual(asked.told, []);
});

test('what is no server is left out of an answer, and said', async () => {
  const { ice, told } = made(() => [{ urls: 'http://a.example' }, ...turn('p')]);
  assert.deepEqual((await ice.next(false))?.iceServers, turn('p'));
  assert.deepEqual(told, ['ice-servers-invalid']);
});

test('whether there is a relay is told at once and at every answer of the page', async () => {
  /** @type {unknown[]} */
  const seen = [];
  const watch = (/** @type {ReturnType<typeof createIce>} */ ice) => ice.watch((there, only) => seen.push(there, only));
  watch(made([]).ice);
  watch(made(turn('p'), true).ice);
  assert.deepEqual(seen.splice(0), [false, false, true, true]);
  watch(made(async () => turn('p')).ice);
  await settled();
  assert.deepEqual(seen, [false, false, true, false]);
});

test('an answer counts although a newer question is under way, and one to an older question does not', async (t) => {
  const { pass } = clock(t);
  /** @type {((list: unknown) => void)[]} */
  const answers = [];
  const { ice } = made(() => new Promise((resolve) => { answers.push(resolve); }));
  pass(4000);
  void ice.next(true);
  pass(4000);
  void ice.next(true);
  await settled();
  answers[1]?.(turn('second'));
  await settled();
  assert.deepEqual(ice.now().iceServers, turn('second'));
  answers[0]?.(turn('first'));
  await settled();
  assert.deepEqual(ice.now().iceServers, turn('second'));
});

test('a question that is never answered holds nobody who was refused: the next answer is theirs', async (t) => {
  const { pass } = clock(t);
  /** @type {((list: unknown) => void)[]} */
  const answers = [];
  const { ice } = made(() => new Promise((resolve) => { answers.push(resolve); }));
  await settled();
  answers[0]?.(turn('old'));
  await settled();
  pass(100000);
  const others = ice.refused('turn:turn.example');
  await settled();
  pass(4000);
  void ice.next(true);
  await settled();
  answers[2]?.(turn('new'));
  assert.equal(await others, true);
});
