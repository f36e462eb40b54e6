/** One person, several pages: tabs of one browser, browsers on two machines, a page of the site without a chat. */
import { bothEnd, ring, ringUp, settle } from '../lib/calls.mjs';
import { seconds } from '../lib/legacy.mjs';
import { Person } from '../lib/person.mjs';
import { allClosed, hears, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context @typedef {import('../lib/context.mjs').Setting} Setting */

/** Keeps the looping sounds that a page plays: the ring. */
const LISTENER = `{
  const playing = new Set();
  const { start, stop } = AudioBufferSourceNode.prototype;
  const { disconnect } = AudioNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) { if (this.loop) playing.add(this); start.apply(this, when); };
  AudioBufferSourceNode.prototype.stop = function (...when) { playing.delete(this); stop.apply(this, when); };
  AudioNode.prototype.disconnect = function (...from) { playing.delete(this); disconnect.apply(this, from); };
  Object.defineProperty(window, '__ringing', { get: () => playing.size, enumerable: false });
}`;
const SETTING = { init: [LISTENER] };
/** News between pages, by the pages' own clocks, milliseconds. */
const AT_ONCE = 1000;
/** The same as seen from here, on a machine that does other things too. */
const SOON = 3000;

/** Another tab of the same browser, same person. @param {Context} t @param {Person} person @param {string} [path] */
async function tabOf(t, person, path) {
  const page = /** @type {import('playwright-core').Page} */ (await person.home.context?.newPage());
  const tab = new Person(`${person.name}-tab`, person.user, page, { ...person.home, close: () => page.close() });
  t.people.push(tab);
  await page.goto(path ?? person.page.url());
  await tab.ready();
  return tab;
}

/** The same person at another machine. @param {Context} t @param {Setting} [setting] */
async function otherDevice(t, setting) {
  const person = await t.person('bob', setting);
  person.name = 'bob-device';
  return person;
}

/** @param {Person} person */
const aloud = (person) => person.ask(() => /** @type {any} */ (window).__ringing > 0);
/** @param {Person[]} tabs @returns {Promise<Person[]>} those that make a sound, once it is `count` of them */
async function ringingAloud(tabs, count = 1) {
  const heard = await eventually(() => Promise.all(tabs.map(aloud)), (all) => all.filter(Boolean).length === count,
                                 `${count} of ${tabs.map((tab) => tab.name).join(', ')} ringing aloud`, 5000);
  return tabs.filter((_, index) => heard[index]);
}

/** The caller rings, and all these pages ring. @param {Person} caller @param {Person[]} pages */
async function ringAll(caller, pages) {
  for (const page of pages) page.fromNow();
  await ring(caller);
  await Promise.all([caller.reaches('out-ringing'), ...pages.map((page) => page.reaches('in-ringing'))]);
  for (const page of pages) {
    await page.page.bringToFront();
    await page.control('accept');
  }
}

/** @param {Person} person to whom the page in front belongs @param {string} id */
async function pressInFront(person, id) {
  await person.page.bringToFront();
  await person.press(id);
}

/** @param {{ at: number }} first @param {{ at: number }} then @param {string} what */
const soonAfter = (first, then, what) =>
  check(then.at - first.at < AT_ONCE, `${what}: ${Math.round(then.at - first.at)} ms later, not within ${AT_ONCE}`);

/** Nothing of the client is on this page any more. @param {Person} page */
const bare = (page) =>
  eventually(() => page.ask(() => document.querySelectorAll('#odnix-call').length), (n) => n === 0, `${page.name} with an empty page`, SOON);

/** @param {Person} alice @param {Person} bob any page of Bob */
async function talking(alice, bob) {
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await Promise.all([sees(alice, 'bob'), sees(bob, 'alice'), hears(alice, 'bob'), hears(bob, 'alice')]);
}

test('two tabs ring, one of them aloud; accepted in one, the other is quiet at once', { quick: true, cells: ['f1 new → new', 'fault 10 accepted'] }, async (t) => {
  const [alice, first] = await t.pair({}, SETTING);
  const second = await tabOf(t, first);
  await ringAll(alice, [first, second]);
  await ringingAloud([first, second]);

  await pressInFront(second, 'accept');
  const [accepted, gone] = await Promise.all([second.reaches('connecting'), first.reaches('idle')]);
  soonAfter(accepted, gone, 'the card of the other tab gone');
  await bare(first);
  await talking(alice, second);
  await ringingAloud([first, second], 0);
  same(await first.ask(() => window.__e2e.open().peers), 0, 'connections of the tab that did not take the call'); // the one that was prepared is closed

  await second.press('hang-up');
  await bothEnd(alice, 'hangup', second, 'hangup');
  await settle(second);
  same(await first.ask(() => window.OdnixCall?.state), 'idle', 'the other tab after the call');
  await allClosed(alice, first, second);
  t.saw('f1 new → new', `the other tab is quiet ${seconds(accepted, gone)} after the accept; one of them rang aloud`);
  t.saw('fault 10 accepted', 'quiet, and nothing shown; after the other connects', gone.at - accepted.at);
});

test('declined in one tab: the other is quiet at once, the caller is told', { cells: ['fault 10 declined'] }, async (t) => {
  const [alice, first] = await t.pair({}, SETTING);
  const second = await tabOf(t, first);
  await ringAll(alice, [first, second]);
  await pressInFront(first, 'decline');
  const gone = second.reaches('idle');
  await bothEnd(alice, 'declined', first, 'declined');
  const declined = first.told.filter((told) => told.state === 'ended').at(-1);
  soonAfter(/** @type {any} */ (declined), await gone, 'the card of the other tab gone');
  await bare(second);
  await alice.reads(/declined/i);
  await ringingAloud([first, second], 0);
  t.saw('fault 10 declined', 'quiet, and nothing shown', (await gone).at - /** @type {any} */ (declined).at);
});

test('the tab that rings aloud is closed: the next one takes over, and can be answered', {}, async (t) => {
  const [alice, first] = await t.pair({}, SETTING);
  const second = await tabOf(t, first);
  await ringAll(alice, [first, second]);
  const [loud] = await ringingAloud([first, second]);
  const quiet = loud === first ? second : first;
  await loud.page.close();
  loud.gone = true;
  await ringingAloud([quiet]);
  await pressInFront(quiet, 'accept');
  await talking(alice, quiet);
});

test('two devices ring: the first to accept has the call, the other says so at once', { quick: true, cells: ['fault 10 devices'] }, async (t) => {
  const [alice, bob] = await t.pair();
  const other = await otherDevice(t);
  await ringAll(alice, [bob, other]);
  await bob.press('accept');
  // The answer comes once Bob's camera is open; from there on the caller knows whom to tell.
  const [answered, ended] = await Promise.all([alice.reaches('connecting'), other.reaches('ended')]);
  same(ended.reason, 'answered-elsewhere', 'what the other device says');
  soonAfter(answered, ended, 'the other device told');
  await other.reads(/answered on another device/i, SOON);
  await talking(alice, bob);
  await allClosed(other);
  t.saw('fault 10 devices', '"answered on another device"; after the caller connects', ended.at - answered.at);
});

test('two devices ring: declined on one, the other stops and the caller is told', {}, async (t) => {
  const [alice, bob] = await t.pair();
  const other = await otherDevice(t);
  await ringAll(alice, [bob, other]);
  await bob.press('decline');
  const [, ended] = await Promise.all([bothEnd(alice, 'declined', bob, 'declined'), other.reaches('ended')]);
  same(ended.reason, 'declined-elsewhere', 'what the other device says');
  await other.reads(/declined on another device/i, SOON);
});

test('a tab does not start a call while another tab is in one, and may afterwards', {}, async (t) => {
  const [alice, first] = await t.pair();
  const second = await tabOf(t, first);
  await ringUp(alice, first);
  await pressInFront(first, 'accept');
  await Promise.all([alice.reaches('active'), first.reaches('active')]);
  const third = await tabOf(t, first); // opened in the middle of the call: it asks
  for (const tab of [second, third]) {
    // The tab in the call is behind this one: how soon it answers is the browser's choice.
    await eventually(() => tab.ask(() => window.OdnixCall?.debug.journal() ?? ''), (journal) => journal.includes('"news":"busy"'), `${tab.name} knowing of the call`);
    tab.fromNow();
    await tab.ask(() => window.OdnixCall?.startVideoCall());
    await eventually(async () => tab.told.some((told) => told.code === 'busy-elsewhere'), Boolean, `${tab.name} refusing a call`, SOON);
    same(await tab.ask(() => window.OdnixCall?.state), 'idle', `the state of ${tab.name}`);
    same(await tab.ask(() => window.__e2e.requests.length), 0, 'devices asked for');
  }
  await pressInFront(first, 'hang-up');
  await bothEnd(alice, 'hangup', first, 'hangup');
  await third.page.bringToFront();
  await ringUp(third, alice);
});

test('on a page without a chat a call rings and is answered in place', { cells: ['a new → new'] }, async (t) => {
  const bob = await t.person('bob', { page: '/dashboard/' });
  const alice = await t.person('alice');
  const before = bob.page.url();
  const clicked = Date.now();
  await ring(alice);
  const rung = await bob.reaches('in-ringing');
  await bob.reads(/alice/i);
  await eventually(() => bob.ask(() => document.querySelector('#globalCallBanner')?.getBoundingClientRect().width ?? -1),
                   (width) => width === 0, "the page's own banner put away");
  await bob.press('accept');
  await talking(alice, bob);
  same(bob.page.url(), before, 'the address');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('a new → new', `rings on that page after ${seconds(clicked, rung)}; one Accept, in place`);
});
