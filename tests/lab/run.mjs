/**
 * The laboratory: calls between two real browsers, each behind a router of its own, on networks that are as bad as a
 * row wants, against the promises of docs/faults.md. See docs/lab.md.
 *
 *   node tests/lab/run.mjs [--all] [--runs N] [--workers N] [--resume] [--write] [--pending] [--list] [part of a name]...
 *
 * Without --all or a name: the small set that tools/test runs. --pending: also rows that cannot hold yet. --workers: so many
 * rows side by side. --resume: what build/lab/results.json holds counts, and only what is missing is run. --write: the table
 * of docs/lab.md, anew after every run. A row that did not keep its promise leaves what it saw in build/lab/<row>/<run>/.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../e2e/lib/dev-server.mjs';
import { LARGE, writeMedia } from '../e2e/lib/media.mjs';
import { LINK, enter, whyNot } from './lib/inside.mjs';
import { mediaFolder } from './lib/media-files.mjs';
import { lines, writeTable } from './lib/report.mjs';
import { allRows } from './lib/rows.mjs';

/** @typedef {import('./lib/rows.mjs').Row} Row @typedef {import('./lib/rows.mjs').Result} Result */

const { values: options, positionals: parts } = parseArgs({
  options: { all: { type: 'boolean' }, runs: { type: 'string' }, workers: { type: 'string' }, resume: { type: 'boolean' }, write: { type: 'boolean' },
    pending: { type: 'boolean' }, list: { type: 'boolean' } },
  allowPositionals: true,
});
const runs = Number(options.runs ?? 1);
const workers = Number(options.workers ?? 1);
const registered = await allRows();
const rows = registered
  .filter(({ name, options: { quick } }) => (parts.length > 0 ? parts.some((part) => name.includes(part)) : options.all || options.write || quick));
if (options.list) {
  for (const { name, options: { fault, quick, pending } } of rows)
    console.log(`${String(fault).padStart(3)}  ${name}${quick ? '  [quick]' : ''}${pending ? `  [not yet: ${pending}]` : ''}`);
  process.exit(0);
}

if (!existsSync(LINK)) throw new Error('odnix-lab-link is not built (cmake --build --preset native-release)');
const reason = whyNot();
if (reason) {
  for (const { name } of rows) console.log(`skip - ${name} # ${reason}`);
  console.log(`0 passed, 0 failed, ${rows.length} skipped`);
  process.exit(0);
}

const out = join(root, 'build/lab');
const store = join(out, 'results.json');
writeMedia(mediaFolder, LARGE);
/** What the runs of each row came to, by its name. @type {Record<string, Result[]>} */
const results = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {};
for (const { name } of rows) if (!options.resume) delete results[name];

/** Rows that are not run, and why. @param {Row} row */
const why = ({ name, options: { pending } }) =>
  (pending && !options.pending ? `not yet: ${pending}` : results[name]?.find(({ skipped }) => skipped)?.skipped ?? '');

/** A line for each row once it has all its runs, as tools/test counts them. @param {Row} row */
function tell(row) {
  const list = results[row.name] ?? [];
  if (why(row)) console.log(`skip - ${row.name} # ${why(row)}`);
  else console.log(`${list.some(({ failure }) => failure) ? 'not ok' : 'ok'} - ${row.name} (${list.reduce((sum, { seconds }) => sum + seconds, 0)} s)`);
  for (const line of lines(list)) console.log(`    # ${line}`);
}

/** Every row once, then every row again: what is stopped in the middle has something of each. @type {{ row: Row, number: number }[]} */
const jobs = [];
for (let number = 1; number <= runs; number += 1)
  for (const row of rows) if (!why(row) && (results[row.name]?.length ?? 0) < number) jobs.push({ row, number });
for (const row of rows) if (why(row) || (results[row.name]?.length ?? 0) >= runs) tell(row);

const began = Date.now();
const total = jobs.length;
let done = 0;
/** @param {{ row: Row, number: number }} job */
async function work({ row, number }) {
  if (why(row)) return; // its first run was skipped
  const file = join(out, `result-${process.pid}-${row.options.fault}-${done}-${number}-${jobs.length}.json`);
  const code = await enter([fileURLToPath(new URL('one.mjs', import.meta.url)), row.name, String(number), file]);
  /** @type {Result} */
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))
    : { measures: [], seen: [], failure: `the run ended with ${code} and no result`, skipped: '', seconds: 0 };
  rmSync(file, { force: true });
  (results[row.name] ??= []).push(result);
  writeFileSync(store, JSON.stringify(results, null, 1));
  done += 1;
  const left = Math.ceil(((Date.now() - began) / done) * (total - done) / 60000);
  if (runs > 1 || workers > 1)
    console.log(`# ${done} of ${total}, about ${left} min left: ${result.skipped ? 'skipped' : result.failure ? 'NOT KEPT' : 'kept'} – ${row.name}, run ${number}` +
      `: ${lines([result]).join('; ')}`);
  if (result.failure) console.log(`    # run ${number}: ${result.failure}`);
  if (result.skipped ? number === 1 : results[row.name].length === runs) tell(row);
  if (options.write) writeTable(registered, results, workers);
}

mkdirSync(out, { recursive: true });
await Promise.all(Array.from({ length: workers }, async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await work(job);
}));
if (options.write) writeTable(registered, results, workers);
console.log(`# load ${loadavg().map((value) => value.toFixed(1)).join(' ')} on ${cpus().length} cores`);
if (rows.length === 0) console.log('no row has such a name');
const skipped = rows.filter(why).length;
const failed = rows.filter((row) => !why(row) && results[row.name]?.some(({ failure }) => failure)).length;
console.log(`${rows.length - skipped - failed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || rows.length === 0 ? 1 : 0);
