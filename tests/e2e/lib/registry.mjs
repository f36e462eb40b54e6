/** The list of tests: case files call `test`, the runner reads `registered`. */

/**
 * @typedef {object} Options
 * @property {boolean} [quick] also part of `--quick`
 * @property {boolean} [alone] needs both cores: runs when the others are done (several pictures compressed in software)
 * @property {boolean} [waits] most of its time nothing happens (a ring that nobody answers): runs beside all others, in a row of its own
 * @property {number} [timeout] milliseconds for the whole test, a failure beyond it (default 60 000)
 * @property {string[]} [cells] of the tables (lib/legacy.mjs, lib/faults.mjs) that it fills by `t.saw`
 * @property {{ runs: number, why: string }} [fewer] so many runs are enough for a line in docs/faults.md
 * @typedef {{ name: string, options: Options, run: (t: import('./context.mjs').Context) => Promise<void> }} Test
 */

/** @type {Test[]} */
export const registered = [];

/**
 * @param {string} name a sentence about behaviour
 * @param {Options} options
 * @param {Test['run']} run
 */
export function test(name, options, run) {
  if (registered.some((other) => other.name === name)) throw new Error(`two tests are called "${name}"`);
  registered.push({ name, options, run });
}

/** Thrown by `t.skip`: the machine lacks something, said by name. */
export class Skip extends Error {}

/** Thrown by every check of the harness. */
export class Failure extends Error {}

/** @param {unknown} condition @param {string} message @returns {asserts condition} */
export function check(condition, message) {
  if (!condition) throw new Failure(message);
}

/** @param {unknown} actual @param {unknown} expected @param {string} what */
export function same(actual, expected, what) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Failure(`${what}: expected ${e}, got ${a}`);
}

/**
 * Asks again until the answer pleases; for what no event announces (a picture, a rectangle).
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => boolean} pleases
 * @param {string} what
 * @param {number} [timeout]
 * @returns {Promise<T>}
 */
export async function eventually(ask, pleases, what, timeout = 15000) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (pleases(answer)) return answer;
    if (Date.now() > end) throw new Failure(`${what}: not within ${timeout} ms, last seen ${(JSON.stringify(answer) ?? '').slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
