// Every example of docs/embedding.md does what the page says, in a real browser; every code and key that it lists exists.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import ts from 'typescript';
import { WebSocketServer } from 'ws';

import { problems } from '../../web/problems.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = process.env.ODNIX_DIST ?? join(root, 'build/dist');
const text = readFileSync(join(root, 'docs/embedding.md'), 'utf8');

/** @typedef {{ heading: string, lang: string, code: string }} Snippet */
/** @type {Snippet[]} */
const snippets = [];
for (const section of text.split(/^## /m).slice(1)) {
  const heading = section.slice(0, section.indexOf('\n'));
  for (const [, lang, code] of section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) snippets.push({ heading, lang, code });
}

/** @param {string} heading @param {string} lang */
const find = (heading, lang, nth = 0) => {
  const found = snippets.filter((snippet) => snippet.heading === heading && snippet.lang === lang)[nth];
  assert.ok(found, `no ${lang} example under "${heading}"`);
  used.add(found);
  return found.code;
};
/** @type {Set<Snippet>} */
const used = new Set();

const configured = '<script>window.OdnixCallConfig = { userId: 7, chatId: 12 };</script>';
const script = '<script src="/static/odnix-call.js"></script>';
/** @type {Record<string, string>} */
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** What the next page load gets. */
const page = { body: '', headers: /** @type {Record<string, string>} */ ({}) };
/** @type {string[]} */
const sockets = [];
/** @type {string[]} */
const files = [];

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://x').pathname;
  if (!path.startsWith('/static/')) {
    response.writeHead(200, { 'content-type': 'text/html', ...page.headers });
    response.end(`<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>A chat</title><body>${page.body}`);
    return;
  }
  files.push(path);
  const wasm = readdirSync(dist).find((name) => /^odnix-call-\w+\.wasm$/.test(name)) ?? '';
  const name = path === '/static/odnix-call.wasm' ? wasm : path.slice('/static/'.length);
  try {
    const content = readFileSync(join(dist, name));
    response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
});
const upgrades = new WebSocketServer({ server });
upgrades.on('connection', (_, request) => sockets.push(request.url ?? ''));

/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';
before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  origin = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
});
after(async () => {
  await browser?.close();
  for (const client of upgrades.clients) client.terminate();
  upgrades.close();
  server.close();
});

/**
 * Opens a page made of the example, on a deep address; fails on any console error, exception or blocked resource.
 * @param {import('node:test').TestContext} t
 * @param {string} body
 * @param {Record<string, string>} [headers]
 * @param {(tab: import('playwright-core').Page) => Promise<void>} [prepare] before the page loads
 */
const open = async (t, body, headers = {}, prepare = async () => {}) => {
  Object.assign(page, { body, headers });
  sockets.length = 0;
  files.length = 0;
  const context = await browser.newContext();
  t.after(() => context.close());
  const tab = await context.newPage();
  /** @type {string[]} */
  const wrong = [];
  tab.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  tab.on('pageerror', (error) => wrong.push(String(error)));
  await tab.addInitScript(() => {
    /** @type {any} */ (window).told = [];
    for (const name of ['odnix-call-state', 'odnix-call-error'])
      window.addEventListener(name, (event) => /** @type {any} */ (window).told.push(/** @type {CustomEvent} */ (event).detail));
  });
  await prepare(tab);
  await tab.goto(`${origin}/chat/12/deep/`);
  t.after(() => assert.deepEqual(wrong, []));
  return tab;
};
/** @param {import('playwright-core').Page} tab */
const ready = async (tab) => {
  await tab.waitForFunction(() => Boolean(window.OdnixCall));
  await tab.evaluate(() => window.OdnixCall?.ready);
};
/** @param {import('playwright-core').Page} tab @param {string} state */
const reaches = (tab, state) =>
  tab.waitForFunction((wanted) => /** @type {any} */ (window).told.some((/** @type {any} */ detail) => detail.state === wanted), state);

test('the drop-in: one script, two buttons', async (t) => {
  const tab = await open(t, find('Drop-in', 'html'));
  await ready(tab);
  await tab.getByText('Audio call').click();
  await reaches(tab, 'preparing');
  assert.deepEqual(sockets.sort(), ['/ws/call/12/', '/ws/notify/']);
});

test('the script appended from JavaScript, with a query', async (t) => {
  const tab = await open(t, find('Drop-in', 'html', 1));
  await ready(tab);
  await tab.locator('#call').click();
  await reaches(tab, 'preparing');
  assert.deepEqual(sockets.sort(), ['/ws/call/12/', '/ws/notify/']);
});

test('TURN servers and a .wasm file of another name', async (t) => {
  const tab = await open(t, find('Configuration', 'html'));
  await ready(tab);
  assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).told), []);
  assert.ok(files.includes('/static/odnix-call.wasm'), String(files));
});

test('TURN servers from a function', async (t) => {
  const tab = await open(t, find('Configuration', 'html', 1), {}, async (page) => {
    await page.route('**/api/ice-servers/', (route) => route.fulfill({ json: [{ urls: 'turn:127.0.0.1:9', username: 'u', credential: 'p' }] }));
    await page.addInitScript(() => {
      const Peer = RTCPeerConnection;
      const kept = /** @type {any} */ (Object.assign(window, { used: [] }));
      const { setConfiguration } = Peer.prototype;
      Peer.prototype.setConfiguration = function (/** @type {RTCConfiguration | undefined} */ config) {
        kept.used.push(config?.iceServers);
        return setConfiguration.call(this, config);
      };
    });
  });
  await ready(tab);
  await tab.evaluate(() => window.OdnixCall?.startAudioCall());
  await reaches(tab, 'out-ringing');
  const used = await tab.evaluate(() => /** @type {any} */ (window).used);
  assert.deepEqual(used, [[{ urls: ['turn:127.0.0.1:9'], username: 'u', credential: 'p' }]]);
  assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).told.filter((/** @type {any} */ { code }) => code)), []);
});

test('states and errors reach the page', async (t) => {
  const tab = await open(t, configured + find('Events', 'html') + script);
  await ready(tab);
  await tab.evaluate(() => window.OdnixCall?.startAudioCall());
  await tab.waitForFunction(() => document.getElementById('call-state')?.textContent === 'out-ringing');
  await tab.evaluate(() => window.OdnixCall?.endCall());
  await tab.waitForFunction(() => document.getElementById('call-state')?.textContent === 'ended (cancelled)');
});

test('a client that cannot run tells the page', async (t) => {
  const tab = await open(t, find('Events', 'html') + script);
  await tab.waitForFunction(() => document.getElementById('call-state')?.textContent === 'Calls are not available on this page.');
  const [{ code, fatal }] = await tab.evaluate(() => /** @type {any} */ (window).told);
  assert.deepEqual([code, fatal], ['config-missing', true]);
});

test('a client that crashes in a call releases devices, connections, sockets and the page', async (t) => {
  const tab = await open(t, configured + find('Events', 'html') + script);
  await ready(tab);
  await tab.evaluate(() => {
    const kept = /** @type {any} */ (Object.assign(window, { tracks: [], peers: [] }));
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wish) => {
      const stream = await getUserMedia(wish);
      kept.tracks.push(...stream.getTracks());
      return stream;
    };
    kept.RTCPeerConnection = class extends RTCPeerConnection {
      /** @param {RTCConfiguration} config */
      constructor(config) {
        super(config);
        kept.peers.push(this);
      }
    };
    window.OdnixCall?.startVideoCall();
  });
  await reaches(tab, 'out-ringing');
  await tab.waitForFunction(() => /** @type {any} */ (window).tracks.length === 2); // it may ring before the devices are open
  const closed = Promise.all([...upgrades.clients].map((client) => new Promise((resolve) => client.once('close', resolve))));
  await tab.evaluate(() => {
    // An exception thrown through WASM: the next random number is for the next call.
    crypto.getRandomValues = () => { throw new Error('broken'); };
    window.OdnixCall?.startVideoCall();
  });
  await tab.waitForFunction(() => document.getElementById('call-state')?.textContent === 'Calls are not available on this page.');
  await closed;
  const left = await tab.evaluate(() => {
    const { tracks, peers, told } = /** @type {any} */ (window);
    return {
      told: told.slice(-2),
      tracks: tracks.map((/** @type {MediaStreamTrack} */ track) => track.readyState),
      peers: peers.map((/** @type {RTCPeerConnection} */ peer) => peer.connectionState),
      elements: document.querySelectorAll('#odnix-call').length,
      state: window.OdnixCall?.state,
      journal: window.OdnixCall?.debug.journal().includes('StartRequested'),
    };
  });
  assert.deepEqual(left.told.map((/** @type {any} */ { state, reason, code, fatal }) => [state ?? code, reason ?? fatal]),
                   [['ended', 'error'], ['client-crashed', true]]);
  assert.deepEqual({ ...left, told: 0 }, {
    told: 0, tracks: ['ended', 'ended'], peers: ['closed'], elements: 0, state: 'ended', journal: true,
  });
});

test('the strict policy lets it run', async (t) => {
  const [name, value] = find('Content-Security-Policy', 'http').trim().split(/: (.*)/s);
  // The page's own words are in a file, as such a policy wants it.
  const tab = await open(t, '<script src="/static/odnix-call.mjs" type="module"></script>', { [name]: value });
  await tab.evaluate(() => import(`${location.origin}/static/odnix-call.mjs`)
    .then(({ createOdnixCall }) => Object.assign(window, { calls: createOdnixCall({ userId: 7, chatId: 12 }) }).calls.ready));
  await tab.evaluate(() => /** @type {any} */ (window).calls.startVideoCall());
  await reaches(tab, 'out-ringing');
});

test('a page that only listens', async (t) => {
  const tab = await open(t, find("The page's own incoming-call banner", 'html'));
  await ready(tab);
  await tab.evaluate(() => window.OdnixCall?.startAudioCall());
  const told = await tab.evaluate(() => /** @type {any} */ (window).told.map((/** @type {any} */ detail) => detail.code));
  assert.deepEqual(told, ['no-chat']);
  assert.deepEqual(sockets, ['/ws/notify/']);
});

test('faults on purpose: those of the table, and no other', async (t) => {
  const tab = await open(t, find('Faults on purpose', 'html'));
  await ready(tab);
  await tab.locator('#stall').click(); // no call: nothing to stall, and no error
  const known = await tab.evaluate(() => {
    try {
      return void window.OdnixCall?.debug.inject?.(/** @type {any} */ ('none'));
    } catch (error) {
      return String(error);
    }
  });
  const section = text.slice(text.indexOf('## Faults on purpose'));
  const listed = [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names]) => [...names.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  assert.deepEqual(known?.split(': ').at(-1)?.split(', '), listed);
});

test('the ES module', async (t) => {
  const tab = await open(t, find('ES module', 'html'));
  await tab.waitForLoadState();
  await tab.locator('#call').click();
  await reaches(tab, 'preparing');
  assert.equal(await tab.evaluate(() => 'OdnixCall' in window), false);
});

test('the types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'odnix-types-'));
  try {
    writeFileSync(join(folder, 'page.ts'), find('ES module', 'ts'));
    symlinkSync(join(root, 'web/odnix-call.d.ts'), join(folder, 'odnix-call.d.mts'));
    for (const resolution of [
      { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
      { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ]) {
      const program = ts.createProgram([join(folder, 'page.ts')], {
        ...resolution, strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, types: [], preserveSymlinks: true,
      });
      const found = ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'));
      assert.deepEqual(found, []);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('no example is left untested', () => {
  assert.deepEqual(snippets.filter((snippet) => !used.has(snippet)).map(({ heading, lang }) => `${heading} (${lang})`), []);
});

/** First cells of the table under a heading's `| code` or `| key` line. @param {string} head */
const rows = (head) => {
  const table = text.slice(text.indexOf(`| ${head} |`)).split('\n\n')[0];
  return table.split('\n').slice(2).map((row) => row.split('|').map((cell) => cell.trim()));
};

test('the table of errors has every code of the loader and of the call machine, and no other', () => {
  const sources = ['core', 'app'].flatMap((room) =>
    readdirSync(join(root, 'src', room)).map((name) => readFileSync(join(root, 'src', room, name), 'utf8')));
  const machine = sources.flatMap((source) => [...source.matchAll(/problem\(\s*"([a-z-]+)"|"([a-z]+-unreachable)"/g)].map(([, a, b]) => a ?? b));
  assert.ok(machine.length >= 4, 'the call machine reports nothing?');
  const documented = rows('code').map(([, code]) => code.replaceAll('`', ''));
  assert.deepEqual(documented.sort(), [...new Set([...Object.keys(problems), ...machine])].sort());
});

test('the table of errors says which are fatal', () => {
  for (const [, code, fatal] of rows('code')) {
    const known = problems[code.replaceAll('`', '')];
    if (known) assert.equal(fatal, known.fatal ? 'yes' : 'no', code);
  }
});

test('the table of the configuration has every key that is typed', () => {
  const typed = readFileSync(join(root, 'web/odnix-call.d.ts'), 'utf8').match(/interface OdnixCallConfig \{([\s\S]*?)\n\}/)?.[1] ?? '';
  const keys = [...typed.matchAll(/^ {2}(\w+)\??:/gm)].map(([, key]) => key);
  const documented = rows('key').flatMap(([, key]) => [...key.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  assert.deepEqual(documented.sort(), keys.sort());
});
