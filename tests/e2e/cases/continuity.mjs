/** A call survives the reload of a page and a click to another page of the site; a closed tab ends it at once. */
import { bothEnd, establish, pictures, talk } from '../lib/calls.mjs';
import { newAndOld, newCallsOld, old, oldCallsNew } from '../lib/old.mjs';
import { seconds } from '../lib/legacy.mjs';
import { allClosed, hears, neverOpenedACamera, seeAndHearEachOther, soundArrives } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/** How a page goes, and why, is a matter of the browser's windows. */
const WHOLE = { whole: true };

/** The seconds that the call's timer shows. @param {Person} person */
const timer = async (person) => {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(await person.shown()) ?? [];
  return minutes === undefined ? -1 : Number(minutes) * 60 + Number(seconds);
};

/** Waits until a call has lasted some seconds: a timer that began again would show less. @param {Person} person */
const lasted = (person, seconds = 3) => eventually(() => timer(person), (shown) => shown >= seconds, `${person.name}'s timer at ${seconds} s`);

/** Held over there, then both in the call again. @param {Person} stays @param {Person} moves @param {() => Promise<unknown>} move */
async function comeBack(stays, moves, move) {
  for (const person of [stays, moves]) person.fromNow();
  const told = moves.told.length;
  const before = await timer(stays);
  const [held] = await Promise.all([stays.reaches('resuming'), move()]);
  const [back] = await Promise.all([stays.reaches('active'), moves.reaches('active')]);
  for (const person of [stays, moves])
    check((await timer(person)) >= before, `${person.name}'s timer went on from ${before} s`);
  check(!moves.told.slice(told).some(({ state }) => state === 'in-ringing'), 'nothing rang');
  return back.at - held.at;
}

test('a reload in a call: the other side waits, then both see and hear each other again',
     { quick: true, timeout: 90000, cells: ['h1 new → new', 'h2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair(WHOLE, WHOLE);
  await talk(alice, bob);
  await lasted(alice);
  const gone = await comeBack(alice, bob, () => bob.page.reload());
  t.notes.push(`back after ${Math.round(gone)} ms`);
  await pictures(alice, bob);
  await seeAndHearEachOther(alice, bob);
  t.saw('h1 new → new', `"one moment" over there, both in the call again after ${seconds(0, gone)}`);
  const again = await comeBack(bob, alice, () => alice.page.reload()); // the caller's page too, and a second time
  t.saw('h2 new → new', `"one moment" over there, both in the call again after ${seconds(0, again)}`);
  await seeAndHearEachOther(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('a click to another page of the site and back: the call goes along', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair(WHOLE, WHOLE);
  const chat = bob.page.url();
  await establish(alice, bob);
  await lasted(alice);
  await comeBack(alice, bob, () => bob.ask((url) => location.assign(url), t.url('bob', { page: '/dashboard/' })));
  check(bob.page.url().endsWith('/dashboard/'), 'bob is on another page');
  await seeAndHearEachOther(alice, bob);
  await comeBack(alice, bob, () => bob.page.goto(chat));
  await seeAndHearEachOther(alice, bob);
});

test('both reload at the same moment: both come back into the call', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair(WHOLE, WHOLE);
  await talk(alice, bob);
  for (const person of [alice, bob]) person.fromNow();
  await Promise.all([alice.page.reload(), bob.page.reload()]);
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seeAndHearEachOther(alice, bob);
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
});

test('who was muted and without a camera comes back muted and without a camera', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair(WHOLE, WHOLE);
  await establish(alice, bob);
  await bob.press('microphone');
  await bob.press('camera');
  await alice.reads(/muted/i);
  await comeBack(alice, bob, () => bob.page.reload());
  await eventually(() => bob.ask(() => window.__e2e.tracks.map((track) => `${track.kind} ${track.enabled}`)),
                   (tracks) => tracks.includes('audio false'), 'a microphone that is open and silent');
  await neverOpenedACamera(bob);
  await alice.reads(/muted/i);
  await bob.press('microphone');
  await hears(alice, 'bob');
});

test('a tab that is closed ends the call at once over there', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair(WHOLE, WHOLE);
  await establish(alice, bob);
  alice.fromNow();
  const closed = Date.now();
  bob.gone = true;
  await bob.page.close({ runBeforeUnload: true });
  const end = await alice.reaches('ended', { timeout: 5000 });
  same(end.reason, 'hangup', 'the reason');
  t.notes.push(`ended ${Math.round(end.at - closed)} ms after the close`);
  check(!alice.states().includes('resuming'), 'nobody waits for a tab that was closed');
  await allClosed(alice);
});

test('a page that goes to be reloaded and never comes back: held 15 s, then said', { waits: true, timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair(WHOLE, WHOLE);
  await talk(alice, bob);
  alice.fromNow();
  bob.expects(/404/); // a picture alone names no icon: the browser asks for one by itself
  await bob.page.goto(t.url('bob', { page: '/favicon.svg' })); // a page of the site without the client
  const held = await alice.reaches('resuming');
  await alice.reads(/reloading/i);
  const end = await alice.reaches('ended', { timeout: 20000 });
  same(end.reason, 'connection-failed', 'the reason');
  check(end.at - held.at > 14000 && end.at - held.at < 18000, `held ${Math.round(end.at - held.at)} ms`);
  await alice.reads(/did not come back/i);
  await allClosed(alice);
});

test('Firefox: a reload in a call', { timeout: 120000 }, async (t) => {
  const [alice, bob] = await Promise.all([t.person('alice', WHOLE), t.firefox('bob')]);
  await establish(alice, bob, 'audio');
  await lasted(alice);
  await comeBack(alice, bob, () => bob.page.reload());
  await Promise.all([soundArrives(alice), soundArrives(bob)]);
});

for (const [pair, call] of /** @type {const} */ ([['new → old', newCallsOld], ['old → new', oldCallsNew]]))
  test(`a reload in a call of a new and an old client (${pair}): ours ends it at once, theirs is missed`, { timeout: 120000, cells: [`h1 ${pair}`, `h2 ${pair}`] }, async (t) => {
    const [alice, bob] = await newAndOld(t);
    const [ours, theirs] = pair === 'new → old' ? ['h2', 'h1'] : ['h1', 'h2'];
    await call(alice, bob, 'audio');
    let at = Date.now();
    await alice.page.reload();
    t.saw(`${ours} ${pair}`, `it hears the end after ${seconds(at, await old(bob, 'ended'))}; the call is gone`);
    await bob.page.reload(); // its five deaf seconds
    await old(bob, 'online');
    await alice.ready();
    await alice.listens();
    await call(alice, bob, 'audio');
    at = Date.now();
    await bob.page.reload();
    const ended = await alice.reaches('ended', { timeout: 40000 });
    await allClosed(alice);
    t.saw(`${theirs} ${pair}`, `it says nothing: we end with "${ended.reason}" after ${seconds(at, ended)}`);
  });
