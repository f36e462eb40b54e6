// node tools/faults-table.mjs [--write]
//
// The table fault -> promised -> seen of docs/faults.md, from what the browser tests noted in build/e2e/seen
// (node tests/e2e/run.mjs --cells). --write puts it there; a fault that was not seen, or in too few runs, is an error.
import { join } from 'node:path';
import { testsOfCells } from '../tests/e2e/lib/cells.mjs';
import { root } from '../tests/e2e/lib/dev-server.mjs';
import { FAULTS, runsNeeded } from '../tests/e2e/lib/faults.mjs';
import { readSeen } from '../tests/e2e/lib/seen.mjs';
import { median, number, writeBetween } from './bench/report.mjs';

const tests = await testsOfCells();
const seen = new Map(readSeen(join(root, 'build/e2e/seen')).map((entry) => [entry.cell, entry]));
/** @param {string} cell */
const runsOf = (cell) => seen.get(cell)?.runs ?? [];
const tooFew = FAULTS.map(({ cell }) => ({ cell, runs: runsOf(cell).length, needed: runsNeeded(tests.get(cell)) }))
  .filter(({ runs, needed }) => runs < needed).map(({ cell, runs, needed }) => `${cell} (${runs} of ${needed})`);

/** Median and worst, in seconds. @param {(number | null)[]} runs */
function measured(runs) {
  const times = runs.filter((ms) => ms !== null);
  const said = (/** @type {number} */ ms) => `${number(ms / 1000, 2)} s`;
  return times.length === 0 ? '–' : `${said(median(times))} / ${said(Math.max(...times))}`;
}

const rows = FAULTS.map(({ cell, fault, promised }) => {
  const text = (seen.get(cell)?.text ?? 'not seen').replaceAll('|', '\\|');
  const file = tests.get(cell)?.file.split('/').at(-1) ?? 'no test';
  const runs = runsOf(cell);
  return `| ${[cell.split(' ')[1], fault, promised, text, String(runs.length), measured(runs), `\`${file}\``].join(' | ')} |`;
});
const head = ['#', 'fault', 'promised', 'seen', 'runs', 'median / worst', 'in `tests/e2e/cases`'];
const text = [`| ${head.join(' | ')} |`, '|---|---|---|---|--:|--:|---|', ...rows].join('\n');

if (!process.argv.includes('--write')) console.log(text);
else if (tooFew.length > 0) {
  console.error(`seen in too few runs: ${tooFew.join(', ')}. Run: node tests/e2e/run.mjs --cells`);
  process.exitCode = 1;
} else writeBetween('docs/faults.md', 'faults', text);
