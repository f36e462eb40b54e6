/** Which test fills which cell of a table in docs/. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dev-server.mjs';
import { registered } from './registry.mjs';

const FOLDER = 'tests/e2e/cases';

/** @typedef {{ name: string, file: string, fewer?: import('./registry.mjs').Options['fewer'] }} Behind */

/** By cell: its one test, and where that is. @returns {Promise<Map<string, Behind>>} */
export async function testsOfCells() {
  /** @type {Map<string, Behind>} */
  const tests = new Map();
  for (const file of readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.mjs')).sort()) {
    const before = registered.length;
    await import(join(root, FOLDER, file));
    for (const { name, options } of registered.slice(before))
      for (const cell of options.cells ?? []) {
        if (tests.has(cell)) throw new Error(`"${cell}" has two tests: "${tests.get(cell)?.name}" and "${name}"`);
        tests.set(cell, { name, file: `${FOLDER}/${file}`, fewer: options.fewer });
      }
  }
  return tests;
}
