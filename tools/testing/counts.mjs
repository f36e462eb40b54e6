// Reads from a suite's output how many tests passed, failed and were skipped. A suite whose output holds no count
// (it crashed, or it ran nothing) has failed: nobody may take silence for success.

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Count */
/** @typedef {(output: string, code: number | null) => Count} Counter */

/** @param {string} output @param {RegExp} pattern */
const number = (output, pattern) => Number(pattern.exec(output)?.[1] ?? 0);

/**
 * At least one failure if the process failed or nothing ran, whatever the text says.
 * @param {Count} count @param {number | null} code @returns {Count}
 */
function honest(count, code) {
  const nothing = count.passed + count.failed + count.skipped.length === 0;
  return code !== 0 || nothing ? { ...count, failed: Math.max(1, count.failed) } : count;
}

/** A program that is one test: a linter, a checker, a build. @type {Counter} */
export const oneTest = (_output, code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] });

/** A step that is no test, but whose failure is one. @type {Counter} */
export const noTest = (_output, code) => ({ passed: 0, failed: code === 0 ? 0 : 1, skipped: [] });

/** Catch2's console reporter: its last lines. @type {Counter} */
export function catch2(output, code) {
  const all = number(output, /^All tests passed \(.* in (\d+) test cases?\)/m);
  const passed = all || number(output, /^test cases:.*?\|\s*(\d+) passed/m);
  return honest({ passed, failed: number(output, /^test cases:.*?\|\s*(\d+) failed(?! as expected)/m), skipped: [] }, code);
}

/** node --test with the TAP reporter. @type {Counter} */
export function nodeTest(output, code) {
  const skipped = [...output.matchAll(/^\s*ok \d+ - (.*?) # (?:SKIP|TODO)\s*(.*)$/gm)].map(
    ([, name, reason]) => `${name}: ${reason || 'no reason given'}`,
  );
  const failed = number(output, /^# fail (\d+)/m) + number(output, /^# cancelled (\d+)/m);
  return honest({ passed: number(output, /^# pass (\d+)/m), failed, skipped }, code);
}

/** Our own runner of browser tests: a line for each test, then the sums, which must agree with the lines. @type {Counter} */
export function lines(output, code) {
  const passed = [...output.matchAll(/^ok - /gm)].length;
  const failed = [...output.matchAll(/^not ok - /gm)].length;
  const skipped = [...output.matchAll(/^skip - (.*?)(?: # (.*))?$/gm)].map(
    ([, name, reason]) => `${name}: ${reason || 'no reason given'}`,
  );
  const sums = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/m.exec(output);
  const agree =
    sums && Number(sums[1]) === passed && Number(sums[2]) === failed && Number(sums[3] ?? 0) === skipped.length;
  return honest({ passed, failed, skipped }, agree ? code : 1);
}

/** A failed test's words at the end of everything, at most so many lines and so many characters in each. */
const WORDS = 60;
const WIDTH = 240;

/**
 * The failed tests of a suite's output, each with what it said: the lines below its own that stand further in.
 * A suite that names no test has its last words instead.
 * @param {string} output @returns {string[][]}
 */
export function failures(output) {
  const text = output.trimEnd().split('\n');
  const depth = (/** @type {string} */ line) => line.search(/\S/);
  const found = text.flatMap((line, at) => {
    if (!/^\s*not ok /.test(line)) return [];
    const below = text.slice(at + 1);
    const end = below.findIndex((next) => depth(next) >= 0 && depth(next) <= depth(line));
    return [[line, ...below.slice(0, end < 0 ? WORDS : Math.min(end, WORDS))]];
  });
  const told = found.length > 0 ? found : [text.slice(-WORDS)];
  return told.map((lines) => lines.map((line) => line.slice(0, WIDTH)));
}
