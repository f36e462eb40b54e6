/** What the rows saw, as lines for a person and as the table of docs/lab.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../../e2e/lib/dev-server.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('./rows.mjs').Measure} Measure
 * @typedef {import('./rows.mjs').Result} Result
 * @typedef {Measure & { values: (number | null)[] }} Measured
 */

/** @param {number} value @param {string} unit */
const told = (value, unit) => (unit === 'ms' ? `${(value / 1000).toFixed(value < 9950 ? 1 : 0)} s` : `${Math.round(value)} ${unit}`);

/** @param {Measure} measure */
export const numbers = ({ what, value, limit, unit, atLeast }) =>
  `${what} ${value === null ? 'never' : told(value, unit)}, promised ${atLeast ? 'at least' : 'at most'} ${told(limit, unit)}`;

/** Median and worst. @param {Measured} measure */
function summary({ values, unit, atLeast }) {
  const never = atLeast ? -Infinity : Infinity;
  const all = values.map((value) => value ?? never).sort((a, b) => (atLeast ? b - a : a - b));
  const word = (/** @type {number} */ value) => (value === never ? 'never' : told(value, unit));
  const [median, worst] = [word(all[Math.floor((all.length - 1) / 2)]), word(/** @type {number} */ (all.at(-1)))];
  return median === worst ? median : `${median} / ${worst}`;
}

/** Every measure with its values of all runs. @param {Result[]} results */
function measured(results) {
  /** @type {Map<string, Measured>} */
  const all = new Map();
  for (const { measures } of results)
    for (const measure of measures) {
      const kept = all.get(measure.what) ?? { ...measure, values: [] };
      kept.values.push(measure.value);
      all.set(measure.what, kept);
    }
  return [...all.values()];
}

/** @param {Result[]} results of one row */
export const lines = (results) => [
  ...measured(results).map((measure) => `${measure.what} ${summary(measure)}`),
  ...(results[0]?.seen.length > 0 ? [`seen: ${results[0].seen.join(', ')}`] : []),
];

/** Sound and picture have columns of their own; what is left of the measure's name is said in the cell. @param {Measured[]} all @param {string} kind */
const column = (all, kind) =>
  all.filter(({ what }) => what.startsWith(kind)).map((measure) => `${measure.what.slice(kind.length)} ${summary(measure)}`.trim()).join('; ') || '–';

const KINDS = ['sound', 'picture'];

/** @param {Row} row @param {Result[]} results @returns {string[]} cells */
function cells({ name, options: { fault, promise, pending } }, results) {
  const all = measured(results);
  const others = [...all.filter(({ what }) => !KINDS.some((kind) => what.startsWith(kind))).map((measure) => `${measure.what} ${summary(measure)}`),
    ...(results[0]?.seen ?? [])];
  const skipped = results.find((result) => result.skipped)?.skipped;
  const kept = results.filter(({ failure }) => !failure).length;
  const score = `kept in ${kept} of ${results.length}`;
  const result = pending ? `not yet: ${pending}${results.length > 0 ? ` (${score})` : ''}` : skipped ? `skipped: ${skipped}`
    : results.length === 0 ? 'not run yet' : kept < results.length ? `**${score}**` : score;
  return [fault ? String(fault) : '–', name, promise, ...KINDS.map((kind) => column(all, kind)), others.join('; ') || '–', result];
}

const [BEGIN, END] = ['<!-- rows: written by tests/lab/run.mjs --write -->', '<!-- end of rows -->'];
const HEAD = ['#', 'fault', 'promised', 'sound', 'picture', 'also, and the first run in words', 'result'];

/**
 * Rows with results are written anew; the others stay as they were, and rows that are no more go.
 * @param {Row[]} rows all, in their order @param {Record<string, Result[]>} results @param {number} workers
 */
export function writeTable(rows, results, workers) {
  const file = join(root, 'docs/lab.md');
  const page = readFileSync(file, 'utf8');
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error('docs/lab.md has no place for the table');
  const line = (/** @type {string[]} */ of) => `| ${of.join(' | ')} |`;
  const before = new Map(page.slice(start, end).split('\n').map((text) => text.split(' | ')).filter(({ length }) => length === HEAD.length)
    .map((of) => [of[1], of.join(' | ')]));
  const text = [
    BEGIN, '',
    'Numbers: median / worst of the runs that the last column counts, of the worse of the two people; one number if they are the same. ' +
      `Two browsers a row, ${workers === 1 ? 'one row at a time' : `${workers} rows side by side`}, ${cpus().length} cores at a load of ${loadavg()[1].toFixed(0)} when last written.`, '',
    line(HEAD), line(Array(HEAD.length).fill('---')),
    ...rows.map((row) => (results[row.name]?.length > 0 ? line(cells(row, results[row.name])) : before.get(row.name) ?? line(cells(row, [])))), '',
  ].join('\n');
  writeFileSync(file, page.slice(0, start) + text + page.slice(end));
}
