// Whatever a page names exists: files, folders, targets, presets, suites.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';

import { codes, files, pages, prose, read, table } from './support/pages.mjs';
import { suites } from '../../tools/testing/suites.mjs';

const all = files();
const folders = new Set(all.flatMap((path) => path.split('/').slice(0, -1).map((_, i, parts) => `${parts.slice(0, i + 1).join('/')}/`)));
const names = new Set(all.map((path) => basename(path)));
const cmake = ['CMakeLists.txt', ...all.filter((path) => path.startsWith('tools/cmake/'))].map(read).join('\n');

/** What the build makes and pages may name: folders that the tools write, and programs that are targets. */
const made = /^build\/(dist|logs|e2e|lab|pictures|deps\/imgui-[\d.<>A-Z]+|bench)?\/?$|^build\/(native-debug|native-release|wasm-debug|wasm-release)(\/.+)?$/;
const shipped = /^(odnix-call(-[\w<>]+)?\.(js|mjs|wasm|d\.mts)|odnix-module\.(mjs|wasm)|call\.js)$/;

/** @param {string} token looks like a file or a folder of ours */
const isPath = (token) =>
  /^[\w.<>/*-]+$/.test(token) && !/^\.\w+$/.test(token) &&
  (/\.(cpp|hpp|mjs|js|ts|md|json|jsonl|html|css|txt|mts|wasm)$/.test(token) || /^(src|tests|tools|web|shell|docs|build)\/[\w./<>-]*$/.test(token) ||
    /^[\w-]+\/$/.test(token));

/** @param {string} token */
const exists = (token) => {
  if (token.startsWith('build/')) return made.test(token);
  if (token.includes('/')) {
    return all.includes(token) || folders.has(token.endsWith('/') ? token : `${token}/`) ||
      all.some((path) => path.endsWith(`/${token}`)) || [...folders].some((path) => path.endsWith(`/${token}`));
  }
  return names.has(token) || shipped.test(token);
};

test('every file and folder that a page names exists', () => {
  /** @type {string[]} */
  const missing = [];
  let seen = 0;
  for (const { path, text } of pages()) {
    for (const token of codes(prose(text)).flatMap((code) => code.split(/\s+/))) {
      if (!isPath(token) || token.includes('…') || token.startsWith('/')) continue;
      seen += 1;
      if (!exists(token)) missing.push(`${path}: ${token}`);
    }
  }
  assert.deepEqual(missing, []);
  assert.ok(seen > 100, `only ${seen} names found`);
});

test('every target that a page names is in the build files', () => {
  const named = pages().flatMap(({ path, text }) =>
    [...text.matchAll(/\bodnix[_-](?:core|protocol|view|ports|app|ui|null|web|tests|call|storybook|dev-server|replay)\b(?![-.<\w])/g)].map(([name]) => `${path}: ${name}`));
  assert.ok(named.length > 10);
  const known = new Set([...cmake.matchAll(/\bodnix[_-][\w-]+/g)].map(([name]) => name));
  const other = new Set(['odnix-call', 'odnix-journal']); // the project and its journal's mark
  assert.deepEqual(named.filter((name) => { const it = name.split(': ')[1]; return !known.has(it) && !other.has(it); }), []);
});

test('the presets of the architecture page are those of CMakePresets.json', () => {
  const presets = JSON.parse(read('CMakePresets.json')).configurePresets
    .filter((/** @type {{ hidden?: boolean }} */ preset) => !preset.hidden).map((/** @type {{ name: string }} */ preset) => preset.name);
  assert.deepEqual(table('docs/architecture.md', 'preset').map(([name]) => codes(name)[0]).sort(), presets.sort());
});

test('the suites of the testing page are those that run, and it says which are quick', () => {
  const rows = table('docs/testing.md', 'suite').map(([name, , quick]) => [codes(name)[0], quick]);
  assert.deepEqual(rows.map(([name]) => name).sort(), suites.map(({ name }) => name).sort());
  for (const [name, quick] of rows) {
    const suite = suites.find((one) => one.name === name);
    assert.equal(quick === 'yes' || quick === 'a part', Boolean(suite?.quick), `${name} is "${quick}"`);
  }
});

test('versions that pages name are those that are built with', () => {
  const versions = Object.fromEntries(read('tools/versions').split('\n').filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=')));
  for (const { path, text } of pages()) {
    for (const [, number] of text.matchAll(/Emscripten (\d+\.\d+\.\d+)/g)) assert.equal(number, versions.EMSCRIPTEN_VERSION, path);
    for (const [, number] of text.matchAll(/clang-(?:format|tidy)-(\d+)/g)) assert.equal(number, versions.CLANG_TOOLS_VERSION, path);
  }
});
