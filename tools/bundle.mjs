#!/usr/bin/env node
// tools/bundle.mjs [--module-dir build/wasm-release] [--out build/dist]
//
// Makes the shipped files out of web/ and the linked module:
//   odnix-call.js            classic script, one global    odnix-call.mjs   ES module      odnix-call.d.mts  its types
//   odnix-call-debug.js      the classic script with faults on purpose, for developers of pages
//   odnix-call-<hash>.wasm   named by its content, so it can be cached for ever and never mismatches its script
// each also as .gz and .br for servers that send precompressed files. The output depends on nothing but the input:
// two builds of one commit are equal, byte for byte.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    'module-dir': { type: 'string', default: join(root, 'build/wasm-release') },
    out: { type: 'string', default: join(root, 'build/dist') },
  },
});
const moduleDir = resolve(/** @type {string} */ (options['module-dir']));
const out = resolve(/** @type {string} */ (options.out));
const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/**
 * One self-contained script: esbuild joins the files, terser removes what no path reaches (esbuild alone leaves
 * three times as much of Emscripten's runtime).
 * @param {string} entry @param {'iife' | 'esm'} format @param {string} wasmName @param {boolean} [debug]
 */
async function script(entry, format, wasmName, debug = false) {
  const joined = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format,
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    alias: { '#odnix-module': join(moduleDir, 'odnix-module.mjs') },
    define: {
      __ODNIX_WASM__: JSON.stringify(wasmName), __ODNIX_VERSION__: JSON.stringify(version), __ODNIX_DEBUG__: String(debug),
    },
  });
  const small = await minify(joined.outputFiles[0].text, {
    ecma: 2020,
    module: format === 'esm',
    toplevel: format === 'esm', // else terser would unwrap the IIFE: its names would become the page's
    compress: { passes: 3 },
    format: { comments: false },
  });
  return `/*! odnix-call ${version} | MIT */\n${small.code}\n`;
}

/** @param {string} name @param {string | Buffer} content */
function emit(name, content) {
  const bytes = Buffer.from(content);
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.br`), brotli);
  writeFileSync(join(out, `${name}.gz`), gzip);
  console.log(
    `  ${name.padEnd(28)} ${String(bytes.length).padStart(8)} bytes, ${brotli.length} brotli, ${gzip.length} gzip`,
  );
}

/**
 * One more round of Binaryen's size optimiser over what the linker's own round left: 1 % less. It knows the features
 * of the module only by name; reference types and multivalue come with newer Emscriptens.
 * @param {string} path
 */
function smallest(path) {
  const beside = join(process.env.ODNIX_EMSCRIPTEN_ROOT ?? '', '../bin/wasm-opt');
  const features = ['mutable-globals', 'bulk-memory', 'sign-ext', 'nontrapping-float-to-int', 'reference-types', 'multivalue'];
  const optimised = spawnSync(
    existsSync(beside) ? beside : 'wasm-opt',
    [...features.map((feature) => `--enable-${feature}`), '-Oz', path, '-o', '-'],
    { maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (optimised.error) throw new Error(`wasm-opt (package binaryen): ${optimised.error.message}`);
  if (optimised.status !== 0) throw new Error(`wasm-opt ended with ${optimised.status}`);
  return optimised.stdout;
}

const wasm = smallest(join(moduleDir, 'odnix-module.wasm'));
const hash = createHash('sha256').update(wasm).digest('hex').slice(0, 8);
const wasmName = `odnix-call-${hash}.wasm`;
const [classic, module, debug] = await Promise.all([
  script('web/classic.js', 'iife', wasmName),
  script('web/module.js', 'esm', wasmName),
  script('web/classic.js', 'iife', wasmName, true),
]);

mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) if (old.startsWith('odnix-call')) rmSync(join(out, old));
console.log(`bundle: odnix-call ${version}`);
emit(wasmName, wasm);
emit('odnix-call.js', classic);
emit('odnix-call.mjs', module);
emit('odnix-call-debug.js', debug);
emit('odnix-call.d.mts', readFileSync(join(root, 'web/odnix-call.d.ts')));
