// docs/faults.md has a line for every fault that the browser tests make, as they saw it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testsOfCells } from '../e2e/lib/cells.mjs';
import { FAULTS } from '../e2e/lib/faults.mjs';
import { codes, table } from './support/pages.mjs';

test('every fault has a test, and a line that says what was promised and what was seen', async () => {
  const tests = await testsOfCells();
  const rows = table('docs/faults.md', '# | fault | promised');
  assert.deepEqual(
    rows.map(([number, fault, promised, , , file]) => [number, fault, promised, codes(file)[0]]),
    FAULTS.map(({ cell, fault, promised }) => [cell.split(' ')[1], fault, promised, tests.get(cell)?.file.split('/').at(-1)]),
  );
  for (const [number, , , seen, times] of rows) {
    assert.ok(seen.length > 4 && seen !== 'not seen', `${number}: "${seen}"`);
    assert.match(times, /^–$|^\d+\.\d\d s \/ \d+\.\d\d s of \d$/);
  }
});
