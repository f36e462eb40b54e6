#!/usr/bin/env node
// tools/pictures/calls.mjs [--out build/pictures/calls] [--only <name>[,…]]
//
// Takes the pictures of docs/screens.md from real calls: the development server, one Chromium per person, cameras fed
// with drawn people, the release module. Needs build/dist and odnix-dev-server (tools/run makes both).

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { film, PEOPLE } from './people.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'build/pictures/calls') }, only: { type: 'string' } },
});
const out = resolve(/** @type {string} */ (options.out));
mkdirSync(out, { recursive: true });
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const DESKTOP = { width: 1280, height: 800, scale: 1 };
const LAPTOP = { width: 960, height: 600, scale: 2 };
const PHONE = { width: 390, height: 844, scale: 2 };
/** @typedef {{ width: number, height: number, scale: number }} Screen */

/** User numbers of tools/server/accounts.json. */
const USERS = { alice: 1, bob: 2, ananya: 3, laila: 4 };
/** @typedef {keyof typeof USERS} Name */

/** @type {(() => unknown)[]} */
const ends = [];
process.on('exit', () => server.kill());

const server = spawn(join(root, 'build/native-release/odnix-dev-server'), [
  '--port', '0', '--accounts', join(root, 'tools/server/accounts.json'),
  '--www', join(root, 'build/dist'), '--www', join(root, 'shell'),
], { stdio: ['ignore', 'pipe', 'inherit'] });
/** @type {string} */
const url = await new Promise((done) => {
  server.stdout.on('data', (text) => {
    const found = /http:\/\/[^\s]+/.exec(String(text));
    if (found) done(found[0].replace(/\/$/, ''));
  });
});

/** The file that a person's camera shows, made once. @param {Name} name */
async function camera(name) {
  const file = join(out, `${name}.y4m`);
  if (!existsSync(file)) {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    console.log(`drawing ${name} …`);
    writeFileSync(file, await film(await browser.newPage(), PEOPLE[name]));
    await browser.close();
  }
  return file;
}

/** A person in front of a page. @param {Name} name @param {string} path @param {Screen} screen @param {string[]} [args] */
async function person(name, path, screen, args = []) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${await camera(name)}`, `--force-device-scale-factor=${screen.scale}`, ...args],
  });
  ends.push(() => browser.close());
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height }, deviceScaleFactor: screen.scale, permissions: ['camera', 'microphone'],
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  await page.goto(`${url}/as/${USERS[name]}${path}`);
  await page.waitForFunction(() => Boolean(/** @type {any} */ (window).OdnixCall));
  await page.evaluate(() => /** @type {any} */ (window).OdnixCall.ready);
  await page.waitForTimeout(500);
  const client = {
    page,
    shot: (/** @type {string} */ file) => page.screenshot({ path: join(out, `${file}.jpg`), type: 'jpeg', quality: 88 }),
    start: (/** @type {boolean} */ video) => page.evaluate((wish) => {
      const api = /** @type {any} */ (window).OdnixCall;
      return wish ? api.startVideoCall() : api.startAudioCall();
    }, video),
    /** Waits for a state of the call. @param {string} state */
    is: (state) => page.waitForFunction((wanted) => /** @type {any} */ (window).OdnixCall.state === wanted, state),
    /** Presses what is drawn, with the mouse. @param {string} control */
    press: async (control) => {
      const at = await page.waitForFunction((id) => {
        const rect = document.querySelector('#odnix-call')?.shadowRoot?.querySelector(`[data-control="${id}"]`)?.getBoundingClientRect();
        return rect && rect.width > 0 && { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
      }, control);
      const { x, y } = /** @type {{ x: number, y: number }} */ (await at.jsonValue());
      await page.mouse.click(x, y);
    },
    /** Moves the mouse, so that the controls show. */
    stir: async () => {
      await page.mouse.move(screen.width / 2, screen.height / 2 - 20);
      await page.mouse.move(screen.width / 2, screen.height / 2);
      await page.waitForTimeout(300);
    },
    wait: (/** @type {number} */ ms) => page.waitForTimeout(ms),
  };
  return client;
}

/** What is photographed, by the name that --only knows. @type {Record<string, () => Promise<void>>} */
const scenes = {
  async video() {
    const bob = await person('bob', '/chat/1/', DESKTOP);
    const alice = await person('alice', '/chat/1/', PHONE);
    await alice.start(true);
    await bob.is('in-ringing');
    await bob.wait(1200);
    await bob.shot('incoming');
    await alice.shot('outgoing-phone');
    await bob.press('accept');
    await Promise.all([alice.is('active'), bob.is('active')]);
    await bob.wait(6000);
    await bob.stir();
    await bob.shot('video-call');
    await alice.page.mouse.click(PHONE.width / 2, PHONE.height / 3);
    await alice.wait(400);
    await alice.shot('video-call-phone');
    await bob.stir();
    await bob.press('microphone');
    await bob.press('camera');
    await bob.wait(800);
    await bob.shot('video-call-muted');
    await alice.press('hang-up');
    await bob.is('ended');
    await bob.wait(400);
    await bob.shot('ended');
  },
  async narrow() {
    const bob = await person('bob', '/chat/1/', DESKTOP);
    const alice = await person('alice', '/chat/1/', PHONE);
    await bob.page.evaluate(() => { // as a line of 40 kbit/s looks to a browser
      const real = RTCPeerConnection.prototype.getStats;
      /** @type {any} */ (RTCPeerConnection.prototype).getStats = async function getStats() {
        const all = await real.call(this);
        return new Map([...all].map(([id, stat]) => [id, 'availableOutgoingBitrate' in stat ? { ...stat, availableOutgoingBitrate: 40000 } : stat]));
      };
    });
    await alice.start(true);
    await bob.is('in-ringing');
    await bob.press('accept');
    await bob.is('active');
    await bob.page.waitForFunction(() => document.querySelector('#odnix-call')?.shadowRoot?.textContent?.includes('your picture is paused'));
    await bob.wait(800);
    await bob.stir();
    await bob.shot('video-call-paused');
    await alice.press('hang-up');
  },
  async audio() {
    const alice = await person('alice', '/chat/1/', LAPTOP);
    const bob = await person('bob', '/dashboard/', PHONE);
    await alice.start(false);
    await bob.is('in-ringing');
    await alice.wait(1200);
    await alice.shot('outgoing-audio');
    await bob.shot('incoming-phone');
    await bob.press('accept');
    await Promise.all([alice.is('active'), bob.is('active')]);
    await alice.wait(3000);
    await alice.stir();
    await alice.shot('audio-call');
    await bob.shot('audio-call-phone');
    await bob.press('hang-up');
    await alice.is('ended');
    await alice.start(false);
    await bob.is('in-ringing');
    await bob.press('decline');
    await alice.is('ended');
    await alice.wait(500);
    await alice.shot('declined');
  },
  async group() {
    const alice = await person('alice', '/chat/2/', DESKTOP);
    const others = [await person('bob', '/chat/2/', LAPTOP), await person('ananya', '/chat/2/', LAPTOP), await person('laila', '/chat/2/', PHONE)];
    await alice.start(true);
    for (const other of others) await other.is('in-ringing');
    await others[2].wait(1000);
    await others[2].shot('incoming-group-phone');
    for (const other of others) {
      await other.press('accept');
      await other.is('active');
    }
    await alice.wait(8000);
    await others[1].press('microphone');
    await alice.wait(500);
    await alice.stir();
    await alice.shot('group-call');
    await others[2].page.mouse.click(PHONE.width / 2, PHONE.height / 3);
    await alice.wait(400);
    await others[2].shot('group-call-phone');
    for (const one of [alice, others[0], others[1]]) await one.press('hang-up');
  },
  async share() {
    const title = 'What Alice shares';
    const alice = await person('alice', '/chat/1/', LAPTOP, [`--auto-select-tab-capture-source-by-title=${title}`]);
    const bob = await person('bob', '/chat/1/', DESKTOP);
    const tab = await alice.page.context().newPage();
    await tab.setContent(`<title>${title}</title>
      <body style="margin:0;padding:5vh 7vw;background:#f6f4ee;color:#222;font:1.6vw/1.5 sans-serif">
      <h1 style="font-size:3.4vw;margin:0">Garden plan</h1><p>Beds for spring, seen from the kitchen door.</p>
      <svg viewBox="0 0 860 330" style="width:100%">
        <rect width="860" height="330" rx="14" fill="#dfe8d2"/>
        ${['Peas', 'Carrots', 'Onions', 'Beans', 'Herbs', 'Potatoes'].map((crop, i) => {
          const [x, y] = [30 + (i % 3) * 275, 30 + Math.floor(i / 3) * 145];
          return `<rect x="${x}" y="${y}" width="250" height="120" rx="10" fill="hsl(${95 + i * 14} 38% ${44 + i * 4}%)"/>
            <text x="${x + 125}" y="${y + 70}" text-anchor="middle" font-size="28" fill="#fff">${crop}</text>`;
        }).join('')}
      </svg><i id="alive" style="position:absolute;right:7vw;top:6vh"></i></body>`);
    // A tab in which nothing changes sends no pictures.
    await tab.evaluate(() => setInterval(() => {
      /** @type {HTMLElement} */ (document.querySelector('#alive')).textContent = new Date().toLocaleTimeString('en-GB');
    }, 200));
    await alice.start(true);
    await bob.is('in-ringing');
    await bob.press('accept');
    await Promise.all([alice.is('active'), bob.is('active')]);
    await alice.wait(4000);
    await alice.stir();
    await alice.press('share');
    await bob.page.waitForFunction(() => {
      const screen = /** @type {HTMLVideoElement | null | undefined} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('video.screen.shown'));
      return Boolean(screen && screen.videoWidth > 640);
    });
    await bob.wait(6000);
    await bob.stir();
    await bob.shot('shared-screen');
    await alice.stir();
    await alice.shot('sharing');
    await alice.press('hang-up');
  },
  async plain() {
    const bob = await person('bob', '/chat/1/', LAPTOP, ['--disable-3d-apis']);
    const alice = await person('alice', '/chat/1/', PHONE);
    await alice.start(true);
    await bob.is('in-ringing');
    await bob.press('accept');
    await bob.is('active');
    await bob.wait(2500);
    await bob.stir();
    await bob.shot('without-webgl');
    await bob.press('hang-up');
  },
};

try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (options.only && !options.only.split(',').includes(name)) continue;
    console.log(`taking ${name} …`);
    await scene();
    for (const end of ends.splice(0)) await end();
  }
  console.log(`pictures in ${out}`);
} finally {
  for (const end of ends.splice(0)) await end();
  server.kill();
}
