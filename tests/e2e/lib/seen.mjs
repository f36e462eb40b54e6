/** What tests that passed have seen, kept for the tables in docs/: a file for each cell. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ cell: string, test: string, text: string, times: number[] }} Seen  times: ms, of the newest runs */

const RUNS = 9;

/** @param {string} folder @param {{ cell: string, test: string, text: string, ms?: number }[]} list */
export function keepSeen(folder, list) {
  if (list.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const before = new Map(readSeen(folder).map((seen) => [seen.cell, seen]));
  for (const { cell, test, text, ms } of list) {
    const times = ms === undefined ? [] : [...(before.get(cell)?.times ?? []), Math.max(0, Math.round(ms))].slice(-RUNS);
    writeFileSync(join(folder, `${encodeURIComponent(cell)}.json`), JSON.stringify({ cell, test, text, times }));
  }
}

/** @param {string} folder @returns {Seen[]} */
export function readSeen(folder) {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  } catch {
    return [];
  }
}
