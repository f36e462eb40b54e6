/** Rows a to a5 of the legacy table: the callee is somewhere else on the site, or has never touched the page. */
import { chatPage, ring } from '../lib/calls.mjs';
import { moment, seconds } from '../lib/legacy.mjs';
import { old } from '../lib/old.mjs';
import { allClosed } from '../lib/proofs.mjs';
import { check, same, test } from '../lib/registry.mjs';

/** Tells of every AudioContext whether it runs: asked by evaluate, the browser would take the question for a gesture. */
const CONTEXTS = `{
  window.AudioContext = new Proxy(window.AudioContext, { construct(target, args) {
    const made = Reflect.construct(target, args);
    const tell = () => console.debug('@e2e ' + JSON.stringify({ kind: 'sound', state: made.state, at: Date.now() }));
    made.addEventListener('statechange', tell);
    setTimeout(tell, 500);
    return made;
  } });
}`;

/** @typedef {import('../lib/context.mjs').Context} Context @typedef {import('../lib/person.mjs').Person} Person */

/** Bob on a page of the site that has the old banner and no client. @param {Context} t */
const oldDashboard = (t) => t.person('bob', { page: `/old-dashboard.html?chat=${t.ids.chat}`, bare: true });
/** @param {Context} t */
const newCaller = (t) => t.person('alice', { page: chatPage(t.ids.chat) });
/** @param {Person} bob @param {'shown' | 'gone'} state @param {number} [timeout] */
const banner = (bob, state, timeout) =>
  bob.until((told) => told.kind === 'banner' && told.state === state, `the banner ${state}`, { timeout });
/** @param {Context} t @param {'new' | 'old'} callers @returns {Promise<[Person, Person]>} caller, and Bob listening on the dashboard */
const callsDashboard = (t, callers) =>
  Promise.all([callers === 'new' ? newCaller(t) : t.oldPeer('alice'), t.person('bob', { page: '/dashboard/' })]);
/** @param {Person} caller @param {'new' | 'old'} callers the moment of the click */
async function call(caller, callers) {
  const at = Date.now();
  if (callers === 'new') await ring(caller, 'audio');
  else {
    await old(caller, 'online');
    await caller.click('#audio');
  }
  return at;
}
/** @param {Person} caller @param {"new" | "old"} callers */
const connected = (caller, callers) => (callers === 'new' ? caller.reaches('active') : old(caller, 'pc-connected'));
/** @param {'new' | 'old'} callers */
const pair = (callers) => `${callers} → new`;

test('a page without a chat, an old caller: it rings and is answered in place', { cells: ['a old → new'] }, async (t) => {
  const [alice, bob] = await callsDashboard(t, 'old');
  const at = await call(alice, 'old');
  const rung = await bob.reaches('in-ringing');
  await bob.press('accept');
  const [active] = await Promise.all([bob.reaches('active'), old(alice, 'pc-connected')]);
  const connecting = bob.told.find((told) => told.state === 'connecting') ?? active;
  t.saw('a old → new', `rings on that page after ${seconds(at, rung)}; one Accept, connected ${seconds(connecting, active)} later, in place`);
});

test("the site's banner leads to an old chat page: the next offer prompts there", { cells: ['a new → old'] }, async (t) => {
  const [alice, bob] = await Promise.all([newCaller(t), oldDashboard(t)]);
  const at = await call(alice, 'new');
  const shown = await banner(bob, 'shown');
  await bob.click('#gcbAccept');
  const opened = Date.now();
  const prompt = await old(bob, 'prompt', { timeout: 15000 });
  await bob.click('#accept');
  await Promise.all([alice.reaches('active'), old(bob, 'pc-connected')]);
  t.saw('a new → old', `banner after ${seconds(at, shown)}; prompt ${seconds(opened, prompt)} after its Accept; then connected`);
});

for (const callers of /** @type {const} */ (['new', 'old']))
  test(`a page without a chat: a call accepted after 17.5 s connects (${callers} caller)`, { waits: true, cells: [`a2 ${pair(callers)}`] }, async (t) => {
    const [alice, bob] = await callsDashboard(t, callers);
    const at = await call(alice, callers);
    await bob.reaches('in-ringing');
    await moment(at, 17500);
    const pressed = Date.now();
    await bob.press('accept');
    const [active] = await Promise.all([bob.reaches('active'), connected(alice, callers)]);
    t.saw(`a2 ${pair(callers)}`, `still rings; connected ${seconds(pressed, active)} after Accept`);
  });

test("the site's banner accepted after 17.5 s: a later offer prompts on the old chat page", { waits: true, cells: ['a2 new → old'] }, async (t) => {
  const [alice, bob] = await Promise.all([newCaller(t), oldDashboard(t)]);
  const at = await call(alice, 'new');
  await banner(bob, 'shown');
  await moment(at, 17500);
  await bob.click('#gcbAccept');
  const opened = Date.now();
  const prompt = await old(bob, 'prompt', { timeout: 15000 });
  await bob.click('#accept');
  await Promise.all([alice.reaches('active'), old(bob, 'pc-connected')]);
  t.saw('a2 new → old', `prompt ${seconds(opened, prompt)} after the banner's Accept; then connected`);
});

test('a page without a chat: declined there, the caller is told and nothing comes back', { cells: ['a3 new → new'] }, async (t) => {
  const [alice, bob] = await callsDashboard(t, 'new');
  const at = await call(alice, 'new');
  await bob.reaches('in-ringing');
  const pressed = Date.now();
  await bob.press('decline');
  const told = await alice.reaches('ended');
  same(told.reason, 'declined', 'the reason');
  await moment(at, 9000); // the offers of 2, 4 and 8 s would have come
  same(bob.states().filter((state) => state === 'in-ringing').length, 1, 'rings');
  t.saw('a3 new → new', `the caller reads "declined" after ${seconds(pressed, told)}; nothing comes back`);
});

test("the site's banner declined: it tells nobody, and comes back less often", { waits: true, cells: ['a3 new → old'] }, async (t) => {
  const [alice, bob] = await Promise.all([newCaller(t), oldDashboard(t)]);
  const at = await call(alice, 'new');
  let shown = 0;
  while (Date.now() - at < 15600) {
    const back = await banner(bob, 'shown', at + 16500 - Date.now()).catch(() => null);
    if (!back) break;
    shown += 1;
    await bob.ask(() => /** @type {HTMLElement} */ (document.querySelector('#gcbDecline')).click());
  }
  check(shown >= 1 && shown <= 5, `the banner came ${shown} times`);
  check(alice.states().at(-1) === 'out-ringing', 'the caller rings on');
  t.saw('a3 new → old', `the site's banner tells nobody; it came ${shown} times in 16 s`);
});

test('a page without a chat: declined there, the old caller stops', { cells: ['a3 old → new'] }, async (t) => {
  const [alice, bob] = await callsDashboard(t, 'old');
  await call(alice, 'old');
  await bob.reaches('in-ringing');
  const pressed = Date.now();
  await bob.press('decline');
  const ended = await old(alice, 'ended');
  t.saw('a3 old → new', `its window goes after ${seconds(pressed, ended)}; nothing comes back`);
});

for (const callers of /** @type {const} */ (['new', 'old']))
  test(`a page without a chat: the ring goes when the caller cancels (${callers} caller)`, { cells: [`a4 ${pair(callers)}`] }, async (t) => {
    const [alice, bob] = await callsDashboard(t, callers);
    await call(alice, callers);
    await bob.reaches('in-ringing');
    const pressed = Date.now();
    await (callers === 'new' ? alice.press('cancel') : alice.click('#end'));
    const ended = await bob.reaches('ended');
    same(ended.reason, 'cancelled', 'the reason');
    t.saw(`a4 ${pair(callers)}`, `the ring stops after ${seconds(pressed, ended)}`);
  });

test("the site's banner stays its own 20 s when the caller cancels; no later offer prolongs it", { waits: true, cells: ['a4 new → old'] }, async (t) => {
  const [alice, bob] = await Promise.all([newCaller(t), oldDashboard(t)]);
  await call(alice, 'new');
  await banner(bob, 'shown');
  await alice.press('cancel');
  const ended = await alice.reaches('ended');
  const gone = await banner(bob, 'gone', 25000);
  await allClosed(alice);
  t.saw('a4 new → old', `the site's banner hears of no end: gone by itself ${seconds(ended, gone)} later`);
});

for (const callers of /** @type {const} */ (['new', 'old']))
  test(`a page that was never touched: the ring is seen, and heard from the first touch on (${callers} caller)`,
       { cells: [`a5 ${pair(callers)}`] }, async (t) => {
    const [alice, bob] = await Promise.all([
      callers === 'new' ? newCaller(t) : t.oldPeer('alice'),
      t.person('bob', { page: chatPage(t.ids.chat), args: ['--autoplay-policy=document-user-activation-required'], init: [CONTEXTS], bare: true }),
    ]);
    const at = await call(alice, callers);
    const rung = await bob.reaches('in-ringing');
    const sound = (/** @type {string} */ state) => bob.until((told) => told.kind === 'sound' && told.state === state, `its sound ${state}`);
    await sound('suspended');
    await bob.page.mouse.click(500, 620);
    await sound('running');
    check((await bob.ask(() => window.OdnixCall?.state)) === 'in-ringing', 'it still rings');
    await bob.press('decline');
    await bob.reaches('ended');
    t.saw(`a5 ${pair(callers)}`, `seen after ${seconds(at, rung)}, silent until the first touch anywhere, then it rings aloud`);
  });
