/** What tests that passed have seen, kept for the tables in docs/: a file for each cell. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ cell: string, test: string, text: string, runs: (number | null)[] }} Seen
 *   runs: the newest that passed; of each its time in ms, null where none is taken
 */

const RUNS = 9;

/** @param {string} folder @param {{ cell: string, test: string, text: string, ms?: number }[]} list */
export function keepSeen(folder, list) {
  if (list.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const before = new Map(readSeen(folder).map((seen) => [seen.cell, seen]));
  for (const { cell, test, text, ms } of list) {
    const old = before.get(cell);
    // Under another name, or by a time that was not taken before, it was another test: its runs do not count.
    const goesOn = old?.test === test && old.runs.every((run) => (run === null) === (ms === undefined));
    const runs = [...(goesOn ? old.runs : []), ms === undefined ? null : Math.max(0, Math.round(ms))].slice(-RUNS);
    writeFileSync(join(folder, `${encodeURIComponent(cell)}.json`), JSON.stringify({ cell, test, text, runs }));
  }
}

/** @param {string} folder @returns {Seen[]} */
export function readSeen(folder) {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const all = files.map((name) => /** @type {Seen} */ (JSON.parse(readFileSync(join(folder, name), 'utf8'))));
    return all.map((seen) => ({ ...seen, runs: seen.runs ?? [] })); // of an older form: nobody counted
  } catch {
    return [];
  }
}
