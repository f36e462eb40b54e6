// node tools/costs.mjs [--write]
//
// What a call costs the chat's server, in messages and bytes, and how fast the call machine is. --write puts the tables
// into docs/costs.md. Needs the shipped files, the development server and odnix-steps:
//   cmake --build --preset native-release --target odnix-dev-server odnix-steps
//   cmake --build --preset wasm-release --target odnix_call odnix-steps && node tools/bundle.mjs
//
// One Chromium with a window for each person and the browser's own fake devices: messages do not depend on pictures.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { DevServer, root } from '../tests/e2e/lib/dev-server.mjs';

const BEGIN = '<!-- written by tools/costs.mjs -->';
const END = '<!-- end of the written part -->';
const TALK_MS = 60000;

/** @typedef {{ id: number, name: string }} User @typedef {import('playwright-core').Page} Page */
const users = Array.from({ length: 8 }, (_, i) => ({ id: i + 1, name: `Person ${i + 1}` }));
const groups = [3, 4, 5, 6, 7, 8];
const accounts = {
  users,
  chats: [{ id: 1, kind: 'private', members: [1, 2] }, { id: 2, kind: 'private', members: [1, 2] },
    ...groups.map((size) => ({ id: size * 10, kind: 'group', members: users.slice(0, size).map(({ id }) => id) }))],
};
const calls = [
  { what: 'audio, one to one', chat: 1, people: 2, media: 'audio' },
  { what: 'video, one to one', chat: 2, people: 2, media: 'video' },
  ...groups.map((people) => ({ what: `group of ${people}`, chat: people * 10, people, media: 'video' })),
];

const server = await DevServer.start({ folder: join(root, 'build/costs'), slots: 0, accounts });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});

/** @param {Page} page @param {string} state */
const reaches = (page, state) =>
  page.waitForFunction((wanted) => /** @type {any} */ (window).OdnixCall?.state === wanted, state, { timeout: 60000 });
/** @param {Page} page @param {string} control */
const press = (page, control) => page.locator(`#odnix-call [data-control="${control}"]`).click({ force: true, timeout: 60000 });
const counted = async () => {
  const frames = await server.frames(...users.map(({ id }) => id));
  return { count: frames.length, bytes: frames.reduce((sum, { size }) => sum + size, 0) };
};

/** @param {typeof calls[number]} call */
async function measure({ what, chat, people, media }) {
  const pages = await Promise.all(users.slice(0, people).map(async ({ id }) => {
    const context = await browser.newContext({ viewport: { width: 500, height: 400 } });
    await context.addInitScript(() => {
      const page = /** @type {any} */ (window);
      page.connections = [];
      page.RTCPeerConnection = new Proxy(page.RTCPeerConnection, {
        construct: (target, args) => page.connections[page.connections.push(new target(...args)) - 1],
      });
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/as/${id}/chat/${chat}/`);
    await page.waitForSelector('#call-video:enabled');
    await page.waitForTimeout(500); // its sockets
    return page;
  }));
  const start = await counted();
  await pages[0].click(`#call-${media}`);
  for (const page of pages.slice(1)) {
    await reaches(page, 'in-ringing');
    await press(page, 'accept');
    await reaches(page, 'active');
  }
  for (const page of pages)
    await page.waitForFunction((links) => /** @type {any} */ (window).connections.filter(
      (/** @type {RTCPeerConnection} */ peer) => peer.connectionState === 'connected').length === links, people - 1, { timeout: 60000 });
  await pages[0].waitForTimeout(3000); // late candidates and acknowledgements
  const connected = await counted();
  await pages[0].waitForTimeout(TALK_MS);
  const talked = await counted();
  for (const page of pages) if (await page.evaluate(() => /** @type {any} */ (window).OdnixCall.state) === 'active') await press(page, 'hang-up');
  await pages[0].waitForTimeout(2500);
  const end = await counted();
  await Promise.all(pages.map((page) => page.context().close()));
  const kilo = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1);
  const begin = connected.count - start.count;
  const bytes = connected.bytes - start.bytes;
  const minute = 60000 / TALK_MS;
  return `| ${[what, begin, kilo(bytes), kilo(bytes * (people - 1)), (talked.count - connected.count) * minute,
    kilo((talked.bytes - connected.bytes) * minute), end.count - talked.count].join(' | ')} |`;
}

/** @param {string} command @param {string[]} args @returns {{ calls: number, steps: number }} */
const speed = (command, args) => JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
const wasm = ['js', 'mjs'].map((ending) => join(root, `build/wasm-release/odnix-steps.${ending}`)).find((path) => existsSync(path));
if (!wasm) throw new Error('odnix-steps is not built for WebAssembly');

const rows = [];
for (const call of calls) {
  rows.push(await measure(call));
  console.log(rows.at(-1));
}
await browser.close();
await server.stop();
const round = (/** @type {number} */ number) => Math.round(number / 1000) * 1000;
const lines = [
  BEGIN, '',
  '| call | messages until all are connected | kB in | kB out | messages a minute after | kB in a minute | messages to end it |',
  '|---|--:|--:|--:|--:|--:|--:|', ...rows, '',
  '| one core | steps a second | calls a second |', '|---|--:|--:|',
  ...Object.entries({ native: speed(join(root, 'build/native-release/odnix-steps'), []), 'WebAssembly, node': speed(process.execPath, [wasm]) })
    .map(([where, { steps, calls }]) => `| ${where} | ${round(steps).toLocaleString('en')} | ${round(calls).toLocaleString('en')} |`),
  '', END,
];
console.log(lines.join('\n'));
if (process.argv.includes('--write')) {
  const page = join(root, 'docs/costs.md');
  const old = readFileSync(page, 'utf8');
  writeFileSync(page, old.slice(0, old.indexOf(BEGIN)) + lines.join('\n') + old.slice(old.indexOf(END) + END.length));
}
