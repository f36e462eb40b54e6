// docs/faults.md has a line for every fault that the browser tests make, as they saw it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testsOfCells } from '../e2e/lib/cells.mjs';
import { FAULTS, runsNeeded } from '../e2e/lib/faults.mjs';
import { codes, table } from './support/pages.mjs';

const tests = await testsOfCells();
const rows = table('docs/faults.md', '# | fault | promised');

test('every fault has a test, and a line that says what was promised and what was seen', () => {
  assert.deepEqual(
    rows.map(([number, fault, promised, , , , file]) => [number, fault, promised, codes(file)[0]]),
    FAULTS.map(({ cell, fault, promised }) => [cell.split(' ')[1], fault, promised, tests.get(cell)?.file.split('/').at(-1)]),
  );
  for (const [number, , , seen, , times] of rows) {
    assert.ok(seen.length > 4 && seen !== 'not seen', `${number}: "${seen}"`);
    assert.match(times, /^–$|^\d+\.\d\d s \/ \d+\.\d\d s$/);
  }
});

test('every line was seen in enough runs; a test for which fewer are enough says why', () => {
  const needed = FAULTS.map(({ cell }) => runsNeeded(tests.get(cell)));
  const few = rows.filter(([, , , , runs], index) => !(Number(runs) >= needed[index])).map(([number, fault]) => `${number}, ${fault}`);
  assert.deepEqual(few, []);
  for (const { name, fewer } of tests.values()) if (fewer) assert.ok(fewer.runs >= 2 && fewer.why.length > 10, name);
});
