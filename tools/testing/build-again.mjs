#!/usr/bin/env node
// tools/testing/build-again.mjs [--jobs N]
//
// Builds the product module once more and compares it byte for byte with the one in build/wasm-release: from a copy of
// the sources in another folder, and compiled anew, for an object out of the compiler's cache would prove nothing. A
// path, a date or an order that found its way into the module shows as a difference. The copy stays in build/again.

import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({ options: { jobs: { type: 'string', default: '2' } } });
const PRESET = 'wasm-release';

/** What CMake reads. */
const SOURCES = ['CMakeLists.txt', 'CMakePresets.json', 'package.json', 'src', 'tests', 'tools', 'build/deps'];

const copy = join(root, 'build/again');
rmSync(copy, { recursive: true, force: true });
for (const name of SOURCES) cpSync(join(root, name), join(copy, name), { recursive: true });

for (const args of [['--preset', PRESET], ['--build', '--preset', PRESET, `-j${options.jobs}`, '--target', 'odnix_call']]) {
  const { status } = spawnSync('cmake', args, { cwd: copy, stdio: 'inherit', env: { ...process.env, CCACHE_DISABLE: '1' } });
  if (status !== 0) throw new Error(`cmake ${args.join(' ')} ended with ${status} in ${copy}`);
}

let differ = 0;
for (const name of ['odnix-module.wasm', 'odnix-module.mjs']) {
  const [first, again] = [root, copy].map((folder) => readFileSync(join(folder, 'build', PRESET, name)));
  if (first.equals(again)) {
    console.log(`${name}: the same ${first.length} bytes`);
    continue;
  }
  differ += 1;
  const at = first.findIndex((byte, index) => byte !== again[index]);
  console.log(`${name}: ${first.length} and ${again.length} bytes, not the same from byte ${at < 0 ? first.length : at} on`);
  if (again.includes(copy)) console.log('    it holds the path of its folder');
}
process.exit(differ > 0 ? 1 : 0);
