// node tools/faults-table.mjs [--write]
//
// The table fault -> promised -> seen of docs/faults.md, from what the browser tests noted in build/e2e/seen
// (node tests/e2e/run.mjs --cells). --write puts it there; a fault that has a test but was not seen is an error.
import { join } from 'node:path';
import { testsOfCells } from '../tests/e2e/lib/cells.mjs';
import { root } from '../tests/e2e/lib/dev-server.mjs';
import { FAULTS } from '../tests/e2e/lib/faults.mjs';
import { readSeen } from '../tests/e2e/lib/seen.mjs';
import { median, number, writeBetween } from './bench/report.mjs';

const tests = await testsOfCells();
const seen = new Map(readSeen(join(root, 'build/e2e/seen')).map((entry) => [entry.cell, entry]));
const unseen = FAULTS.filter(({ cell }) => !seen.has(cell)).map(({ cell }) => cell);

/** Median and worst of the runs that measured, in seconds. @param {number[]} times ms */
function measured(times) {
  const said = (/** @type {number} */ ms) => `${number(ms / 1000, 2)} s`;
  return times.length === 0 ? '–' : `${said(median(times))} / ${said(Math.max(...times))} of ${times.length}`;
}

const rows = FAULTS.map(({ cell, fault, promised }) => {
  const { text, times } = seen.get(cell) ?? { text: 'not seen', times: [] };
  const file = tests.get(cell)?.file.split('/').at(-1) ?? 'no test';
  return `| ${[cell.split(' ')[1], fault, promised, text.replaceAll('|', '\\|'), measured(times), `\`${file}\``].join(' | ')} |`;
});
const text = ['| # | fault | promised | seen | median / worst | in `tests/e2e/cases` |', '|---|---|---|---|---|---|', ...rows].join('\n');

if (!process.argv.includes('--write')) console.log(text);
else if (unseen.length > 0) {
  console.error(`not seen yet: ${unseen.join(', ')}. Run: node tests/e2e/run.mjs --cells`);
  process.exitCode = 1;
} else writeBetween('docs/faults.md', 'faults', text);
