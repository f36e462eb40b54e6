// Every line of every shell example could be typed: the program is there, its switches are accepted, what it names exists.
// Nothing is built here; a program's own --list or usage answers for its switches.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { examples, files, read, root } from './support/pages.mjs';

/** @param {string} program @param {string[]} args */
const run = (program, args) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
  return { status, output: `${stdout}${stderr}` };
};

/** The words of a line, quotes taken off, what follows # left out. @param {string} line */
const words = (line) =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(#.*)|(\S+)/g)]
    .map(([, double, single, comment, word]) => (comment === undefined ? double ?? single ?? word : undefined))
    .filter((word) => word !== undefined);

const cmake = ['CMakeLists.txt', ...files().filter((path) => path.startsWith('tools/cmake/'))].map(read).join('\n');
const presets = JSON.parse(read('CMakePresets.json'));

/** @param {string[]} args @param {string} name */
const value = (args, name) => args[args.indexOf(name) + 1];

/** @param {string[]} args */
const checkCmake = (args) => {
  const build = args[0] === '--build';
  const preset = value(args, '--preset');
  const known = (build ? presets.buildPresets : presets.configurePresets).map((/** @type {{ name: string }} */ one) => one.name);
  assert.ok(known.includes(preset), `no preset ${preset}`);
  if (args.includes('--target')) {
    const target = value(args, '--target');
    assert.match(cmake, new RegExp(`(add_executable|add_library|odnix_room|odnix_program)\\(${target}[\\s)]`), `no target ${target}`);
  }
  const rest = args.filter((arg) => arg.startsWith('-') && !['--build', '--preset', '--target'].includes(arg) && !/^-j\d$/.test(arg));
  assert.deepEqual(rest, []);
};

/** Names of the unit tests that a Catch2 filter finds: by tag, or by a name with a star. @param {string} filter */
const unitTests = (filter) => {
  const all = files().filter((path) => /^tests\/.*\.cpp$/.test(path)).flatMap((path) =>
    [...read(path).matchAll(/TEST_CASE\("((?:\\.|[^"\\])*)"(?:,\s*"([^"]*)")?/g)]);
  if (filter.startsWith('[')) return all.filter(([, , tags]) => tags?.includes(filter));
  const start = filter.replace(/\*$/, '');
  return all.filter(([, name]) => (filter.endsWith('*') ? name.startsWith(start) : name === filter));
};

/** @param {string} script @param {string[]} args */
const checkNode = (script, args) => {
  if (script === '--test') {
    for (const file of args) assert.ok(existsSync(join(root, file)), `${file} does not exist`);
    return;
  }
  if (script.startsWith('build/')) {
    assert.match(script, /^build\/wasm-debug\/odnix_tests\.js$/);
    return;
  }
  assert.ok(existsSync(join(root, script)), `${script} does not exist`);
  if (script === 'tests/e2e/run.mjs' || script === 'tests/lab/run.mjs') {
    for (const part of args.filter((arg) => !arg.startsWith('-'))) {
      const listed = run(process.execPath, [script, '--list', part]);
      assert.ok(listed.status === 0 && listed.output.trim() !== '', `no browser test has "${part}" in its name`);
    }
    assert.equal(run(process.execPath, [script, '--list', ...args.filter((arg) => arg !== '--list')]).status, 0);
    return;
  }
  for (const flag of args.filter((arg) => arg.startsWith('--')))
    assert.ok(read(script).includes(`'${flag}'`) || new RegExp(`['{ ]${flag.slice(2)}'?: \\{ type:`).test(read(script)), `${script} knows no ${flag}`);
};

/** @param {string} program @param {string[]} args */
const check = (program, args) => {
  if (program.startsWith('tools/')) accessSync(join(root, program), constants.X_OK);
  switch (program) {
    case 'tools/test': {
      const listed = run(process.execPath, ['tools/testing/main.mjs', '--list', ...args.filter((arg) => arg !== '--list')]);
      assert.equal(listed.status, 0, listed.output);
      return;
    }
    case 'tools/run':
    case 'tools/setup': {
      const { output } = run(join(root, program), ['--help']);
      for (const flag of args.filter((arg) => arg.startsWith('-'))) assert.ok(output.includes(flag), `${program} knows no ${flag}`);
      return;
    }
    case 'cmake': return checkCmake(args);
    case 'node': return checkNode(args[0], args.slice(1));
    case 'build/native-debug/odnix_tests':
      for (const filter of args) assert.ok(unitTests(filter).length > 0, `no unit test is "${filter}"`);
      return;
    case 'build/native-release/odnix-sim':
      for (const flag of args.filter((arg) => arg.startsWith('-')))
        assert.ok(read('tests/sim/main/main.cpp').includes(`"${flag}"`), `odnix-sim knows no ${flag}`);
      return;
    case 'build/native-release/odnix-replay':
      assert.equal(args.length, 1);
      return;
    case 'clang-format-14':
      for (const file of args.filter((arg) => !arg.startsWith('-'))) assert.ok(existsSync(join(root, file)), `${file} does not exist`);
      return;
    default: assert.fail(`what is ${program}?`);
  }
};

const lines = examples('sh').flatMap(({ page, line, code }) =>
  code.split('\n').flatMap((text, index) => text.split('&&').map((part) => ({ where: `${page}:${line + index}`, words: words(part) })))
    .filter((one) => one.words.length > 0));

test('there are examples', () => assert.ok(lines.length > 15));

for (const { where, words: [program, ...args] } of lines)
  test(`${where}: ${[program, ...args].join(' ')}`, () => check(program, args));

test('switches that the text names are accepted', () => {
  for (const path of ['README.md', 'docs/testing.md', 'CONTRIBUTING.md'])
    for (const [, program, flag] of read(path).matchAll(/`(tools\/(?:run|setup)) (--[a-z]+)/g)) check(program, [flag]);
  for (const path of ['README.md', 'docs/testing.md', 'CONTRIBUTING.md'])
    for (const [, args] of read(path).matchAll(/`tools\/test ((?:--[a-z]+ ?)(?:[a-z0-9]+)?)`/g)) check('tools/test', args.trim().split(' '));
});

test('npm scripts do what their names say', () => {
  for (const script of Object.values(JSON.parse(read('package.json')).scripts)) accessSync(join(root, String(script)), constants.X_OK);
});
