// node tools/legacy-table.mjs [--write]
//
// The table situation -> what was seen, from what the end-to-end tests noted in build/e2e/seen
// (node tests/e2e/run.mjs --cells). --write puts it into docs/legacy.md; a cell that has a test but was not seen is an error.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testsOfCells } from '../tests/e2e/lib/cells.mjs';
import { CELLS, EMPTY, PAIRS, ROWS } from '../tests/e2e/lib/legacy.mjs';
import { readSeen } from '../tests/e2e/lib/seen.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs/legacy.md');
const BEGIN = '<!-- written by tools/legacy-table.mjs -->';
const END = '<!-- end of the written part -->';

const tests = await testsOfCells();
const seen = new Map(readSeen(join(root, 'build/e2e/seen')).map((entry) => [entry.cell, entry.text]));
const unseen = CELLS.filter((cell) => !EMPTY[cell] && !seen.has(cell));

/** @param {string} cell */
const text = (cell) => (seen.get(cell) ?? EMPTY[cell] ?? 'not seen').replaceAll('|', '\\|');
const head = ['', 'situation', 'before: old → old', ...PAIRS];
const lines = [
  BEGIN, '',
  `| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`,
  ...ROWS.map(({ row, situation, before }) => `| ${[`**${row}**`, situation, before, ...PAIRS.map((pair) => text(`${row} ${pair}`))].join(' | ')} |`),
  '', '## Who looked', '',
  '| cell | test | in |', '|---|---|---|',
  ...CELLS.filter((cell) => tests.has(cell)).map((cell) => {
    const { name, file } = /** @type {{ name: string, file: string }} */ (tests.get(cell));
    return `| ${cell} | ${name} | \`${file}\` |`;
  }),
  '', END,
];

if (process.argv.includes('--write')) {
  if (unseen.length > 0) {
    console.error(`not seen yet: ${unseen.join(', ')}`);
    process.exit(1);
  }
  const old = readFileSync(page, 'utf8');
  writeFileSync(page, old.slice(0, old.indexOf(BEGIN)) + lines.join('\n') + old.slice(old.indexOf(END) + END.length));
} else console.log(lines.join('\n'));
