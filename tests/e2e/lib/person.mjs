/// <reference path="./types.d.ts" />
/**
 * One person in front of one page: acts as a person does (mouse, keyboard), sees, hears, and remembers everything the
 * page said. Works with playwright's Chromium pages and puppeteer's Firefox pages alike.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, check, eventually } from './registry.mjs';

export const WATCHER = readFileSync(new URL('in-page.js', import.meta.url), 'utf8');

/**
 * @typedef {{ kind: string, at: number, state?: string, reason?: string, code?: string, message?: string,
 *             fatal?: boolean, text?: string, [more: string]: unknown }} Told
 * @typedef {import('playwright-core').Page} Page
 */

export class Person {
  /** @type {Told[]} what the page told, in order */ told = [];
  /** @type {string[]} */ console = [];
  /** @type {string[]} errors nobody declared */ errors = [];
  /** @type {RegExp[]} */ #expected = [];
  /** @type {Set<() => void>} */ #listeners = new Set();
  #cursor = 0;
  gone = false;

  /**
   * @param {string} name @param {number} user
   * @param {Page} page a playwright page, or a puppeteer page, which answers to the same calls used here
   * @param {{ context?: import('playwright-core').BrowserContext, pid: number, close: () => Promise<void> }} home
   */
  constructor(name, user, page, home) {
    this.name = name;
    this.user = user;
    this.page = page;
    this.home = home;
    page.on('console', (message) => this.#hear(message.type(), message.text()));
    page.on('pageerror', (error) => this.#fail(`page error: ${error?.stack ?? error}`));
  }

  /** Declares an error that this test wants to happen. @param {...RegExp} patterns */
  expects(...patterns) {
    this.#expected.push(...patterns);
    this.errors = this.errors.filter((text) => !patterns.some((pattern) => pattern.test(text)));
  }

  /** @param {string} type @param {string} text */
  #hear(type, text) {
    if (text.startsWith('@e2e ')) {
      const told = /** @type {Told} */ (JSON.parse(text.slice(5)));
      this.told.push(told);
      this.console.push(`${Math.round(told.at) % 1000000} ${text}`);
      if (told.kind === 'rejection') this.#fail(`unhandled rejection: ${told.text}`);
      if (told.code === 'client-crashed') this.#fail(`the client crashed: ${told.message}`);
      for (const listener of this.#listeners) listener();
      return;
    }
    this.console.push(`[${type}] ${text}`);
    // What goes wrong inside the client's own drawing is only a warning to the browser.
    if (type === 'error' || /WebGL: INVALID|\[odnix-call\] ERROR/.test(text)) this.#fail(`console ${type}: ${text}`);
  }

  /** @param {string} text */
  #fail(text) {
    this.console.push(text);
    if (!this.#expected.some((pattern) => pattern.test(text))) this.errors.push(text);
  }

  /**
   * The first thing told after what was waited for last (or from `since` on) that pleases.
   * @param {(told: Told) => boolean} pleases @param {string} what @param {{ timeout?: number, since?: number }} [options]
   * @returns {Promise<Told>}
   */
  until(pleases, what, { timeout = 20000, since = this.#cursor } = {}) {
    const look = () => this.told.findIndex((told, index) => index >= since && pleases(told));
    return new Promise((resolve, reject) => {
      const step = () => {
        const index = look();
        if (index < 0) return;
        done();
        this.#cursor = index + 1;
        resolve(this.told[index]);
      };
      const timer = setTimeout(() => {
        done();
        const states = this.told.map((told) => told.state ?? told.code ?? told.kind).join(', ');
        reject(new Failure(`${this.name}: ${what} not within ${timeout} ms (told so far: ${states || 'nothing'})`));
      }, timeout);
      const done = () => {
        clearTimeout(timer);
        this.#listeners.delete(step);
      };
      this.#listeners.add(step);
      step();
    });
  }

  /** @param {string} state @param {{ timeout?: number, since?: number }} [options] */
  reaches(state, options) {
    return this.until((told) => told.kind === 'state' && told.state === state, `state "${state}"`, options);
  }

  /** @param {{ timeout?: number, since?: number }} [options] the next odnix-call-error */
  complains(options) {
    return this.until((told) => told.kind === 'error', 'an odnix-call-error', options);
  }

  /** Forget what was told: the next wait begins here. */
  fromNow() {
    this.#cursor = this.told.length;
    return this;
  }

  /** States told since the start of the test. */
  states() {
    return this.told.filter((told) => told.kind === 'state').map((told) => String(told.state));
  }

  /**
   * @template R, A @param {(argument: A) => R} run @param {A} [argument] @returns {Promise<Awaited<R>>}
   */
  ask(run, argument) {
    return /** @type {any} */ (this.page).evaluate(run, argument);
  }

  /** The client is on the page and runs. */
  async ready() {
    await eventually(() => this.ask(() => Boolean(window.OdnixCall)), Boolean, `window.OdnixCall on ${this.name}'s page`);
    await this.ask(() => window.OdnixCall?.ready);
  }

  /** Every socket that the page opened is open: from now on it hears what is said. */
  async listens() {
    await eventually(() => this.ask(() => window.__e2e.sockets.every((socket) => socket.readyState !== WebSocket.CONNECTING)),
                     Boolean, `${this.name}'s sockets`);
  }

  /**
   * Where a control is, once it is there and stands still: a picture that just changed may still move it.
   * @param {string} id @param {number} [timeout]
   */
  async control(id, timeout = 15000) {
    const at = await eventually(() => this.ask((name) => window.__e2e.controlAtRest(name), id), (rect) => rect !== null,
                                `${this.name}'s control "${id}"`, timeout);
    return /** @type {NonNullable<typeof at>} */ (at);
  }

  /** A real mouse click in the middle of a control of the client. @param {string} id @param {number} [timeout] */
  async press(id, timeout) {
    const at = await this.control(id, timeout);
    await this.page.mouse.move(at.x - 3, at.y - 3);
    await this.page.mouse.click(at.x, at.y);
  }

  /** A real mouse click on something of the page itself. @param {string} selector */
  async click(selector) {
    await eventually(() => this.ask((s) => document.querySelector(s) !== null, selector), Boolean, `${selector} on ${this.name}'s page`);
    await this.page.click(selector);
  }

  /** The text the client shows. */
  shown() {
    return this.ask(() => window.__e2e.texts());
  }

  /** @param {RegExp} pattern @param {number} [timeout] */
  async reads(pattern, timeout) {
    await eventually(() => this.shown(), (text) => pattern.test(text), `${this.name} reading ${pattern}`, timeout);
  }

  /** Saves what a person who debugs a failed test wants. @param {string} folder */
  async diagnose(folder) {
    mkdirSync(folder, { recursive: true });
    const save = (/** @type {string} */ ending, /** @type {string | Buffer} */ data) =>
      writeFileSync(join(folder, `${this.name}${ending}`), data);
    save('.console.txt', this.console.join('\n'));
    if (this.gone) return '';
    const within = (/** @type {Promise<any>} */ work) => {
      /** @type {any} */ let timer;
      const late = new Promise((resolve) => { timer = setTimeout(() => resolve(null), 5000); });
      return Promise.race([work.catch(() => null), late]).finally(() => clearTimeout(timer));
    };
    const journal = await within(this.ask(() => /** @type {any} */ (window).OdnixCall?.debug?.journal?.() ?? ''));
    if (journal) save('.journal.jsonl', journal);
    const mirror = await within(this.ask(() => document.querySelector('#odnix-call')?.shadowRoot?.innerHTML ?? ''));
    if (mirror) save('.mirror.html', mirror);
    const picture = await within(this.page.screenshot());
    if (picture) save('.png', picture);
    return String(journal ?? '');
  }

  async close() {
    this.gone = true;
    await this.home.close();
  }
}

/** @param {Person} person @param {string} what */
export function noErrors(person, what = '') {
  check(person.errors.length === 0, `${person.name}${what}: ${person.errors.join('\n    ')}`);
}
