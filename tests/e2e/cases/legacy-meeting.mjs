/** Rows b, b2, c1, c2, l2 and n1 of the legacy table: calls that meet, devices that are denied, a third person. */
import { bothEnd, chatPage, establish, ring, ringUp } from '../lib/calls.mjs';
import { moment, seconds } from '../lib/legacy.mjs';
import { newAndOld, newCallsOld, old, oldCallsNew } from '../lib/old.mjs';
import { allClosed, hearEachOther, seeAndHearEachOther, hears } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

test('two new clients call each other at the same moment: one call, no second ring', { quick: true, cells: ['b new → new', 'fault 8'] }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });
  const at = Date.now();
  // Offers leave so soon after a click that one of the two would ring first: both wait until both have pressed.
  const both = [alice, bob];
  await Promise.all(both.map((person) => person.ask(() => {
    const letGo = window.__e2e.sockets.map((socket) => {
      const { send } = socket;
      /** @type {any[]} */
      const held = [];
      socket.send = (data) => void held.push(data);
      return () => {
        socket.send = send;
        for (const data of held) socket.send(data);
      };
    });
    Object.assign(window, { letGo: () => letGo.forEach((free) => free()) });
  })));
  await Promise.all(both.map((person) => person.click('#video')));
  await Promise.all(both.map((person) => person.reaches('out-ringing', { since: 0 })));
  await Promise.all(both.map((person) => person.ask(() => /** @type {any} */ (window).letGo())));
  const [one, two] = await Promise.all(both.map((person) => person.reaches('active', { since: 0 })));
  check(!alice.states().concat(bob.states()).includes('in-ringing'), 'nobody is rung');
  await seeAndHearEachOther(alice, bob);
  same(await alice.ask(() => window.__e2e.open().peers), 1, 'connections left open');
  t.saw('b new → new', `one call, connected ${seconds(at, one.at > two.at ? one : two)} after the clicks, nobody is rung`);
  t.saw('fault 8', 'one call, nobody is rung; from the clicks', Math.max(one.at, two.at) - at);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('the callee starts a call while it rings: that is an answer', { cells: ['b2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });
  await ringUp(alice, bob);
  const at = Date.now();
  await bob.ask(() => window.OdnixCall?.startVideoCall());
  const [active] = await Promise.all([bob.reaches('active'), alice.reaches('active')]);
  await seeAndHearEachOther(alice, bob);
  t.saw('b2 new → new', `taken as an answer: connected after ${seconds(at, active)}`);
});

test('an old callee starts a call while its prompt shows: we take that call', { cells: ['b2 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await ring(alice);
  await old(bob, 'prompt');
  const at = Date.now();
  await bob.click('#video');
  const [active] = await Promise.all([alice.reaches('active'), old(bob, 'pc-connected')]);
  await seeAndHearEachOther(alice, bob);
  t.saw('b2 new → old', `its call is taken at once: connected after ${seconds(at, active)}; its prompt stays`);
});

test('we start a call while an old caller rings here: that is an answer', { cells: ['b2 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.click('#video');
  await alice.reaches('in-ringing');
  const at = Date.now();
  await alice.ask(() => window.OdnixCall?.startVideoCall());
  const [active] = await Promise.all([alice.reaches('active'), old(bob, 'pc-connected')]);
  t.saw('b2 old → new', `taken as an answer: connected after ${seconds(at, active)}`);
});

test('the caller denies the devices, the other page is old: it is never rung, and may call us', { cells: ['c1 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t, { permissions: [] });
  await ring(alice);
  await alice.reads(/microphone is blocked.*allow it/i);
  await alice.press('cancel');
  await alice.reaches('idle');
  await allClosed(alice);
  check(!bob.told.some((told) => told.state === 'prompt'), 'nobody is prompted');
  await bob.click('#audio');
  await alice.reaches('in-ringing');
  t.saw('c1 new → old', 'told why and what to do; nobody is rung; calls in still ring');
});

test('an old caller denies the devices: nothing rings here, its stray end changes nothing', { cells: ['c1 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t, {}, { permissions: [], expects: [/NotAllowedError|Permission denied|page error/] });
  await bob.click('#video');
  await bob.until((told) => told.kind === 'rejection', 'its unhandled NotAllowedError');
  await bob.click('#end');
  await eventually(async () => (await t.server.frames(t.ids.bob)).map((frame) => frame.type), (types) => types.includes('webrtc.end'), 'its stray end');
  same(alice.states(), [], 'states told here');
  t.saw('c1 old → new', 'nothing happens here; the fault stays inside its page');
});

test('an old callee denies the devices: the new caller can cancel, and is not stuck afterwards', { cells: ['c2 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t, {}, { permissions: [], expects: [/NotAllowedError|Permission denied|page error/] });
  await ring(alice, 'audio');
  await old(bob, 'prompt');
  await bob.click('#accept');
  await bob.until((told) => told.kind === 'rejection', 'its unhandled NotAllowedError');
  await moment(Date.now(), 1500); // nothing is said: it rings on
  check(alice.states().at(-1) === 'out-ringing', 'the caller rings on');
  await alice.press('cancel');
  await Promise.all([alice.reaches('ended'), old(bob, 'ended')]);
  await allClosed(alice);
  t.saw('c2 new → old', 'it says nothing: the caller rings on, for 60 s at most; the next call works');
});

test('we deny the devices when an old caller rings: it is told by an end', { cells: ['c2 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t, { permissions: [] });
  await bob.click('#video');
  await alice.reaches('in-ringing');
  await alice.press('accept');
  await alice.reads(/microphone is blocked|listening only/i); // whether the path or the refusal came first
  const pressed = Date.now();
  await alice.press('hang-up');
  const ended = await old(bob, 'ended');
  await allClosed(alice, bob);
  t.saw('c2 old → new', `told why, or that one only listens; hanging up closes its window after ${seconds(pressed, ended)}`);
});

test('a double click that calls an old peer makes one call', { cells: ['l2 new → old'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await alice.page.dblclick('#audio');
  await old(bob, 'prompt');
  await bob.click('#accept');
  await alice.reaches('active');
  await hearEachOther(alice, bob);
  same(await alice.ask(() => window.__e2e.peers.length), 1, 'connections');
  t.saw('l2 new → old', 'one call, one connection');
});

test('an old caller clicks twice: its later call is the one that is answered', { cells: ['l2 old → new'] }, async (t) => {
  const [alice, bob] = await newAndOld(t);
  await bob.ask(() => {
    const button = /** @type {HTMLButtonElement} */ (document.querySelector('#audio'));
    button.click();
    button.click();
  });
  await alice.reaches('in-ringing');
  await bob.until((told) => told.kind === 'old' && told.state === 'offered', 'an offer');
  await bob.until((told) => told.kind === 'old' && told.state === 'offered', 'the offer of the second click');
  await alice.press('accept');
  const outcome = await Promise.race([alice.reaches('active').then(() => 'connected'), alice.reaches('ended', { timeout: 45000 }).then(() => 'ended')]);
  same(alice.states().filter((state) => state === 'in-ringing').length >= 1, true, 'it rings');
  same(await alice.ask(() => window.__e2e.open().peers) <= 1, true, 'our connections');
  t.saw('l2 old → new', `two offers, one ring, one connection here: ${outcome}`);
});

test('a third person calls in a call: the call does not notice', { timeout: 90000, cells: ['n1 new → new', 'fault 9'] }, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });
  await establish(alice, bob);
  const carol = await t.person('carol', { page: chatPage(t.ids.other) });
  const at = Date.now();
  await ring(carol, 'audio');
  const told = await carol.reaches('ended');
  same(told.reason, 'busy', 'what the third person hears');
  await hears(alice, 'bob');
  same([alice.states().at(-1), bob.states().at(-1)], ['active', 'active'], 'the call of the two');
  t.saw('n1 new → new', `the call goes on; the third hears "busy" after ${seconds(at, told)}`);
  t.saw('fault 9', 'the call goes on; "busy" for the third', told.at - at);
});

for (const pair of /** @type {const} */ (['new → old', 'old → new']))
  test(`a third person calls in a call of a new and an old client (${pair}): the call goes on`, { timeout: 90000, cells: [`n1 ${pair}`] }, async (t) => {
    const [alice, bob] = await newAndOld(t);
    await (pair === 'new → old' ? newCallsOld : oldCallsNew)(alice, bob, 'audio');
    const carol = await t.person('carol', { page: chatPage(t.ids.other) });
    const at = Date.now();
    await ring(carol, 'audio');
    const told = await carol.reaches('ended');
    same(told.reason, 'busy', 'what the third person hears');
    await hears(alice, 'bob');
    same(alice.states().at(-1), 'active', 'the call of the two');
    t.saw(`n1 ${pair}`, `the call goes on; the third hears "busy" after ${seconds(at, told)}`);
  });
