// The sums under tools/test are only worth something if no suite can pass by saying nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catch2, failures, lines, nodeTest, oneTest } from '../../tools/testing/counts.mjs';

const none = /** @type {string[]} */ ([]);

test('Catch2: all passed', () => {
  const text = 'All tests passed (1812 assertions in 153 test cases)\n';
  assert.deepEqual(catch2(text, 0), { passed: 153, failed: 0, skipped: none });
});
test('Catch2: one test case', () => {
  assert.deepEqual(catch2('All tests passed (1 assertion in 1 test case)\n', 0), { passed: 1, failed: 0, skipped: none });
});
test('Catch2: some failed', () => {
  const text = 'test cases: 153 | 150 passed | 3 failed\nassertions: 1812 | 1809 passed | 3 failed\n';
  assert.deepEqual(catch2(text, 3), { passed: 150, failed: 3, skipped: none });
});
test('Catch2: all failed', () => {
  assert.deepEqual(catch2('test cases: 1 | 1 failed\nassertions: 1 | 1 failed\n', 1), { passed: 0, failed: 1, skipped: none });
});
test('Catch2: no tests ran is a failure', () => assert.equal(catch2('No tests ran\n', 0).failed, 1));
test('Catch2: a crash without sums is a failure', () => assert.equal(catch2('AddressSanitizer: …\n', 1).failed, 1));
test('Catch2: a sanitizer report after the sums is a failure', () => {
  assert.equal(catch2('All tests passed (2 assertions in 2 test cases)\nLeakSanitizer: …\n', 1).failed, 1);
});

test('node: sums and skips with their reasons', () => {
  const text = 'ok 1 - a\nok 2 - b # SKIP no display\n# tests 3\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n';
  assert.deepEqual(nodeTest(text, 1), { passed: 1, failed: 1, skipped: ['b: no display'] });
});
test('node: no tests is a failure', () => assert.equal(nodeTest('# tests 0\n# pass 0\n# fail 0\n', 0).failed, 1));

test('lines: sums and skips with their reasons', () => {
  const text = 'ok - a\nskip - b # no Firefox\nok - c\n2 passed, 0 failed, 1 skipped\n';
  assert.deepEqual(lines(text, 0), { passed: 2, failed: 0, skipped: ['b: no Firefox'] });
});
test('lines: sums that do not agree with the lines are a failure', () => {
  assert.equal(lines('ok - a\n2 passed, 0 failed, 0 skipped\n', 0).failed, 1);
});
test('lines: an end without sums is a failure', () => assert.equal(lines('ok - a\n', 0).failed, 1));
test('lines: a failed test is a failure whatever the exit code', () => {
  assert.equal(lines('ok - a\nnot ok - b\n1 passed, 1 failed, 0 skipped\n', 0).failed, 1);
});

test('a linter counts as one test', () => {
  assert.deepEqual(oneTest('', 0), { passed: 1, failed: 0, skipped: none });
  assert.deepEqual(oneTest('', 2), { passed: 0, failed: 1, skipped: none });
});

test('a failed test keeps its words, and only its own', () => {
  const text = 'ok - a\nnot ok - b (9 ms)\n    why\n\n    and more\nok - c\n    seen\n1 passed, 1 failed\n';
  assert.deepEqual(failures(text), [['not ok - b (9 ms)', '    why', '', '    and more']]);
});
test('a failed test inside another keeps its words, and so does the other', () => {
  const text = '    not ok 1 - inner\n      ---\n      why\nnot ok 1 - outer\n  ---\n  because\n# fail 1\n';
  assert.deepEqual(failures(text), [['    not ok 1 - inner', '      ---', '      why'], ['not ok 1 - outer', '  ---', '  because']]);
});
test('a suite that names no test has its last words', () => {
  assert.deepEqual(failures('one\ntwo\n'), [['one', 'two']]);
});
test('words are kept within bounds', () => {
  const [words] = failures(`not ok - b\n${'    x'.repeat(100)}\n${'    y\n'.repeat(1000)}`);
  assert.equal(words.length, 61);
  assert.ok(words.every((line) => line.length <= 240));
});
