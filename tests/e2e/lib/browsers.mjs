/**
 * Browsers and their ends. A pool belongs to one worker: a test that asks for the same kind of browser as the test
 * before gets the same process with a fresh context, two people of one call never share a process.
 */
import { existsSync } from 'node:fs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** The same browser without its windows: a page costs less than half. It asks nobody for devices, so it gives them unasked. */
const SHELL = '/usr/bin/chromium-headless-shell';
const UNASKED = '--use-fake-ui-for-media-stream';
export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/**
 * @typedef {object} Kind
 * @property {string} who whose picture and tone
 * @property {boolean} [camera] false: a machine without a camera
 * @property {string[]} [args] further switches
 * @property {boolean} [whole] a browser with windows, whatever it costs: permissions matter, or its windows
 *
 * @typedef {{ key: string, pid: number, browser: import('playwright-core').Browser, busy: boolean, dead: boolean }} Chromium
 */

/** Firefox: fake devices, no questions asked, candidates that work on one machine without a network. */
export const FIREFOX_PREFS = {
  'media.navigator.streams.fake': true,
  'media.navigator.audio.fake_frequency': 1000, // the tone of LOOKS.bob
  'media.navigator.permission.disabled': true,
  'permissions.default.camera': 1,
  'permissions.default.microphone': 1,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.gmp-manager.updateEnabled': false,
  'app.update.auto': false,
};

export const hasFirefox = () => existsSync(FIREFOX);

/** Switches of ours, and those of the driver that would undo them: a muted browser captures a silent tab. */
const UNDONE = [['--auto-select-tab', '--mute-audio'], ['--enable-features=BackForwardCache', '--disable-back-forward-cache']];

export class Pool {
  /** @type {Chromium[]} */ #all = [];
  /** @type {import('puppeteer-core').Browser[]} */ #firefoxes = [];

  /** @param {Record<string, { video: string, audio: string }>} media files by person */
  constructor(media) {
    this.media = media;
  }

  /** @param {Kind} kind @param {boolean} [fresh] a process that nobody used before @returns {Promise<Chromium>} */
  async chromium(kind, fresh = false) {
    const shell = !kind.whole && !kind.args && !process.env.CHROMIUM && existsSync(SHELL);
    const key = JSON.stringify([kind.who, kind.camera !== false, kind.args ?? [], shell]);
    const idle = this.#all.find((entry) => entry.key === key && !entry.busy && !entry.dead);
    if (idle && !fresh) {
      idle.busy = true;
      return idle;
    }
    // Keep at most four processes per worker: close the oldest idle one.
    const spare = this.#all.find((entry) => !entry.busy);
    if (this.#all.length >= 4 && spare) await this.discard(spare);
    const { chromium } = await import('playwright-core');
    const files = this.media[kind.who];
    const capture = kind.camera === false
      ? ['--use-fake-device-for-media-stream=device-count=0', `--use-file-for-fake-audio-capture=${files.audio}`]
      : kind.args?.some((arg) => arg.startsWith('--use-fake-device'))
        ? [`--use-file-for-fake-audio-capture=${files.audio}`] // a file is one camera, however many are wished for
        : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${files.video}`,
           `--use-file-for-fake-audio-capture=${files.audio}`];
    const browser = await chromium.launch({
      executablePath: shell ? SHELL : CHROMIUM,
      args: [...capture, ...(shell ? [UNASKED] : []), ...(kind.args ?? [])],
      ignoreDefaultArgs: UNDONE.filter(([by]) => kind.args?.some((arg) => arg.startsWith(by))).map(([, what]) => what),
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const pid = processInfo.find((info) => info.type === 'browser')?.id ?? 0;
    const entry = { key, pid, browser, busy: true, dead: false };
    browser.on('disconnected', () => { entry.dead = true; });
    this.#all.push(entry);
    return entry;
  }

  /** Back into the pool. @param {Chromium} entry */
  release(entry) {
    entry.busy = false;
    if (entry.dead) this.#all.splice(this.#all.indexOf(entry), 1);
  }

  /** Ends it, by its own means or by its pid. @param {Chromium} entry */
  async discard(entry) {
    const index = this.#all.indexOf(entry);
    if (index >= 0) this.#all.splice(index, 1);
    if (entry.dead) return;
    const timer = setTimeout(() => kill(entry.pid), 5000);
    await entry.browser.close().catch(() => {});
    clearTimeout(timer);
  }

  async firefox() {
    const { default: puppeteer } = await import('puppeteer-core');
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath: FIREFOX, headless: true, extraPrefsFirefox: FIREFOX_PREFS,
      handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    });
    this.#firefoxes.push(browser);
    return browser;
  }

  /** @param {import('puppeteer-core').Browser} browser */
  async discardFirefox(browser) {
    this.#firefoxes.splice(this.#firefoxes.indexOf(browser), 1);
    const timer = setTimeout(() => kill(browser.process()?.pid ?? 0), 5000);
    await browser.close().catch(() => {});
    clearTimeout(timer);
  }

  async close() {
    await Promise.all([
      ...[...this.#all].map((entry) => this.discard(entry)),
      ...[...this.#firefoxes].map((browser) => this.discardFirefox(browser)),
    ]);
  }

  /** At once, for signals. */
  kill() {
    for (const entry of this.#all) if (!entry.dead) kill(entry.pid);
    for (const browser of this.#firefoxes) kill(browser.process()?.pid ?? 0);
  }
}

/** @param {number} pid */
export function kill(pid) {
  if (!pid) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
