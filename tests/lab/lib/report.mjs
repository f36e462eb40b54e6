/** What the rows saw, as lines for a person and as the table of docs/lab.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../../e2e/lib/dev-server.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('./rows.mjs').Measure} Measure
 * @typedef {{ runs: number, failed: number, measures: Map<string, Measure & { values: (number | null)[] }>, seen: Set<string>, note: string }} Entry
 */

/** @param {number} value @param {string} unit */
const told = (value, unit) => (unit === 'ms' ? `${(value / 1000).toFixed(value < 9950 ? 1 : 0)} s` : `${Math.round(value)} ${unit}`);

/** @param {Measure} measure */
export const numbers = ({ what, value, limit, unit, atLeast }) =>
  `${what} ${value === null ? 'never' : told(value, unit)}, promised ${atLeast ? 'at least' : 'at most'} ${told(limit, unit)}`;

/** @param {Measure & { values: (number | null)[] }} measure median and worst */
function summary({ what, values, unit, atLeast }) {
  const all = values.map((value) => value ?? (atLeast ? -1 : Infinity)).sort((a, b) => (atLeast ? b - a : a - b));
  const word = (/** @type {number} */ value) => (value === Infinity || value < 0 ? 'never' : told(value, unit));
  const [median, worst] = [word(all[Math.floor((all.length - 1) / 2)]), word(/** @type {number} */ (all.at(-1)))];
  return `${what} ${median === worst ? median : `${median} / ${worst}`}`;
}

export class Report {
  /** @type {Map<string, Entry>} */ #entries = new Map();

  /** @param {Row} row */
  #entry({ name }) {
    const entry = this.#entries.get(name) ?? { runs: 0, failed: 0, measures: new Map(), seen: new Set(), note: '' };
    this.#entries.set(name, entry);
    return entry;
  }

  /** @param {Row} row @param {import('./rows.mjs').Run} run */
  add(row, run) {
    const entry = this.#entry(row);
    entry.runs += 1;
    for (const measure of run.measures) {
      const kept = entry.measures.get(measure.what) ?? { ...measure, values: [] };
      kept.values.push(measure.value);
      entry.measures.set(measure.what, kept);
    }
    if (entry.seen.size === 0) for (const text of run.seen) entry.seen.add(text);
  }

  /** @param {Row} row */
  failed(row) {
    this.#entry(row).failed += 1;
  }

  /** @param {Row} row @param {string} reason */
  skipped(row, reason) {
    this.#entry(row).note = `skipped: ${reason}`;
  }

  /** @param {Row} row */
  pending(row) {
    this.#entry(row).note = `not yet: ${row.options.pending}`;
  }

  /** @param {Row} row */
  lines(row) {
    const { measures, seen } = this.#entry(row);
    return [...[...measures.values()].map(summary), ...(seen.size > 0 ? [`seen: ${[...seen].join(', ')}`] : [])];
  }

  /** @param {Row} row @returns {string[]} cells */
  cells(row) {
    const { runs, failed, measures, seen, note } = this.#entry(row);
    const { fault, promise } = row.options;
    const result = note || (runs === 0 ? 'not run yet' : failed > 0 ? `**kept in ${runs - failed} of ${runs}**` : `kept in ${runs} of ${runs}`);
    return [fault ? String(fault) : '–', row.name, promise, [...measures.values()].map(summary).join('; ') || '–', [...seen].join(', ') || '–', result];
  }

  all() {
    return [...this.#entries].map(([name, entry]) => ({ name, ...entry, measures: [...entry.measures.values()], seen: [...entry.seen] }));
  }
}

const [BEGIN, END] = ['<!-- rows: written by tests/lab/run.mjs --write -->', '<!-- end of rows -->'];

/**
 * Puts the rows that ran into the table; the others stay as they were, and rows that are no more go.
 * @param {Report} report @param {Row[]} ran @param {Row[]} all in their order
 */
export function writeTable(report, ran, all) {
  const file = join(root, 'docs/lab.md');
  const page = readFileSync(file, 'utf8');
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error('docs/lab.md has no place for the table');
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const before = new Map(page.slice(start, end).split('\n').filter((text) => text.startsWith('| ')).map((text) => [text.split(' | ')[1], text]));
  const text = [
    BEGIN, '',
    'Numbers: median / worst of the runs that the last column counts, of the worse of the two people; one number if they are the same. ' +
      `Two Chromium processes, ${cpus().length} cores, other work on the machine (load ${loadavg()[1].toFixed(0)} when last written).`, '',
    line(['#', 'fault', 'promised', 'measured', 'first run, in words', 'result']), line(Array(6).fill('---')),
    ...all.map((row) => (ran.includes(row) ? line(report.cells(row)) : before.get(row.name) ?? line(report.cells(row)))), '',
  ].join('\n');
  writeFileSync(file, page.slice(0, start) + text + page.slice(end));
}
