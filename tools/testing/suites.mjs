// What tools/test runs: the steps in order, what each needs, and how its tests are counted.
import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catch2, lines, nodeTest, noTest, oneTest } from './counts.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string[]} command    program and arguments, run in the root of the repository
 * @property {import('./counts.mjs').Counter} count
 * @property {string[]} [needs]    names of the steps that must have passed before
 * @property {boolean} [quick]     part of --quick (the steps it needs come along)
 * @property {number} [cores]      2 = alone on the two cores we allow ourselves; builds and whatever measures time
 * @property {number} [minutes]    longer than this is a hang; 10 unless told
 * @property {boolean} [show]      its output is a report to be read, also when all is well
 */

/** @param {string} folder @param {RegExp} name @returns {string[]} paths from the root, sorted */
function files(folder, name) {
  /** @param {string} path @returns {string[]} */
  const below = (path) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? below(join(path, entry.name)) : [join(path, entry.name)],
    );
  try {
    return below(join(root, folder)).map((path) => relative(root, path)).filter((path) => name.test(path)).sort();
  } catch {
    return [];
  }
}

const cpp = ['src', 'tests', 'tools'].flatMap((folder) => files(folder, /\.(cpp|hpp)$/));

/** @param {string} preset @param {...string} targets everything unless told */
const build = (preset, ...targets) => [
  'sh', '-c', `cmake --preset ${preset} && cmake --build --preset ${preset} -j2 --target ${targets.join(' ') || 'all'}`,
];
/** @param {string} folder */
function nodeTests(folder) {
  const list = files(folder, /\.test\.mjs$/);
  if (list.length === 0) return ['sh', '-c', `echo "no tests in ${folder}"; exit 1`]; // node would search for itself
  return [process.execPath, '--test', '--test-reporter=tap', ...list];
}

/** @type {Suite[]} */
export const suites = [
  { name: 'format', quick: true, count: oneTest, command: ['clang-format-14', '--dry-run', '-Werror', ...cpp] },
  { name: 'includes', quick: true, count: oneTest, command: [process.execPath, 'tools/check-includes.mjs'] },
  { name: 'types', quick: true, count: oneTest, command: [process.execPath, 'node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'tools', quick: true, count: nodeTest, command: nodeTests('tests/tools') },
  { name: 'web', quick: true, count: nodeTest, command: nodeTests('tests/web') },

  { name: 'build native-debug', count: noTest, cores: 2, minutes: 20, command: build('native-debug', 'odnix_tests', 'odnix-dev-server', 'odnix_fuzz_codec', 'odnix_fuzz_step') },
  { name: 'build native-release', count: noTest, cores: 2, command: build('native-release') },
  { name: 'build wasm-release', count: noTest, cores: 2, command: build('wasm-release', 'odnix_call') },
  { name: 'bundle', needs: ['build wasm-release'], count: noTest, command: [process.execPath, 'tools/bundle.mjs'] },
  { name: 'unit native', quick: true, needs: ['build native-debug'], count: catch2,
    command: ['build/native-debug/odnix_tests', '--use-colour', 'no'] },
  { name: 'server', quick: true, needs: ['build native-debug'], count: nodeTest, command: nodeTests('tests/server') },
  { name: 'docs', quick: true, needs: ['bundle'], count: nodeTest, command: nodeTests('tests/docs') },
  { name: 'simulation', quick: true, needs: ['build native-release'], count: oneTest, cores: 2, show: true,
    command: ['build/native-release/odnix-sim', '--calls', '100000', '--jobs', '2', '--journal', 'build/logs/simulation.journal'] },

  { name: 'build again', needs: ['build wasm-release'], count: oneTest, cores: 2,
    command: [process.execPath, 'tools/testing/build-again.mjs'] },
  { name: 'build wasm-debug', count: noTest, cores: 2, minutes: 20, command: build('wasm-debug', 'odnix_tests') },
  { name: 'unit wasm', needs: ['build wasm-debug'], count: catch2,
    command: [process.execPath, 'build/wasm-debug/odnix_tests.js', '--use-colour', 'no'] },
  { name: 'clang-tidy', needs: ['build native-debug'], count: oneTest, cores: 2, minutes: 20, command: [process.execPath, 'tools/tidy.mjs'] },

  { name: 'fuzz', needs: ['build native-debug'], count: lines, cores: 2, minutes: 5, show: true,
    command: [process.execPath, 'tools/fuzz.mjs', '--seconds', '60'] },

  { name: 'e2e', quick: true, needs: ['bundle', 'build native-release'], count: lines, cores: 2, minutes: 45,
    command: [process.execPath, 'tests/e2e/run.mjs'] },
  { name: 'lab', needs: ['bundle', 'build native-release'], count: lines, cores: 2, minutes: 10,
    command: [process.execPath, 'tests/lab/run.mjs'] },
  { name: 'size', needs: ['bundle'], count: noTest, show: true, command: [process.execPath, 'tools/size-report.mjs'] },
  { name: 'benchmarks', needs: ['bundle', 'build native-release'], count: noTest, cores: 2, minutes: 15, show: true,
    command: [process.execPath, 'tools/bench/run.mjs', '--quick'] },
];

/** Suites whose command takes --quick itself. */
export const takesQuick = new Set(['e2e']);
