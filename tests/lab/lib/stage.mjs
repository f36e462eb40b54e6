/** What a row gets: the network, the servers on it, two people with browsers of their own, and what they live through. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slot } from '../../e2e/lib/accounts.mjs';
import { FIREFOX, FIREFOX_PREFS, hasFirefox } from '../../e2e/lib/browsers.mjs';
import { establish } from '../../e2e/lib/calls.mjs';
import { DevServer } from '../../e2e/lib/dev-server.mjs';
import { Person, WATCHER, noErrors } from '../../e2e/lib/person.mjs';
import { Skip, eventually } from '../../e2e/lib/registry.mjs';
import { bring } from './bring-port.mjs';
import { picturesSince, soundSince } from './flow.mjs';
import { whyNoRelay } from './inside.mjs';
import { Net, RELAYS, SERVER } from './net.mjs';
import { Relay } from './relay.mjs';

const PROBE = readFileSync(new URL('flow-probe.js', import.meta.url), 'utf8');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PORT = 8080;
const ORIGIN = `http://${SERVER}:${PORT}`;
const IDS = slot(0);

/**
 * @typedef {import('./net.mjs').Side} Side
 * @typedef {{ url?: string, urls?: string | string[], username?: string, credential?: string }[]} Ice
 * @typedef {object} Setting
 * @property {import('./net.mjs').Nat} [nat]
 * @property {number} [relays] how many TURN servers run
 * @property {number} [seed]
 * @property {boolean} [fox] Bob has Firefox
 * @property {string[]} [www] further folders of pages
 */

/** A script of the page that changes what it hands to the client. @param {string} config see `person` */
const changing = (config) => `{ let kept; Object.defineProperty(window, 'OdnixCallConfig', {
  get: () => kept, set: (config) => { kept = config; ${config} } }); }`;

export class Stage {
  /** @type {Person[]} */ people = [];
  /** @type {Relay[]} */ relays = [];
  /** @type {DevServer | undefined} */ server;
  /** Bob has Firefox. */ fox = false;
  /** @type {(() => Promise<unknown> | void)[]} */ #ends = [];

  /** @param {Net} net @param {string} folder @param {Record<string, { video: string, audio: string }>} media */
  constructor(net, folder, media) {
    this.net = net;
    this.folder = folder;
    this.media = media;
  }

  /** @param {Setting} setting @param {string} folder @param {Record<string, { video: string, audio: string }>} media */
  static async up({ nat, relays = 0, seed, www, fox = false }, folder, media) {
    if (relays > 0 && whyNoRelay()) throw new Skip(whyNoRelay());
    mkdirSync(folder, { recursive: true });
    const stage = new Stage(await Net.up({ nat, seed }), folder, media);
    stage.fox = fox;
    try {
      stage.server = await DevServer.start({ folder, slots: 1, port: PORT, bind: SERVER, www });
      stage.relays = await Promise.all(RELAYS.slice(0, relays).map((address) => Relay.start(folder, address)));
      return stage;
    } catch (error) {
      await stage.end();
      throw error;
    }
  }

  /** A program in place of the browser that runs it in this person's namespace. @param {Side} side @param {string} browser */
  #wrapped(side, browser) {
    const path = join(this.folder, `${basename(browser)}-${side}`);
    const command = this.net.within(side, [browser]).map((word) => `'${word}'`).join(' ');
    writeFileSync(path, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
    return path;
  }

  /** A browser behind this person's router. @param {Side} side @param {string[]} [args] */
  async browser(side, args = []) {
    const { chromium } = await import('playwright-core');
    const files = this.media[side];
    const browser = await chromium.launch({
      executablePath: this.#wrapped(side, CHROMIUM),
      args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${files.video}`,
        `--use-file-for-fake-audio-capture=${files.audio}`, `--unsafely-treat-insecure-origin-as-secure=${ORIGIN}`,
        '--ignore-certificate-errors', ...args], // the relay's certificate is our own
      handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    });
    this.#ends.push(() => Promise.race([browser.close(), new Promise((resolve) => { setTimeout(resolve, 5000); })]));
    return browser;
  }

  /**
   * @param {Side} side @param {{ ice?: Ice, config?: string, expects?: RegExp[], args?: string[] }} [setting]
   *   config: a script that may change `config` before the page hands it to the client
   */
  async person(side, { ice = [], config = '', expects = [], args = [] } = {}) {
    const browser = await this.browser(side, args);
    const context = await browser.newContext({ viewport: { width: 800, height: 500 } });
    await context.grantPermissions(['camera', 'microphone'], { origin: ORIGIN });
    for (const script of [WATCHER, PROBE]) await context.addInitScript({ content: script });
    if (config) await context.addInitScript({ content: changing(config) });
    const page = await context.newPage();
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const pid = processInfo.find((info) => info.type === 'browser')?.id ?? 0;
    return this.#seat(new Person(side, IDS[side], page, { context, pid, close: () => browser.close() }), ice, expects);
  }

  /**
   * A person in Firefox ESR. Its driver needs a port of the namespace it runs in.
   * @param {Side} side @param {{ ice?: Ice, config?: string, expects?: RegExp[] }} [setting]
   */
  async firefox(side, { ice = [], config = '', expects = [] } = {}) {
    if (!hasFirefox()) throw new Skip('firefox-esr is not installed');
    const { default: puppeteer } = await import('puppeteer-core');
    const port = 9300;
    const socket = join(tmpdir(), `odnix-lab-${randomUUID()}`);
    await this.net.serve(side, [process.execPath, fileURLToPath(new URL('bring-port.mjs', import.meta.url)), 'serve', socket, String(port)]);
    const here = await bring(socket, port);
    this.#ends.push(() => { here.close(); rmSync(socket, { force: true }); });
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath: this.#wrapped(side, FIREFOX), headless: true, debuggingPort: port,
      extraPrefsFirefox: { ...FIREFOX_PREFS, 'dom.securecontext.allowlist': SERVER },
      handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    });
    this.#ends.push(() => Promise.race([browser.close(), pause(5000)]).finally(() => browser.process()?.kill('SIGKILL')));
    const page = await browser.newPage();
    for (const script of [WATCHER, PROBE, ...(config ? [changing(config)] : [])]) await page.evaluateOnNewDocument(script);
    const home = { pid: browser.process()?.pid ?? 0, close: () => browser.close() };
    return this.#seat(new Person(side, IDS[side], /** @type {any} */ (page), home), ice, expects);
  }

  /** @param {Person} person @param {Ice} ice @param {RegExp[]} expects */
  async #seat(person, ice, expects) {
    this.people.push(person);
    person.expects(/net::ERR_|WebSocket connection to|can.t establish a connection|was interrupted|WebRTC: ICE failed/, ...expects); // the network is bad on purpose
    await person.page.goto(`${ORIGIN}/as/${person.user}/chat/${IDS.chat}/?ice=${encodeURIComponent(JSON.stringify(ice))}`);
    await person.ready();
    return person;
  }

  /** @param {Parameters<Stage['person']>[1]} [alice] @param {Parameters<Stage['person']>[1]} [bob] */
  pair(alice = {}, bob = alice) {
    return Promise.all([this.person('alice', alice), this.fox ? this.firefox('bob', bob) : this.person('bob', bob)]);
  }

  /**
   * Both on their pages, in a call, with sound and picture flowing.
   * @param {Parameters<Stage['person']>[1]} [alice] @param {Parameters<Stage['person']>[1]} [bob]
   */
  async talking(alice, bob) {
    const pair = await this.pair(alice, bob);
    await establish(pair[0], pair[1]);
    await this.flowing(0);
    return pair;
  }

  /** Sound and picture flow for both. @param {number} since @param {number} [timeout] */
  async flowing(since, timeout = 20000) {
    await Promise.all(this.people.map((person) =>
      eventually(async () => {
        const list = await samples(person);
        return { sound: soundSince(list, since), picture: picturesSince(list, since) };
      }, ({ sound, picture }) => sound !== null && picture !== null, `${person.name} hearing and seeing`, timeout)));
  }

  /** What the client said in words since then, each text once. @param {Person} person @param {number} since */
  async words(person, since) {
    const all = await person.ask(() => window.__lab.shown);
    return all.filter(({ at, text }) => at >= since && text !== '').map(({ at, text }) => ({ at: at - since, text }));
  }

  /** Errors nobody declared. */
  verify() {
    for (const person of this.people) noErrors(person);
  }

  async diagnose() {
    await Promise.all(this.people.map((person) => person.diagnose(this.folder)));
    for (const { address, log } of this.relays) writeFileSync(join(this.folder, `${address}.log`), log);
    for (const person of this.people) {
      const kept = await Promise.race([person.ask(() => ({ ...window.__lab })).catch(() => null), pause(3000)]);
      if (kept) writeFileSync(join(this.folder, `${person.name}.flow.json`), JSON.stringify(kept));
    }
  }

  async end() {
    for (const end of this.#ends.reverse()) await Promise.resolve(end()).catch(() => {});
    for (const relay of this.relays) relay.stop();
    await this.server?.stop().catch(() => {});
    this.net.down();
  }
}

/** @param {number} ms time in which the network is as it is: the fault itself, not a wait for something */
export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** @param {Person} person @returns {Promise<LabSample[]>} */
export const samples = (person) => person.ask(() => window.__lab.samples);

export { IDS, ORIGIN };
