/**
 * clang-tidy over every C++ file of src/ and tools/ that the native build compiles: tools/tidy.mjs [part of a path]...
 *
 * Where the build compiles several files as one (CMAKE_UNITY_BUILD), they are read as one here, too: their common headers,
 * most of the time that it takes, are read once. They are put one behind the other, not included: the analyzer leaves out
 * what is included, or takes all of the headers as well.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const build = join(root, 'build/native-debug');
/** What the native build does not compile: it needs Emscripten's headers. */
const webOnly = /^(src\/platform\/web|tools\/pictures)\//;

/** @type {{ directory: string, file: string, command: string }[]} */
const units = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'));

/** The files that one compilation reads as its own, from the root. @param {string} unit */
const ownFiles = (unit) =>
  (/\/Unity\//.test(unit) ? [...readFileSync(unit, 'utf8').matchAll(/^#include "(.+)"$/gm)].map(([, path]) => path) : [unit]).map((path) => relative(root, path));

const wanted = ['src', 'tools']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith('.cpp') && !webOnly.test(path) && process.argv.slice(2).every((part) => path.includes(part)));

// The fewest compilations that hold them all: of several that hold a file, the one with the fewest others.
const left = new Set(wanted);
/** @type {{ command: string, files: string[] }[]} */
const chosen = [];
const strangers = (/** @type {string[]} */ files) => files.filter((path) => !left.has(path)).length;
const ordered = units.map(({ file, command }) => ({ command, files: ownFiles(resolve(build, file)) }))
  .sort((a, b) => strangers(a.files) - strangers(b.files));
for (const unit of ordered) {
  if (!unit.files.some((path) => left.has(path))) continue;
  chosen.push(unit);
  for (const path of unit.files) left.delete(path);
}
if (wanted.length === 0 || left.size > 0) {
  console.error(wanted.length === 0 ? 'no file has such a name' : `not in the native build: ${[...left].join(', ')}`);
  process.exit(1);
}

const folder = join(build, 'tidy');
mkdirSync(folder, { recursive: true });
const pages = chosen.map(({ command, files }, index) => {
  const page = join(folder, `${index}.cpp`);
  const texts = files.map((path) => `${readFileSync(join(root, path), 'utf8')}\n`);
  writeFileSync(page, texts.join(''));
  const lengths = texts.map((text) => text.split('\n').length - 1);
  /** What is said of a line of the page, said of the file that it comes from. @param {string} said */
  const placed = (said) => said.replace(/^(.*?\/tidy\/\d+\.cpp):(\d+):/gm, (_, _page, number) => {
    let [at, line] = [0, Number(number)];
    for (; line > lengths[at] && at < files.length - 1; at += 1) line -= lengths[at];
    return `${files[at]}:${line}:`;
  });
  const beside = [...new Set(files.map((path) => dirname(path)))].map((path) => ` -I${join(root, path)}`).join('');
  return { page, files, placed, entry: { directory: build, file: page, command: `${command.slice(0, command.lastIndexOf(' -o '))}${beside} -c ${page}` } };
});
writeFileSync(join(folder, 'compile_commands.json'), JSON.stringify(pages.map(({ entry }) => entry)));

/** @param {{ page: string, files: string[], placed: (said: string) => string }} page @returns {Promise<boolean>} whether it is clean */
function check({ page, files, placed }) {
  return new Promise((resolve) => {
    const tidy = spawn('clang-tidy-14', ['-p', folder, '--quiet', '--extra-arg=-Wno-unknown-warning-option', page], { cwd: root });
    let text = '';
    for (const stream of [tidy.stdout, tidy.stderr]) stream.on('data', (part) => { text += part; });
    tidy.on('error', (problem) => { text += `clang-tidy-14: ${problem.message}\n`; });
    tidy.on('close', (code) => {
      console.log(code === 0 ? `clean: ${files.join(' ')}` : placed(text));
      resolve(code === 0);
    });
  });
}

let clean = true;
await Promise.all([0, 1].map(async () => {
  for (let next = pages.shift(); next; next = pages.shift()) clean = (await check(next)) && clean;
}));
process.exit(clean ? 0 : 1);
