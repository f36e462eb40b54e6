#!/usr/bin/env node
// tools/size-report.mjs
//
// What a page loads, in bytes after brotli (quality 11), and which part costs how much. Needs build/dist and
// build/wasm-release. The totals are exact sizes of the shipped .br files. The shares of the parts are estimates: each
// part's bytes, as linked (before the bundle's last 1 %), compressed alone, scaled so that the shares add up to the whole.

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';
import { wasmParts } from './testing/wasm-parts.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const GOAL = 150 * 1024;

/** @param {Uint8Array | string} bytes */
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } })
    .length;
/** @param {string} name */
const dist = (name) => readFileSync(join(root, 'build/dist', name));
/** @param {string} what @param {number} raw @param {number} compressed */
const row = (what, raw, compressed) =>
  console.log(`  ${what.padEnd(34)} ${String(raw).padStart(9)} ${String(Math.round(compressed)).padStart(9)}`);

/** Our own JavaScript alone: the same bundle with an empty module instead of the one Emscripten wrote. */
async function ownScript() {
  const joined = await build({
    entryPoints: [join(root, 'web/classic.js')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    define: { __ODNIX_WASM__: '"odnix-call-00000000.wasm"', __ODNIX_VERSION__: '"0.0.0"' },
    plugins: [
      {
        name: 'empty-module',
        setup(plugin) {
          plugin.onResolve({ filter: /^#odnix-module$/ }, () => ({ path: 'empty', namespace: 'empty' }));
          plugin.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default window.create' }));
        },
      },
    ],
  });
  const small = await minify(joined.outputFiles[0].text, { ecma: 2020, toplevel: true, compress: { passes: 3 } });
  return small.code ?? '';
}

const wasmName = readdirSync(join(root, 'build/dist')).find((name) => /^odnix-call-[0-9a-f]{8}\.wasm$/.test(name));
if (!wasmName) throw new Error('no odnix-call-<hash>.wasm in build/dist: run tools/bundle.mjs');
const wasm = dist(wasmName);
const wasmBrotli = dist(`${wasmName}.br`).length;
const script = dist('odnix-call.js');
const scriptBrotli = dist('odnix-call.js.br').length;
const total = scriptBrotli + wasmBrotli;

console.log('Bytes that a chat page loads (classic script)    raw    brotli');
row('odnix-call.js', script.length, scriptBrotli);
row(wasmName, wasm.length, wasmBrotli);
row('before a call: all of it', script.length + wasm.length, total);
row('more for a call', 0, 0);
console.log(`  goal: at most ${GOAL} brotli for all; ${total <= GOAL ? 'kept' : `missed by ${total - GOAL}`}`);

const own = await ownScript();
const ownBrotli = brotli(own);
console.log('\nParts of the script (with and without the module)');
row('our JavaScript', own.length, ownBrotli);
row("Emscripten's runtime and EM_JS", script.length - own.length, scriptBrotli - ownBrotli);

const linked = join(root, 'build/wasm-release/odnix-module');
const parts = [...wasmParts(readFileSync(`${linked}.wasm`), readFileSync(`${linked}.mjs.symbols`, 'utf8'))]
  .map(([part, bytes]) => ({ part, raw: bytes.length, alone: brotli(bytes) }))
  .sort((a, b) => b.alone - a.alone);
const scale = wasmBrotli / parts.reduce((sum, part) => sum + part.alone, 0);
console.log(`\nParts of the module (by function name; brotli = alone × ${scale.toFixed(3)})`);
for (const { part, raw, alone } of parts) row(part, raw, alone * scale);
