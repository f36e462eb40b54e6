// The runner behind tools/test: runs the suites within two cores, tells how each went, and ends in one line of sums.
import { parseArgs } from 'node:util';
import { failures } from './counts.mjs';
import { endAll, runSuite } from './run-suite.mjs';
import { suites, takesQuick } from './suites.mjs';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, list: { type: 'boolean' } },
});

/** The chosen suites with all they need, in the order of the list. */
function chosen() {
  const names = options.only?.split(',') ?? suites.filter((suite) => !options.quick || suite.quick).map((s) => s.name);
  const wanted = new Set(names);
  for (const name of wanted) {
    const suite = suites.find((candidate) => candidate.name === name);
    if (!suite) throw new Error(`no suite "${name}"; there are: ${suites.map((s) => s.name).join(', ')}`);
    for (const need of suite.needs ?? []) wanted.add(need);
  }
  return suites.filter((suite) => wanted.has(suite.name));
}

const CORES = 2;
const started = Date.now();
const total = { passed: 0, failed: 0, skipped: /** @type {string[]} */ ([]), failures: /** @type {string[]} */ ([]) };
/** Finished suites: name -> whether it went well. @type {Map<string, boolean>} */
const done = new Map();

/** @param {string} mark @param {string} name @param {string} text */
function tell(mark, name, text) {
  const clock = `${((Date.now() - started) / 1000).toFixed(0)}s`.padStart(6);
  console.log(`${clock}  ${mark.padEnd(5)} ${name.padEnd(21)} ${text}`);
}

/** @param {import('./suites.mjs').Suite} suite */
async function run(suite) {
  tell('start', suite.name, '');
  const { output, code, seconds, log } = await runSuite(suite, options.quick && takesQuick.has(suite.name) ? ['--quick'] : []);
  const count = suite.count(output, code);
  const sums = [`${count.passed} passed`, `${count.failed} failed`];
  if (count.skipped.length > 0) sums.push(`${count.skipped.length} skipped`);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped.push(...count.skipped.map((skip) => `${suite.name}: ${skip}`));
  done.set(suite.name, count.failed === 0);
  const told = count.passed + count.failed + count.skipped.length > 0 ? `${sums.join(', ')} ` : '';
  tell(count.failed === 0 ? 'ok' : 'FAIL', suite.name, `${told}(${seconds.toFixed(1)} s)`);
  if (count.failed > 0) {
    const text = output.split('\n');
    total.failures.push(...failures(output).map(([first, ...more]) => [`${suite.name}: ${first.trim()}`, ...more].join('\n    ')));
    if (text.length > 300) console.log(`    … ${text.length - 300} lines before, see ${log}`);
    console.log(text.slice(-300).map((line) => `    ${line}`).join('\n'));
  } else if (suite.show) {
    console.log(output.trimEnd().split('\n').map((line) => `    ${line}`).join('\n'));
  }
}

/** @param {import('./suites.mjs').Suite[]} waiting starts what may start now, in order, until all is done */
async function runAll(waiting) {
  /** @type {Map<import('./suites.mjs').Suite, Promise<void>>} */
  const active = new Map();
  while (waiting.length > 0 || active.size > 0) {
    for (const suite of [...waiting]) {
      const missing = (suite.needs ?? []).filter((need) => done.get(need) === false);
      if (missing.length > 0) {
        waiting.splice(waiting.indexOf(suite), 1);
        total.failed += 1;
        done.set(suite.name, false);
        tell('FAIL', suite.name, `1 failed: not run, because of: ${missing.join(', ')}`);
        continue;
      }
      if (!(suite.needs ?? []).every((need) => done.get(need))) continue;
      const busy = [...active.keys()].reduce((sum, other) => sum + (other.cores ?? 1), 0);
      if (busy + (suite.cores ?? 1) > CORES) break; // in order: a big step must not starve behind small ones
      waiting.splice(waiting.indexOf(suite), 1);
      active.set(suite, run(suite).then(() => void active.delete(suite)));
    }
    await Promise.race(active.values());
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    endAll();
    process.exit(1);
  });
}
process.on('exit', endAll);

const selection = chosen();
if (options.list) {
  for (const suite of selection) console.log(suite.name);
} else {
  await runAll([...selection]);
  for (const failure of total.failures) console.log(`failed: ${failure}`); // again: the output may be cut above
  for (const skip of total.skipped) console.log(`skipped: ${skip}`);
  const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}
