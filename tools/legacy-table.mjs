// node tools/legacy-table.mjs [--write]
//
// The table situation -> what was seen, from what the end-to-end tests noted in build/e2e/seen
// (node tests/e2e/run.mjs --cells). --write puts it into docs/legacy.md; a cell that has a test but was not seen is an error.
import { join } from 'node:path';
import { testsOfCells } from '../tests/e2e/lib/cells.mjs';
import { root } from '../tests/e2e/lib/dev-server.mjs';
import { CELLS, EMPTY, PAIRS, ROWS } from '../tests/e2e/lib/legacy.mjs';
import { readSeen } from '../tests/e2e/lib/seen.mjs';
import { writeBetween } from './bench/report.mjs';

const tests = await testsOfCells();
const seen = new Map(readSeen(join(root, 'build/e2e/seen')).map((entry) => [entry.cell, entry.text]));
const unseen = CELLS.filter((cell) => !EMPTY[cell] && !seen.has(cell));

/** @param {string} cell */
const text = (cell) => (seen.get(cell) ?? EMPTY[cell] ?? 'not seen').replaceAll('|', '\\|');
const head = ['', 'situation', 'before: old → old', ...PAIRS];
const lines = [
  `| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`,
  ...ROWS.map(({ row, situation, before }) => `| ${[`**${row}**`, situation, before, ...PAIRS.map((pair) => text(`${row} ${pair}`))].join(' | ')} |`),
  '', '## Who looked', '',
  '| cell | test | in |', '|---|---|---|',
  ...CELLS.filter((cell) => tests.has(cell)).map((cell) => {
    const { name, file } = /** @type {{ name: string, file: string }} */ (tests.get(cell));
    return `| ${cell} | ${name} | \`${file}\` |`;
  }),
];

if (!process.argv.includes('--write')) console.log(lines.join('\n'));
else if (unseen.length > 0) {
  console.error(`not seen yet: ${unseen.join(', ')}`);
  process.exitCode = 1;
} else writeBetween('docs/legacy.md', 'legacy', lines.join('\n'));
