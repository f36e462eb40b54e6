/// <reference path="./types.d.ts" />
/** One measured call, on either kind of page, driven by the mouse as a person would. */
import { readFileSync } from 'node:fs';
import { WATCHER } from '../../tests/e2e/lib/person.mjs';
import { eventually } from '../../tests/e2e/lib/registry.mjs';

const PROBE = readFileSync(new URL('probe.js', import.meta.url), 'utf8');

/**
 * @typedef {'bare' | 'client'} Kind
 * @typedef {import('../../tests/e2e/lib/browsers.mjs').Chromium} Chromium
 * @typedef {import('playwright-core').Page} Page
 * @typedef {Record<string, number>} Times milliseconds by metric
 * @typedef {{ iceServers?: RTCIceServer[], config?: object, rings?: number, sound?: boolean }} Choices what the pages are configured
 *   with; `rings`: how long the callee lets it ring, in ms; `sound`: the first sound is waited for, too
 */

const LIMIT = 45_000; // ms; a call that the client gives up ends after 30 s, with its reason on the screen

/** Every metric of a call, in the order of the table. */
export const METRICS = /** @type {const} */ ([
  ['start', 'script requested → its call socket open'],
  ['prompt', "click → prompt on the other's screen"],
  ['calleeFrame', "Accept → callee sees the caller's first frame"],
  ['callerFrame', "Accept → caller sees the callee's first frame"],
  ['end', "hang-up → the other's call view is gone"],
]);

/** @param {Kind} kind @param {number} chat @param {Choices} options */
const pagePath = (kind, chat, { iceServers = [], config = {} }) => `/chat.html?${new URLSearchParams({
  chat: String(chat), config: JSON.stringify({ iceServers, ...config }), load: kind === 'bare' ? 'bare' : 'script',
})}`;

/** @param {Page} page @param {string} id */
export async function press(page, id) {
  const { value: at } = await page.evaluate((name) => window.__bench.appears(name), id);
  await page.mouse.click(at.x, at.y);
}

/**
 * @param {Chromium} entry @param {string} url
 * @param {{ watch?: boolean }} [options] watch: with the counters of the end-to-end tests
 */
export async function open(entry, url, { watch = false } = {}) {
  const context = await entry.browser.newContext({ viewport: { width: 1000, height: 640 } });
  await context.grantPermissions(['camera', 'microphone'], { origin: new URL(url).origin });
  for (const script of watch ? [PROBE, WATCHER] : [PROBE]) await context.addInitScript({ content: script });
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto(url);
  return page;
}

/**
 * Nobody calls in the first half second of a page: both kinds of page come to rest, as they do in front of a person.
 * Chromium may never call an idle page that draws nothing (seen in one of 120): hence the timeout.
 * @param {Page} page
 */
const rest = (page) =>
  page.evaluate(() => new Promise((done) => setTimeout(() => requestIdleCallback(() => done(undefined), { timeout: 2000 }), 500)));

/** Both pages, ready to call. @param {Kind} kind @param {[Chromium, Chromium]} browsers @param {string} server
 *  @param {import('../../tests/e2e/lib/accounts.mjs').Slot} ids @param {Choices & { watch?: boolean }} [options] */
export async function pair(kind, browsers, server, ids, options = {}) {
  const url = (/** @type {number} */ user) => `${server}/as/${user}${pagePath(kind, ids.chat, options)}`;
  const alice = await open(browsers[0], url(ids.alice), options);
  const bob = await open(browsers[1], url(ids.bob), options);
  const pages = [alice, bob];
  const starts = await inTime(`${kind}, a call socket`, Promise.all(pages.map((page) => page.evaluate(() => window.__bench.start()))), pages);
  await inTime(`${kind}, an idle page`, Promise.all(pages.map(rest)), pages);
  return { alice, bob, starts };
}

/** Awaited later: if the pages close before, what went wrong first is told and not this. @template T @param {Promise<T>} promise @returns {Promise<T>} */
const later = (promise) => {
  promise.catch(() => {});
  return promise;
};

/** Alice calls, Bob accepts, both see a frame. @param {Page} alice @param {Page} bob @param {Choices} [choices] */
export async function connect(alice, bob, { rings = 0, sound = false } = {}) {
  const prompt = later(bob.evaluate(() => window.__bench.appears('accept')));
  await alice.click('#video');
  const frames = [bob, alice].map((page) => later(page.evaluate(() => window.__bench.firstFrame())));
  const sounds = sound ? [bob, alice].map((page) => later(page.evaluate(() => window.__bench.firstSound()))) : [];
  const rang = (await prompt).at - (await alice.evaluate(() => window.__bench.released()));
  await new Promise((resolve) => { setTimeout(resolve, rings); });
  await press(bob, 'accept');
  const [calleeFrame, callerFrame] = await Promise.all(frames);
  const accepted = await bob.evaluate(() => window.__bench.released());
  /** @type {Times} */
  const times = { prompt: rang, calleeFrame: calleeFrame - accepted, callerFrame: callerFrame - accepted };
  const [calleeSound, callerSound] = await Promise.all(sounds);
  return sound ? { ...times, calleeSound: calleeSound - accepted, callerSound: callerSound - accepted } : times;
}

/** What a person at the page would report: its words, the steps of its client, the state of its connections. @param {Page} page */
const shows = (page) => page.evaluate(() => JSON.stringify(window.__bench.shows())).catch((error) => `nothing: ${error.message}`);

/**
 * What `work` resolves to. A call that does not come ends the measurement, with what both pages show, instead of waiting for ever.
 * @template T @param {string} what @param {Promise<T>} work @param {Page[]} pages @returns {Promise<T>}
 */
async function inTime(what, work, pages) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(async () => {
      const told = await Promise.all(pages.map((page) => Promise.race([shows(page), new Promise((done) => { setTimeout(done, 5_000, 'silent'); })])));
      reject(new Error(`${what}: not within ${LIMIT / 1000} s; the pages show\n${told.join('\n')}`));
    }, LIMIT);
  });
  try {
    return /** @type {T} */ (await Promise.race([work, late]));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A whole call from page load to its end.
 * @param {Kind} kind @param {[Chromium, Chromium]} browsers @param {string} server
 * @param {import('../../tests/e2e/lib/accounts.mjs').Slot} ids @param {Choices} [options]
 * @returns {Promise<Times>}
 */
export async function measureCall(kind, browsers, server, ids, options) {
  const { alice, bob, starts } = await pair(kind, browsers, server, ids, options);
  try {
    const times = await inTime(`${kind}, a call`, connect(alice, bob, options), [alice, bob]);
    await eventually(() => alice.evaluate(() => {
      const video = /** @type {HTMLVideoElement | null} */ (
        (document.querySelector('#odnix-call')?.shadowRoot ?? document).querySelector('video.remote'));
      return video?.currentTime ?? 0;
    }), (seconds) => seconds > 0.5, 'half a second of call'); // the call has settled
    const gone = bob.evaluate(() => window.__bench.goes('hang-up'));
    await press(alice, 'hang-up');
    const end = (await gone) - (await alice.evaluate(() => window.__bench.released()));
    /** @type {Times} */
    const all = { start: (starts[0].socket + starts[1].socket) / 2, ...times, end };
    if (starts[0].ready !== null && starts[1].ready !== null) all.ready = (starts[0].ready + starts[1].ready) / 2;
    return all;
  } finally {
    await Promise.all([alice, bob].map((page) => page.context().close()));
  }
}
