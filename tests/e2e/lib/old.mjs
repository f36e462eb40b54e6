/** Steps with a peer that follows the old client's rules (pages/old-peer.js). Alice is new, Bob is old. */
import { chatPage, ring } from './calls.mjs';
import { hearEachOther, seeAndHearEachOther } from './proofs.mjs';

/** @typedef {import('./context.mjs').Context} Context @typedef {import('./context.mjs').Setting} Setting @typedef {import('./person.mjs').Person} Person */

/** @param {Person} peer @param {string} state @param {{ timeout?: number, since?: number }} [options] */
export const old = (peer, state, options) =>
  peer.until((told) => told.kind === 'old' && told.state === state, `the old peer's "${state}"`, options);

/** @param {Context} t @param {Setting} [setting] @param {Setting} [others] @returns {Promise<[Person, Person]>} */
export async function newAndOld(t, setting = {}, others = {}) {
  const [alice, bob] = await Promise.all([t.person('alice', { page: chatPage(t.ids.chat), ...setting }), t.oldPeer('bob', others)]);
  await old(bob, 'online');
  return [alice, bob];
}

/** @param {Person} alice @param {Person} bob */
export async function newCallsOld(alice, bob, media = /** @type {'video' | 'audio'} */ ('video')) {
  await ring(alice, media);
  await old(bob, 'prompt', { timeout: 30000 });
  await bob.click('#accept');
  await alice.reaches('active');
  await (media === 'video' ? seeAndHearEachOther : hearEachOther)(alice, bob);
}

/** @param {Person} alice @param {Person} bob */
export async function oldCallsNew(alice, bob, media = /** @type {'video' | 'audio'} */ ('video')) {
  alice.fromNow();
  await bob.click(`#${media}`);
  await alice.reaches('in-ringing');
  await alice.press('accept');
  await alice.reaches('active');
  await (media === 'video' ? seeAndHearEachOther : hearEachOther)(alice, bob);
}
