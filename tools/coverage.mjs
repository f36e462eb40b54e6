// node tools/coverage.mjs [--write]
//
// Line and branch coverage of core and protocol by the unit tests (which include a small simulation), counted by gcov:
//   cmake --preset coverage && cmake --build --preset coverage -j2
// Every line and every branch of every file counts; nothing is left out. --write puts the table into docs/testing.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const build = join(root, 'build/coverage');
const rooms = ['core', 'protocol'];
const BEGIN = '<!-- written by tools/coverage.mjs -->';
const END = '<!-- end of the coverage -->';

/** @param {string} folder @param {RegExp} name @returns {string[]} */
const below = (folder, name) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? below(join(folder, entry.name), name) : name.test(entry.name) ? [join(folder, entry.name)] : []);
const folders = rooms.map((room) => join(build, `CMakeFiles/odnix_${room}.dir`));

for (const path of folders.flatMap((folder) => below(folder, /\.gcda$/))) rmSync(path);
const ran = spawnSync(join(build, 'odnix_tests'), { stdio: ['ignore', 'ignore', 'inherit'] });
if (ran.status !== 0) throw new Error(`odnix_tests ended with ${ran.status}`);

/** What is counted of one line: taken at all, and which of its branches. @type {Map<string, Map<number, { hit: boolean, branches: boolean[] }>>} */
const sources = new Map();
const work = mkdtempSync(join(tmpdir(), 'odnix-coverage-'));
for (const data of folders.flatMap((folder) => below(folder, /\.gcda$/))) {
  const { status } = spawnSync('gcov', ['--json-format', '--branch-probabilities', data], { cwd: work, stdio: 'ignore' });
  if (status !== 0) throw new Error(`gcov ended with ${status} for ${data}`);
  for (const json of below(work, /\.gcov\.json\.gz$/)) {
    for (const file of JSON.parse(gunzipSync(readFileSync(json)).toString()).files) {
      const path = relative(root, resolve(build, file.file)); // ccache makes them relative
      if (!rooms.some((room) => path.startsWith(`src/${room}/`))) continue;
      const lines = sources.get(path) ?? new Map();
      sources.set(path, lines);
      for (const { line_number: number, count, branches } of file.lines) {
        const taken = branches.map((/** @type {{ count: number }} */ branch) => branch.count > 0);
        const known = lines.get(number);
        // A template or inline function is compiled into several files: a branch counts as taken if it was in any.
        lines.set(number, known
          ? { hit: known.hit || count > 0, branches: known.branches.length === taken.length ? taken.map((/** @type {boolean} */ t, /** @type {number} */ i) => t || known.branches[i]) : [...known.branches, ...taken] }
          : { hit: count > 0, branches: taken });
      }
    }
    rmSync(json);
  }
}
rmSync(work, { recursive: true });

/** @param {string} prefix */
function sum(prefix) {
  const total = { lines: 0, hit: 0, branches: 0, taken: 0 };
  for (const [path, lines] of sources) {
    if (!path.startsWith(prefix)) continue;
    for (const { hit, branches } of lines.values()) {
      total.lines += 1;
      total.hit += Number(hit);
      total.branches += branches.length;
      total.taken += branches.filter(Boolean).length;
    }
  }
  return total;
}
const percent = (/** @type {number} */ part, /** @type {number} */ all) => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
const table = ['| room | lines | branches |', '|---|--:|--:|', ...rooms.map((room) => {
  const { lines, hit, branches, taken } = sum(`src/${room}/`);
  return `| \`${room}\` | ${percent(hit, lines)} of ${lines} | ${percent(taken, branches)} of ${branches} |`;
})];
console.log(table.join('\n'));
console.log('\nlines that no test reached:');
for (const [path, lines] of [...sources].sort()) {
  const missed = [...lines].filter(([, { hit }]) => !hit).map(([number]) => number).sort((a, b) => a - b);
  if (missed.length > 0) console.log(`  ${path}: ${missed.join(' ')}`);
}
console.log('\nlines with a branch that no test took:');
for (const [path, lines] of [...sources].sort()) {
  const missed = [...lines].filter(([, { hit, branches }]) => hit && branches.includes(false)).map(([number]) => number).sort((a, b) => a - b);
  if (missed.length > 0) console.log(`  ${path}: ${missed.join(' ')}`);
}
if (process.argv.includes('--write')) {
  const page = join(root, 'docs/testing.md');
  const old = readFileSync(page, 'utf8');
  writeFileSync(page, `${old.slice(0, old.indexOf(BEGIN))}${BEGIN}\n\n${table.join('\n')}\n\n${old.slice(old.indexOf(END))}`);
}
