/** What many rows do and measure. */
import { heard, picturesSince, soundSince } from './flow.mjs';
import { samples } from './stage.mjs';
import { ringUp } from '../../e2e/lib/calls.mjs';
import { eventually } from '../../e2e/lib/registry.mjs';

/**
 * @typedef {import('./rows.mjs').Run} Run
 * @typedef {import('../../e2e/lib/person.mjs').Person} Person
 */

export const SOUND_BACK = 3000; // faults: audio within 3 s of the network's return
export const PICTURE_BACK = 6000; // and video within 6 s

/** The later of two times, and never if one never came. @param {(number | null)[]} times */
const worst = (times) => (times.some((time) => time === null) ? null : Math.max(.../** @type {number[]} */ (times)));

/**
 * How long after `since` both hear and see again, against the promise.
 * @param {Run} t @param {number} since @param {{ sound?: number, picture?: number, wait?: number, from?: string }} [limits]
 */
export async function flowsAgain(t, since, { sound = SOUND_BACK, picture = PICTURE_BACK, wait = 20000, from = '' } = {}) {
  await t.stage.flowing(since, wait).catch(() => {}); // what did not come is said by the measures
  const lists = await Promise.all(t.stage.people.map(samples));
  const after = (/** @type {number | null} */ at) => (at === null ? null : Math.round(at - since));
  t.atMost(`sound${from}`, worst(lists.map((list) => after(soundSince(list, since)))), sound);
  t.atMost(`picture${from}`, worst(lists.map((list) => after(picturesSince(list, since)))), picture);
}

/** Rings and accepts; both hear and see within the limits after Accept. @param {Run} t @param {Person} alice @param {Person} bob @param {{ sound?: number, picture?: number }} limits */
export async function callUp(t, alice, bob, limits) {
  await ringUp(alice, bob);
  const accept = bob.press('accept');
  await accept;
  const at = await bob.ask(() => window.__e2e.now());
  await flowsAgain(t, at, { ...limits, from: ' after Accept' });
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
}

/** How the media goes now. @param {Person} person */
export const route = async (person) => (await samples(person)).at(-1)?.route ?? '';

/** What both read between two moments, in the order it was written, after "wait" seconds. @param {Run} t @param {number} since */
export async function tell(t, since) {
  for (const person of t.stage.people) {
    if (person.gone) continue;
    for (const told of person.told)
      if (told.kind === 'state' && told.at >= since)
        t.saw(`${told.state}${told.reason ? ` (${told.reason})` : ''} after ${((told.at - since) / 1000).toFixed(1)} s`);
  }
}

/** When this person's page told this state after `since`, in ms after it. @param {Person} person @param {string} state @param {number} since */
export function told(person, state, since) {
  const found = person.told.find((entry) => entry.kind === 'state' && entry.state === state && entry.at >= since);
  return found ? Math.round(found.at - since) : null;
}

/** @param {Person} person @param {string} state @param {number} since @param {number} timeout */
export async function tells(person, state, since, timeout) {
  await eventually(async () => told(person, state, since), (at) => at !== null, `${person.name} told "${state}"`, timeout).catch(() => {});
  return told(person, state, since);
}

/** Percent of the time in which this person heard something real. @param {Person} person @param {number} from @param {number} to */
export const heardPercent = async (person, from, to) => Math.round(100 * heard(await samples(person), from, to));
