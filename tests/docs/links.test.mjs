// Every link of every page leads somewhere, and every page of docs/ can be found.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

import { pages, prose, read, root } from './support/pages.mjs';

/** The anchors of a page, as they are made of its headings. @param {string} text */
const anchors = (text) =>
  [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'),
  );

test('every relative link and anchor resolves', () => {
  /** @type {string[]} */
  const broken = [];
  let seen = 0;
  for (const { path, text } of pages()) {
    for (const [, target] of prose(text).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      seen += 1;
      const [file, anchor] = target.split('#');
      const there = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(join(root, there))) broken.push(`${path}: ${target}`);
      else if (anchor && !anchors(read(there)).includes(anchor)) broken.push(`${path}: ${target} (no such heading)`);
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(seen > 20, 'no links found?');
});

test('every page of docs/ is in its index', () => {
  const index = read('docs/README.md');
  const missing = pages().map(({ path }) => path)
    .filter((path) => /^docs\/[^/]+\.md$/.test(path) && path !== 'docs/README.md' && !index.includes(`(${path.slice(5)})`));
  assert.deepEqual(missing, []);
});

test('pictures have a text for those who do not see them', () => {
  const without = pages().flatMap(({ path, text }) => [...prose(text).matchAll(/!\[\s*\]/g)].map(() => path));
  assert.deepEqual(without, []);
});
