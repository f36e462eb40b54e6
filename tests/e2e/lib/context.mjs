/** What a test gets: people, servers, and the end of everything it started. */
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { hasFirefox } from './browsers.mjs';
import { DevServer } from './dev-server.mjs';
import { Person, WATCHER, noErrors } from './person.mjs';
import { Skip } from './registry.mjs';
import { ScriptedServer } from './scripted-server.mjs';

/** The last lines of a journal that are not the clock's. @param {string} journal */
const lastWords = (journal) => journal.split('\n').filter((line) => line && !/"(TimePassed|StatsSampled)/.test(line)).slice(-12).map((line) => line.slice(0, 180));

/**
 * @typedef {object} Setting
 * @property {string} [page] path below the person's prefix; default the standalone call page of the test's chat
 * @property {{ url: string }} [server] default: the run's development server
 * @property {string} [origin] an origin other than the server's own
 * @property {string[]} [permissions] default camera and microphone; [] denies both
 * @property {boolean} [camera] false: no camera on this machine
 * @property {string[]} [args] further switches for Chromium
 * @property {boolean} [whole] Chromium with its windows: where permissions are asked for or taken back
 * @property {string[]} [init] scripts that run before the page's own
 * @property {boolean} [fresh] a process of its own, never used before
 * @property {{ width: number, height: number }} [viewport]
 * @property {RegExp[]} [expects] errors that the test wants
 * @property {boolean} [bare] do not wait for OdnixCall.ready
 */

/** @typedef {'alice' | 'bob' | 'carol' | 'dave'} Who */

export class Context {
  /** @type {Person[]} */ people = [];
  /** @type {(() => Promise<void>)[]} */ #ends = [];
  /** @type {string[]} */ notes = [];
  /** @type {Map<string, { text: string, ms?: number }>} what was seen, by cell of a table */ seen = new Map();

  /**
   * @param {{ server: DevServer, pool: import('./browsers.mjs').Pool, slot: import('./accounts.mjs').Slot, slots: number,
   *           folder: string }} given
   */
  constructor(given) {
    this.server = given.server;
    this.pool = given.pool;
    this.ids = given.slot;
    this.slots = given.slots;
    this.folder = given.folder;
  }

  /** @param {string} reason @returns {never} */
  skip(reason) {
    throw new Skip(reason);
  }

  /**
   * For docs/legacy.md and docs/faults.md: what a person saw in this situation, and how long it took.
   * @param {string} cell as in lib/legacy.mjs or lib/faults.mjs @param {string} text @param {number} [ms]
   */
  saw(cell, text, ms) {
    this.seen.set(cell, { text, ms });
    this.notes.push(`${cell}: ${text}${ms === undefined ? '' : ` (${Math.round(ms)} ms)`}`);
  }

  /** @param {() => Promise<void>} end */
  atEnd(end) {
    this.#ends.push(end);
  }

  /** @param {Who} who @param {Setting} setting */
  url(who, setting) {
    const server = setting.origin ?? (setting.server ?? this.server).url;
    return `${server}/as/${this.ids[who]}${setting.page ?? `/chat/${this.ids.chat}/`}`;
  }

  /** A person in Chromium. @param {Who} who @param {Setting} [setting] */
  async person(who, setting = {}) {
    const kind = { who, camera: setting.camera, args: setting.args, whole: Boolean(setting.permissions ?? setting.whole) };
    const entry = await this.pool.chromium(kind, setting.fresh);
    const context = await entry.browser.newContext({ viewport: setting.viewport ?? { width: 1000, height: 640 } });
    const url = this.url(who, setting);
    await context.grantPermissions(setting.permissions ?? ['camera', 'microphone'], { origin: new URL(url).origin });
    for (const script of [WATCHER, ...(setting.init ?? [])]) await context.addInitScript({ content: script });
    const page = await context.newPage();
    const person = new Person(who, this.ids[who], page, {
      context,
      pid: entry.pid,
      close: async () => {
        await context.close().catch(() => {});
        this.pool.release(entry);
      },
    });
    return this.#seat(person, url, setting);
  }

  /** A person in Firefox ESR. @param {Who} who @param {Setting} [setting] */
  async firefox(who, setting = {}) {
    if (!hasFirefox()) this.skip('firefox-esr is not installed');
    const browser = await this.pool.firefox();
    const page = await browser.newPage();
    for (const script of [WATCHER, ...(setting.init ?? [])])
      await page.evaluateOnNewDocument(`${script}`);
    const person = new Person(who, this.ids[who], /** @type {any} */ (page), {
      pid: browser.process()?.pid ?? 0,
      close: () => this.pool.discardFirefox(browser),
    });
    return this.#seat(person, this.url(who, setting), setting);
  }

  /** @param {Person} person @param {string} url @param {Setting} setting */
  async #seat(person, url, setting) {
    this.people.push(person);
    person.expects(...(setting.expects ?? []));
    await person.page.goto(url);
    if (!setting.bare) await person.ready();
    return person;
  }

  /** An old peer's page (pages/old-peer.html). @param {Who} who @param {Setting} [setting] */
  oldPeer(who, setting = {}) {
    return this.person(who, { page: `/old-peer.html?chat=${this.ids.chat}`, bare: true, ...setting });
  }

  /** Alice and Bob with the client on their pages. @param {Setting} [alice] @param {Setting} [bob] */
  pair(alice = {}, bob = {}) {
    return Promise.all([this.person('alice', alice), this.person('bob', bob)]);
  }

  /** A development server of the test's own. @param {number} [port] */
  async ownServer(port = 0) {
    const server = await DevServer.start({ folder: join(this.folder, '..'), slots: this.slots, port });
    this.atEnd(() => server.stop());
    return server;
  }

  /** @param {Parameters<typeof ScriptedServer.start>[0]} [options] */
  async scriptedServer(options) {
    const server = await ScriptedServer.start(options);
    this.atEnd(() => server.stop());
    return server;
  }

  /** A member of the chat that is no browser. @param {Who} who @returns {Promise<import('./robot.mjs').Robot>} */
  async robot(who, chat = this.ids.chat) {
    const { Robot } = await import('./robot.mjs');
    const robot = await Robot.join(`${this.server.url.replace('http', 'ws')}/as/${this.ids[who]}/ws/call/${chat}/`, WebSocket);
    this.atEnd(() => robot.leave());
    // A robot says things once; the server keeps nothing for a page whose socket is still opening.
    for (const person of this.people) await person.listens();
    return robot;
  }

  /** Every undeclared error of every person fails the test. */
  verify() {
    for (const person of this.people) noErrors(person);
  }

  /** Writes what is known of everybody into the test's folder. @returns {Promise<string[]>} the ends of their journals, where no file can be fetched */
  async diagnose() {
    const people = [...this.people]; // a test that was given up may still bring somebody in
    const journals = await Promise.all(people.map((person) => person.diagnose(this.folder)));
    return people.flatMap(({ name }, index) => lastWords(journals[index]).map((line) => `${name}'s journal: ${line}`));
  }

  async end() {
    await Promise.all(this.people.map((person) => person.close().catch(() => {})));
    for (const end of this.#ends.reverse()) await end().catch(() => {});
  }
}
