// docs/legacy.md has every situation in which the old client was watched, and names the test behind each cell.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CELLS, EMPTY, PAIRS, ROWS } from '../e2e/lib/legacy.mjs';
import { registered } from '../e2e/lib/registry.mjs';
import { codes, root, table } from './support/pages.mjs';

const cases = join(root, 'tests/e2e/cases');
/** @type {Map<string, string>} */
const where = new Map();
for (const file of readdirSync(cases).filter((name) => name.endsWith('.mjs')).sort()) {
  const before = registered.length;
  await import(join(cases, file));
  for (const { name } of registered.slice(before)) where.set(name, `tests/e2e/cases/${file}`);
}
const filled = registered.flatMap(({ name, options }) => (options.cells ?? []).map((cell) => ({ cell, name })));

test('each cell of the legacy table has one test, or a reason why it has none', () => {
  assert.deepEqual(filled.map(({ cell }) => cell).filter((cell, index, all) => all.indexOf(cell) !== index), [], 'cells with two tests');
  assert.deepEqual([...filled.map(({ cell }) => cell), ...Object.keys(EMPTY)].sort(), [...CELLS].sort());
});

test('the table has every row, every cell says something, and the tests are named', () => {
  const rows = table('docs/legacy.md', ' | situation');
  assert.deepEqual(rows.map(([row]) => row.replaceAll('*', '')), ROWS.map(({ row }) => row));
  for (const [row, ...cells] of rows) {
    assert.equal(cells.length, 2 + PAIRS.length, row);
    for (const cell of cells) assert.ok(cell.length > 4 && cell !== 'not seen', `${row}: "${cell}"`);
  }
  const named = Object.fromEntries(table('docs/legacy.md', 'cell | test').map(([cell, name, file]) => [cell, [name, codes(file)[0]]]));
  assert.deepEqual(named, Object.fromEntries(filled.map(({ cell, name }) => [cell, [name, where.get(name)]])));
});
