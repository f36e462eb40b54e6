/** The rows of the laboratory: row files call `row`, the runner reads `registered`. */
import { readdirSync } from 'node:fs';
import { check } from '../../e2e/lib/registry.mjs';

/**
 * @typedef {object} Options
 * @property {number} fault number of the fault in the matrix, by which rows are sorted
 * @property {string} promise what the person was promised, as the table says it
 * @property {boolean} [quick] also part of the small set that tools/test runs
 * @property {string} [pending] why this cannot hold yet: not run, and said
 * @property {number} [timeout] milliseconds for one run (default 90 000)
 * @property {import('./net.mjs').Nat} [nat] of both routers (default port-preserving)
 * @property {number} [relays] TURN servers that run (default none)
 * @property {boolean} [fox] Bob has Firefox
 *
 * @typedef {object} Measure
 * @property {string} what
 * @property {number | null} value null: never
 * @property {number} limit
 * @property {string} unit
 * @property {boolean} [atLeast] the limit is the least that is promised, not the most
 *
 * @typedef {{ name: string, options: Options, run: (t: Run) => Promise<void> }} Row
 *
 * @typedef {object} Result what one run of a row came to
 * @property {Measure[]} measures
 * @property {string[]} seen
 * @property {string} failure '' if the promise was kept
 * @property {string} skipped why it cannot be run on this machine; '' if it was
 * @property {number} seconds
 */

/** @type {Row[]} */
export const registered = [];

/** All rows, by the number of their fault. */
export async function allRows() {
  for (const file of readdirSync(new URL('../rows/', import.meta.url)).sort()) await import(`../rows/${file}`);
  return registered.sort((a, b) => a.options.fault - b.options.fault);
}

/** @param {string} name the fault, as a person would say it @param {Options} options @param {Row['run']} run */
export function row(name, options, run) {
  check(!registered.some((other) => other.name === name), `two rows are called "${name}"`);
  registered.push({ name, options, run });
}

/** One run of a row: the stage, and what is written down about it. */
export class Run {
  /** @type {Measure[]} */ measures = [];
  /** What the person saw. @type {string[]} */ seen = [];

  /** @param {import('./stage.mjs').Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.net = stage.net;
    this.relays = stage.relays;
  }

  get server() {
    return /** @type {import('../../e2e/lib/dev-server.mjs').DevServer} */ (this.stage.server);
  }

  /** Held against the promise. @param {string} what @param {number | null} value @param {number} limit @param {string} [unit] */
  atMost(what, value, limit, unit = 'ms') {
    this.measures.push({ what, value, limit, unit });
  }

  /** @param {string} what @param {number | null} value @param {number} limit @param {string} [unit] */
  atLeast(what, value, limit, unit = '%') {
    this.measures.push({ what, value, limit, unit, atLeast: true });
  }

  /** @param {string} text */
  saw(text) {
    if (text && !this.seen.includes(text)) this.seen.push(text);
  }

  /** What was measured and is beyond the promise. */
  broken() {
    return this.measures.filter(({ value, limit, atLeast }) => value === null || (atLeast ? value < limit : value > limit));
  }
}
