// The README's first promises: its pages run, and what it says about size and output is so.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { WebSocketServer } from 'ws';

import { examples, read, root } from './support/pages.mjs';

const dist = process.env.ODNIX_DIST ?? join(root, 'build/dist');
const own = (/** @type {string} */ lang) => examples(lang).filter(({ page }) => page === 'README.md').map(({ code }) => code);
/** @type {Record<string, string>} */
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

let body = '';
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://x');
  if (!pathname.startsWith('/static/')) {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>A chat</title><body>${body}`);
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'text/plain' });
  response.end(readFileSync(join(dist, pathname.slice('/static/'.length))));
});
const sockets = new WebSocketServer({ server });

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
});
after(async () => {
  await browser?.close();
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.close();
});

/** @param {import('node:test').TestContext} t @param {string} page */
const open = async (t, page) => {
  body = page;
  const context = await browser.newContext();
  t.after(() => context.close());
  const tab = await context.newPage();
  /** @type {string[]} */
  const wrong = [];
  tab.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  tab.on('pageerror', (error) => wrong.push(String(error)));
  t.after(() => assert.deepEqual(wrong, []));
  await tab.addInitScript(() => {
    /** @type {any} */ (window).told = [];
    window.addEventListener('odnix-call-state', ({ detail }) => /** @type {any} */ (window).told.push(detail.state));
  });
  await tab.goto(`http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/chat/12/`);
  return tab;
};
/** @param {import('playwright-core').Page} tab */
const calls = (tab) => tab.waitForFunction(() => /** @type {any} */ (window).told.includes('out-ringing'));

test('there are two pages and a module', () => assert.deepEqual([own('html').length, own('js').length], [2, 1]));

for (const [index, html] of own('html').entries())
  test(`page ${index + 1} places a call`, async (t) => {
    const tab = await open(t, html);
    await tab.waitForFunction(() => Boolean(window.OdnixCall));
    await tab.getByText('Video call').click();
    await calls(tab);
  });

test('the module places a call', async (t) => {
  const tab = await open(t, `<script type="module">${own('js')[0]}</script>`);
  await calls(tab);
});

test('the promised size is kept', () => {
  const promised = Number(/\*\*Small\.\*\* Less than (\d+) KB/.exec(read('README.md'))?.[1] ?? assert.fail('no promise found'));
  const wasm = readdirSync(dist).find((name) => /^odnix-call-\w+\.wasm\.br$/.test(name)) ?? assert.fail('no module');
  const bytes = ['odnix-call.js.br', wasm].reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  assert.ok(bytes < promised * 1024, `${bytes} bytes`);
});

test('the lines that it shows of tools/run are the lines that the tools print', () => {
  const shown = /```\n(setup:[\s\S]*?)```/.exec(read('README.md'))?.[1] ?? assert.fail('no output shown');
  const source = ['tools/run', 'tools/setup', 'tools/bundle.mjs', 'tools/server/main.cpp', 'tools/server/server.cpp'].map(read).join('\n');
  for (const line of shown.split('\n').filter((text) => /^(setup|run): /.test(text))) {
    const said = line.replace(/^setup: /, 'say "').replace(/^run: /, 'echo "run: ');
    assert.ok(source.includes(said), line);
  }
  assert.match(source, /listening on/);
  assert.match(read('tools/run'), /Alice {2}\$origin\/as\/1\/chat\/1\//);
});
