/** What a flood of hostile messages did to a page, kept for tools/bench/floods.mjs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dev-server.mjs';

export const FLOODS = join(root, 'build/floods');

/**
 * @typedef {{ heap: number, wasm: number }} Memory bytes, after a collection
 * @typedef {{ what: string, sent: number, task: number, slowest: number, before: Memory, after: Memory }} Flood
 *   task: longest main-thread task, slowest: answer of the page, both in ms
 */

/** @param {Flood} flood */
export function keepFlood(flood) {
  mkdirSync(FLOODS, { recursive: true });
  writeFileSync(join(FLOODS, `${flood.what.replace(/\W+/g, '-')}.json`), JSON.stringify(flood));
}
