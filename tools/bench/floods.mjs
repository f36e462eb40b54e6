/**
 * What 10,000 hostile messages do to a page: the longest task and the memory, as the end-to-end tests that send them
 * (tests/e2e/cases/hostile.mjs) measured them in so many runs. The table is the result.
 *
 *   node tools/bench/floods.mjs [--runs N] [--write]     --write puts the table into docs/measurements.md
 */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { root } from '../../tests/e2e/lib/dev-server.mjs';
import { KINDS, forgetFloods, keptFloods } from '../../tests/e2e/lib/floods.mjs';
import { median, number, range, table, writeBetween } from './report.mjs';

const { values: options } = parseArgs({ options: { runs: { type: 'string' }, write: { type: 'boolean' } } });
const runs = Number(options.runs ?? 5);
/** @typedef {import('../../tests/e2e/lib/floods.mjs').Flood} Flood */
/** @type {Flood[]} */
const seen = [];
for (let run = 0; run < runs; run += 1) {
  forgetFloods();
  const { status, stdout } = spawnSync(process.execPath, ['tests/e2e/run.mjs', '--workers', '1', '10,000 hostile messages', '1,000 hostile calls'],
    { cwd: root, encoding: 'utf8', env: process.env });
  console.log(stdout.trimEnd());
  if (status !== 0) throw new Error('a test failed');
  seen.push(...keptFloods());
}
const mib = (/** @type {number} */ bytes) => bytes / 1048576;
const growth = (/** @type {Flood[]} */ list, /** @type {'heap' | 'wasm'} */ key) => {
  const more = list.map(({ before, after }) => mib(after[key] - before[key]));
  return `${number(median(more), 1)} / ${number(Math.max(...more), 1)}`;
};
/** A channel that is closed in between takes another number each time. @param {Flood[]} list */
const sentOf = (list) => {
  const counts = list.map(({ sent }) => sent);
  return new Set(counts).size === 1 ? String(counts[0]) : range(counts);
};
const rows = KINDS.map((kind) => {
  const list = seen.filter(({ what }) => what === kind);
  const [task, slowest] = /** @type {const} */ (['task', 'slowest']).map((key) => range(list.map((flood) => flood[key])));
  return [kind, sentOf(list), task, slowest, growth(list, 'heap'), growth(list, 'wasm')];
});
const text = `${runs} runs, ${cpus().length} cores at a load of ${number(loadavg()[0], 1)}; times: median (smallest–largest), 0 is below 50 ms, which the browser does not tell; ` +
  `memory: median / worst.\n\n${table(['hostile messages', 'sent', 'longest task, ms', 'slowest answer of the page, ms', 'JS heap grew by, MiB', 'WASM memory grew by, MiB'], rows)}`;
console.log(`\n${text}`);
if (options.write) writeBetween('docs/measurements.md', 'floods', text);
