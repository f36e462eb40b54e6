#!/usr/bin/env node
// tools/pictures/pictures.mjs [--only <name>[,…]] [--sizes 390x844@3,…] [--out build/pictures]
//
// Shows every screen of the user interface with sample view models in real Chromium and takes its picture, at several
// sizes and pixel ratios. Needs the target odnix_storybook:
//   cmake --preset wasm-release && cmake --build --preset wasm-release --target odnix_storybook

import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    sizes: { type: 'string', default: '320x480@2,390x844@3,844x390@2,768x1024@1,1280x800@1,1280x800@2,3840x2160@1' },
    out: { type: 'string', default: join(root, 'build/pictures') },
    'module-dir': { type: 'string', default: join(root, 'build/wasm-release') },
    mirror: { type: 'boolean', default: false }, // the user interface without WebGL
  },
});
const moduleDir = resolve(/** @type {string} */ (options['module-dir']));
const out = resolve(/** @type {string} */ (options.out));
mkdirSync(out, { recursive: true });

const page = await build({
  entryPoints: [join(root, 'tools/pictures/page.js')],
  bundle: true,
  write: false,
  format: 'esm',
  alias: { '#storybook': join(moduleDir, 'odnix-storybook.mjs') },
  logLevel: 'error',
});
/** @type {Record<string, [string, string | Buffer]>} */
const files = {
  '/': ['text/html', readFileSync(join(root, 'tools/pictures/page.html'))],
  '/page.js': ['text/javascript', page.outputFiles[0].text],
  '/odnix-storybook.wasm': ['application/wasm', readFileSync(join(moduleDir, 'odnix-storybook.wasm'))],
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', ...(options.mirror ? ['--disable-3d-apis'] : [])],
});
for (const size of /** @type {string} */ (options.sizes).split(',')) {
  const [width, height, scale] = size.split(/[x@]/).map(Number);
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  const tab = await context.newPage();
  tab.on('pageerror', (error) => console.error(`page error: ${error.message}`));
  tab.on('console', (message) => console.error(`console: ${message.text()}`));
  await tab.route('**/*', (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file ? route.fulfill({ contentType: file[0], body: file[1] }) : route.fulfill({ status: 404 });
  });
  await tab.goto('https://storybook.test/');
  await tab.waitForFunction(() => /** @type {any} */ (window).story);
  const names = /** @type {string[]} */ (await tab.evaluate(() => /** @type {any} */ (window).story.names));
  const wanted = options.only?.split(',') ?? names;
  for (const [number, name] of names.entries()) {
    if (!wanted.some((w) => name.startsWith(w))) continue;
    await tab.evaluate((n) => /** @type {any} */ (window).story.show(n), number);
    await tab.screenshot({ path: join(out, `${name}-${size}${options.mirror ? '-mirror' : ''}.png`) });
  }
  await context.close();
}
await browser.close();
