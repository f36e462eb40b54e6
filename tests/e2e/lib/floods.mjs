/** What a flood of hostile messages did to a page, kept for tools/bench/floods.mjs. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dev-server.mjs';

const FLOODS = join(root, 'build/floods');

/** From whom, by what, and in which state of the page: the rows of the table in docs/measurements.md. */
export const KINDS = /** @type {const} */ ([
  'idle', 'ringing', 'in a call, by a stranger', 'in a call, by the other side', 'by the data channel',
]);

/**
 * @typedef {typeof KINDS[number]} Kind
 * @typedef {{ heap: number, wasm: number }} Memory bytes, after a collection
 * @typedef {{ what: Kind, sent: number, task: number, slowest: number, before: Memory, after: Memory }} Flood
 *   task: longest main-thread task, slowest: answer of the page, both in ms
 */

/** @param {Kind} kind */
const fileOf = (kind) => join(FLOODS, `${kind.replace(/\W+/g, '-')}.json`);

/** @param {Flood} flood */
export function keepFlood(flood) {
  mkdirSync(FLOODS, { recursive: true });
  writeFileSync(fileOf(flood.what), JSON.stringify(flood));
}

/** What is kept since `forgetFloods`: one of each kind, or it throws. @returns {Flood[]} */
export const keptFloods = () => KINDS.map((kind) => JSON.parse(readFileSync(fileOf(kind), 'utf8')));

/** A flood of an earlier run must not pass for one of this. */
export const forgetFloods = () => rmSync(FLOODS, { recursive: true, force: true });
