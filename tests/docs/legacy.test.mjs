// docs/legacy.md has every situation in which the old client was watched, and names the test behind each cell.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testsOfCells } from '../e2e/lib/cells.mjs';
import { FAULTS } from '../e2e/lib/faults.mjs';
import { CELLS, EMPTY, PAIRS, ROWS } from '../e2e/lib/legacy.mjs';
import { codes, table } from './support/pages.mjs';

const tests = await testsOfCells();
const faults = FAULTS.map(({ cell }) => cell);
const filled = [...tests].filter(([cell]) => !faults.includes(cell));

test('each cell of the legacy table has one test, or a reason why it has none', () => {
  assert.deepEqual([...filled.map(([cell]) => cell), ...Object.keys(EMPTY)].sort(), [...CELLS].sort());
});

test('the table has every row, every cell says something, and the tests are named', () => {
  const rows = table('docs/legacy.md', ' | situation');
  assert.deepEqual(rows.map(([row]) => row.replaceAll('*', '')), ROWS.map(({ row }) => row));
  for (const [row, ...cells] of rows) {
    assert.equal(cells.length, 2 + PAIRS.length, row);
    for (const cell of cells) assert.ok(cell.length > 4 && cell !== 'not seen', `${row}: "${cell}"`);
  }
  const named = Object.fromEntries(table('docs/legacy.md', 'cell | test').map(([cell, name, file]) => [cell, [name, codes(file)[0]]]));
  assert.deepEqual(named, Object.fromEntries(filled.map(([cell, { name, file }]) => [cell, [name, file]])));
});
