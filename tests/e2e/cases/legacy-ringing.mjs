/** Rows d1 to e5, h4, i1 and i2 of the legacy table: what becomes of a ring, and of the call after it. */
import { bothEnd, chatPage, ring, ringUp } from '../lib/calls.mjs';
import { moment, seconds } from '../lib/legacy.mjs';
import { newAndOld, old, oldCallsNew } from '../lib/old.mjs';
import { allClosed } from '../lib/proofs.mjs';
import { check, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

/** @param {Context} t */
const pair = (t) => t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });

/** In the page, at once: whoever goes first, the ring may be over when the press comes. */
const pressAccept = () => /** @type {HTMLElement | null | undefined} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('[data-control="accept"]'))?.click();

test('declined, and called again 2.5 s later: it rings at once', { cells: ['d1 new → new'] }, async (t) => {
  const [alice, bob] = await pair(t);
  await ringUp(alice, bob, 'audio');
  const pressed = Date.now();
  await bob.press('decline');
  const [told] = await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
  await alice.reads(/declined/i);
  await moment(pressed, 2500);
  bob.fromNow();
  const again = Date.now();
  await ring(alice, 'audio');
  const rung = await bob.reaches('in-ringing');
  t.saw('d1 new → new', `"declined" after ${seconds(pressed, told)}; the second call rings after ${seconds(again, rung)}`);
});

test('an old callee declines and is deaf for 20 s: our second call outlasts that', { waits: true, timeout: 90000, cells: ['d1 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice, 'audio');
  await old(bob, 'prompt');
  const pressed = Date.now();
  await bob.click('#decline');
  const told = await alice.reaches('ended');
  same(told.reason, 'declined', 'the reason');
  await moment(pressed, 2500);
  const again = Date.now();
  await ring(alice, 'audio');
  const prompt = await old(bob, 'prompt', { timeout: 40000 });
  t.saw('d1 new → old', `"declined" after ${seconds(pressed, told)}; it is deaf for 20 s, then prompts for the second call (after ${seconds(again, prompt)})`);
});

test('declined to an old caller, which calls again 2.5 s later: it rings at once', { cells: ['d1 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#audio');
  await alice.reaches('in-ringing');
  const pressed = Date.now();
  await alice.press('decline');
  const told = await old(bob, 'ended');
  await moment(pressed, 2500);
  alice.fromNow();
  const again = Date.now();
  await bob.click('#audio');
  const rung = await alice.reaches('in-ringing');
  t.saw('d1 old → new', `its window goes after ${seconds(pressed, told)}; its second call rings after ${seconds(again, rung)}`);
});

test('an old callee that declined calls back: it rings at once', { cells: ['d2 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice, 'audio');
  await old(bob, 'prompt');
  await bob.click('#decline');
  await alice.reaches('ended');
  const again = Date.now();
  await bob.click('#audio');
  const rung = await alice.reaches('in-ringing');
  await alice.press('accept');
  await Promise.all([alice.reaches('active'), old(bob, 'pc-connected')]);
  t.saw('d2 new → old', `rings after ${seconds(again, rung)} and connects`);
});

test('who declined an old caller calls back: deaf by its own rule, and we say so in the end', { waits: true, cells: ['d2 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#audio');
  await alice.reaches('in-ringing');
  await alice.press('decline');
  await old(bob, 'ended');
  await ring(alice, 'audio');
  await old(bob, 'ignored offer');
  check(!bob.told.some((told) => told.state === 'prompt'), 'it is deaf until its page is loaded anew');
  await bob.page.reload();
  const prompt = await old(bob, 'prompt', { timeout: 15000 });
  check(Boolean(prompt), 'a reload of its page heals it during the same ring');
  t.saw('d2 old → new', 'deaf until its page is reloaded (then it prompts in the same ring); else "no answer" after 60 s');
});

test('an old callee does not answer: the call ends by itself and says so', { waits: true, timeout: 120000, cells: ['e new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  const at = Date.now();
  await ring(alice);
  await old(bob, 'prompt');
  const ended = await alice.reaches('ended', { timeout: 75000 });
  same(ended.reason, 'timeout', 'the reason');
  await alice.reads(/no answer/i);
  await allClosed(alice);
  t.saw('e new → old', `"no answer" after ${seconds(at, ended)}, camera closed; its prompt stays, as it did`);
});

for (const [ms, name] of /** @type {[number, string][]} */ ([[9000, '9 s'], [19000, '19 s']])) {
  test(`the callee opens the chat after ${name}: it rings`, { waits: true, ...(ms === 19000 && { cells: ['e3 new → new'] }) }, async (t) => {
    const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
    const at = Date.now();
    await ring(alice, 'audio');
    await moment(at, ms);
    const opened = Date.now();
    const bob = await t.person('bob', { page: chatPage(t.ids.chat) });
    const rung = await bob.reaches('in-ringing', { since: 0 });
    check(rung.at - opened < 3000, `it rings ${seconds(opened, rung)} after opening`);
    if (ms === 19000) t.saw('e3 new → new', `rings ${seconds(opened, rung)} after opening, whenever that is`);
  });
}

test('an old callee opens the chat after 19 s: it prompts', { waits: true, timeout: 90000, cells: ['e3 new → old'] }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  const at = Date.now();
  await ring(alice, 'audio');
  await moment(at, 19000);
  const opened = Date.now();
  const bob = await t.oldPeer('bob');
  const prompt = await old(bob, 'prompt', { since: 0 });
  t.saw('e3 new → old', `after 19 s: prompt ${seconds(opened, prompt)} after opening (our next offer)`);
});

test('the callee opens the chat while an old caller rings: its next offer rings', { cells: ['e3 old → new'] }, async (t) => {
  const bob = await t.oldPeer('bob');
  await old(bob, 'online');
  const at = Date.now();
  await bob.click('#audio');
  await moment(at, 9000);
  const opened = Date.now();
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  const rung = await alice.reaches('in-ringing', { since: 0 });
  t.saw('e3 old → new', `after 9 s: rings ${seconds(opened, rung)} after opening; after 19 s: not, it offers no more`);
});

test('the caller cancels at the moment of the accept: both end, nothing stays open', { cells: ['e5 new → new'] }, async (t) => {
  const [alice, bob] = await pair(t);
  await ringUp(alice, bob, 'audio');
  await Promise.all([alice.control('cancel'), bob.control('accept')]);
  const at = Date.now();
  await Promise.all([bob.ask(pressAccept), alice.ask(() => window.OdnixCall?.endCall())]);
  const [, ended] = await Promise.all([alice.reaches('ended'), bob.reaches('ended')]);
  await allClosed(alice, bob);
  t.saw('e5 new → new', `both end within ${seconds(at, ended)}, devices closed`);
});

test('we cancel at the moment an old callee accepts: nothing of ours stays open', { cells: ['e5 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice, 'audio');
  await old(bob, 'prompt');
  bob.expects(/setRemoteDescription/); // what its prompt does when the end came first
  await bob.click('#accept');
  const at = Date.now();
  await alice.ask(() => window.OdnixCall?.endCall());
  await Promise.all([alice.reaches('ended'), old(bob, 'got end')]);
  await allClosed(alice);
  const [ended] = bob.told.filter((told) => told.state === 'ended');
  t.saw('e5 new → old', ended ? `both end within ${seconds(at, ended)}` : 'we end; its window stays if our end came before its accept');
});

test('an old caller ends at the moment of our accept: we end, nothing stays open', { cells: ['e5 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#audio');
  await alice.reaches('in-ringing');
  await alice.control('accept');
  const at = Date.now();
  await Promise.all([alice.ask(pressAccept), bob.click('#end')]);
  const ended = await alice.reaches('ended');
  await allClosed(alice);
  t.saw('e5 old → new', `ends here within ${seconds(at, ended)}, devices closed`);
});

test('the caller reloads while it rings: the ring over there stops', { cells: ['h4 new → new'] }, async (t) => {
  const [alice, bob] = await pair(t);
  await ringUp(alice, bob, 'audio');
  const at = Date.now();
  await alice.page.reload();
  const ended = await bob.reaches('ended');
  await allClosed(bob);
  t.saw('h4 new → new', `the ring stops ${seconds(at, ended)} after the reload`);
});

test('we reload while an old callee is prompted: it hears the end', { cells: ['h4 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice, 'audio');
  await old(bob, 'prompt');
  const at = Date.now();
  await alice.page.reload();
  const end = await old(bob, 'got end');
  t.saw('h4 new → old', `it hears an end after ${seconds(at, end)}; its prompt stays, as it did`);
});

test('an old caller reloads while it rings here: accepting ends with a reason, nothing stays open', { timeout: 90000, cells: ['h4 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#audio');
  await alice.reaches('in-ringing');
  await bob.page.reload();
  await old(bob, 'online');
  const at = Date.now();
  await alice.press('accept');
  const ended = await alice.reaches('ended', { timeout: 45000 });
  same(ended.reason, 'connection-failed', 'the reason');
  await allClosed(alice);
  t.saw('h4 old → new', `it says nothing: the ring stays; accepting it ends with "${ended.reason}" after ${seconds(at, ended)}`);
});

test('the former callee calls an old former caller: deaf until its page is reloaded', { cells: ['i1 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await oldCallsNew(alice, bob, 'audio');
  await alice.press('hang-up');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  await bob.page.reload();
  await old(bob, 'online');
  const at = Date.now();
  await ring(alice, 'audio');
  const prompt = await old(bob, 'prompt');
  t.saw('i1 old → new', `deaf until its page is reloaded; then prompted after ${seconds(at, prompt)}`);
});

test('an old caller calls again 1 s after a call: it rings at once', { cells: ['i2 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await oldCallsNew(alice, bob, 'audio');
  await bob.click('#end');
  const ended = await alice.reaches('ended');
  await moment(ended.at, 1000);
  alice.fromNow();
  const at = Date.now();
  await bob.click('#audio');
  const rung = await alice.reaches('in-ringing');
  t.saw('i2 old → new', `rings after ${seconds(at, rung)}`);
});

test('after a call the same caller calls again after 1 s: it rings at once', { cells: ['i2 new → new'] }, async (t) => {
  const [alice, bob] = await pair(t);
  await ringUp(alice, bob, 'audio');
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await moment(Date.now(), 1000);
  bob.fromNow();
  const at = Date.now();
  await alice.ask(() => window.OdnixCall?.startAudioCall());
  const rung = await bob.reaches('in-ringing');
  t.saw('i2 new → new', `rings after ${seconds(at, rung)}`);
});
