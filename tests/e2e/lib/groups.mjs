/** Calls of a group: three or four people in one chat, each in a browser of their own. */
import { settle } from './calls.mjs';
import { LOOKS } from './media.mjs';
import { whose } from './proofs.mjs';
import { eventually } from './registry.mjs';

/** @typedef {import('./context.mjs').Context} Context @typedef {import('./context.mjs').Setting} Setting */
/** @typedef {import('./context.mjs').Who} Who @typedef {import('./person.mjs').Person} Person */

/** The standalone page of the group's chat. @param {Context} t */
export const groupPage = (t) => `/chat/${t.ids.group}/`;

/** @param {Context} t @param {Who} who @param {Setting} [setting] */
export async function member(t, who, setting = {}) {
  const person = await t.person(who, { page: groupPage(t), ...setting });
  await person.listens(); // a group's call is announced every 10 s, and a test does not wait for the second time
  return person;
}

/** @param {Context} t @param {...Who} names */
export const members = (t, ...names) => Promise.all(names.map((who) => member(t, who)));

/** Starts a call, and the others are rung. @param {Person} starter @param {Person[]} others @param {'video' | 'audio'} [media] */
export async function ringAll(starter, others, media = 'video') {
  for (const person of [starter, ...others]) {
    await settle(person);
    person.fromNow();
  }
  await starter.click(`#${media}, #call-${media}`);
  await Promise.all([starter.reaches('out-ringing'), ...others.map((person) => person.reaches('in-ringing'))]);
}

/** @param {Person} person */
export async function accept(person) {
  await person.press('accept');
  await person.reaches('active', { timeout: 30000 });
}

/** Exactly these pictures are on the page, and each moves. @param {Person} person @param {Person[]} others */
export async function seesAll(person, others) {
  const wanted = others.map(({ name }) => name).sort().join();
  const look = () => person.ask(() => window.__e2e.pictures().filter(({ bar, shown }) => bar >= 0 && shown[0] > 0));
  const names = (/** @type {E2ePicture[]} */ list) => list.map(({ colour }) => whose(colour)).sort().join();
  const first = await eventually(look, (list) => names(list) === wanted, `${person.name} seeing ${wanted}`, 40000);
  const before = new Map(first.map(({ colour, bar }) => [whose(colour), bar]));
  await eventually(look, (list) => {
    for (const { colour, bar } of list) if (Math.abs(bar - (before.get(whose(colour)) ?? bar)) > 4) before.delete(whose(colour));
    return before.size === 0;
  }, `${person.name} seeing all of ${wanted} move`, 30000);
}

/** Exactly these tones are heard, each from an element of its own. @param {Person} person @param {Person[]} others */
export async function hearsAll(person, others) {
  const wanted = others.map(({ name }) => name).sort().join();
  const who = (/** @type {E2eSound | null} */ sound) =>
    Object.values(LOOKS).find(({ tone }) => sound && Math.abs(sound.hz - tone) <= 12 && sound.over > 30)?.name ?? 'nobody';
  await eventually(() => person.ask(() => window.__e2e.sounds()), (list) => list.map(who).sort().join() === wanted,
                   `${person.name} hearing ${wanted}`, 40000);
}

/** Everybody sees and hears everybody else, and nobody else. @param {Person[]} people */
export async function together(...people) {
  await Promise.all(people.flatMap((person) => {
    const others = people.filter((other) => other !== person);
    return [seesAll(person, others), hearsAll(person, others)];
  }));
}

/** The connections that each of these has open. @param {Person[]} people */
export const connections = (...people) => Promise.all(people.map(async (person) => (await person.ask(() => window.__e2e.open())).peers));
