// Words that no file of the project may hold: places of one machine, registries, notes to do something later.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { files, read, root } from './support/pages.mjs';

// Written in two parts, so that this file does not hold them itself.
const places = ['/wo' + 'rk/', '/ro' + 'ot/', '/ho' + 'me/', '/tmp/' + 'plan'];
const registries = ['registry.' + 'npmjs', 'registry.' + 'yarnpkg', 'pypi.' + 'org', 'deb.' + 'debian.org', 'archive.' + 'ubuntu.com', 'arti' + 'factory', 'jf' + 'rog'];
const later = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);

/** A word of TAP, which the runner must read. */
const tap = new Set(['tools/testing/counts.mjs', 'tests/tools/counts.test.mjs']);

const texts = files().filter((path) => !/\.(png|jpg|wasm|ico)$/.test(path)).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

test('no file names a place on somebody\'s machine', () => {
  const found = texts.flatMap(({ path, text }) => places.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`));
  assert.deepEqual(found, []);
});

test('no file names a package registry', () => {
  const found = texts.flatMap(({ path, text }) => registries.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`));
  assert.deepEqual(found, []);
  assert.doesNotMatch(read('package-lock.json'), /"resolved"/);
});

test('nothing is put off in a comment', () => {
  const found = texts.filter(({ path, text }) => path !== 'package-lock.json' && !tap.has(path) && later.test(text)).map(({ path }) => path);
  assert.deepEqual(found, []);
});
