/** Calls of a group: a full mesh in real browsers. */
import { bothEnd, chatPage, settle } from '../lib/calls.mjs';
import { accept, connections, hearsAll, member, members, ringAll, seesAll, together } from '../lib/groups.mjs';
import { old } from '../lib/old.mjs';
import { allClosed } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

test('a group of four: one after the other enters, each sees and hears all others, leaves, comes back', { timeout: 240000, alone: true }, async (t) => {
  const [alice, bob, carol, dave] = await members(t, 'alice', 'bob', 'carol', 'dave');
  await ringAll(alice, [bob, carol, dave]);
  await accept(bob);
  await alice.reaches('active');
  await together(alice, bob);
  same(carol.states().at(-1), 'in-ringing', 'who has not answered still rings');
  await accept(carol);
  await together(alice, bob, carol);
  await accept(dave);
  await together(alice, bob, carol, dave);
  same(await connections(alice, bob, carol, dave), [3, 3, 3, 3], 'connections of each');
  const shown = await alice.shown();
  for (const name of ['Bob', 'Carol', 'Dave']) check(shown.includes(name), `${name}'s name on a tile: ${shown}`);

  await alice.press('hang-up'); // who began it is nobody special
  await alice.reaches('ended');
  await allClosed(alice);
  await together(bob, carol, dave);

  await settle(alice);
  await alice.click('#call-video'); // enters the call that goes on
  await alice.reaches('active', { timeout: 30000 });
  await together(alice, bob, carol, dave);
  same(bob.states().filter((state) => state === 'in-ringing').length, 1, 'rings at who is in the call');

  await Promise.all([carol.press('hang-up'), dave.press('hang-up')]);
  await Promise.all([carol.reaches('ended'), dave.reaches('ended')]);
  await together(alice, bob);
  await bob.press('hang-up');
  await bothEnd(bob, 'hangup', alice, 'hangup'); // nobody is left to talk to
  await allClosed(alice, bob, carol, dave);
});

test('a group of three: both others accept, all talk; who hangs up leaves alone', { timeout: 120000, alone: true, quick: true, cells: ['j1 new → new'] }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  await ringAll(alice, [bob, carol]);
  await Promise.all([accept(bob), accept(carol)]);
  await together(alice, bob, carol);
  for (const person of [alice, bob, carol]) check(!(await person.ask(() => window.__e2e.controls())).includes('share'), `${person.name} has no share button`);
  await carol.press('hang-up');
  await carol.reaches('ended');
  await together(alice, bob);
  t.saw('j1 new → new', 'all three see and hear each other; who hangs up leaves alone, the others talk on');
});

test('a group: one declines, the others talk on; the last one alone is let go', { timeout: 120000, alone: true, cells: ['j2 new → new'] }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  await ringAll(alice, [bob, carol]);
  await accept(bob);
  await together(alice, bob);
  await carol.press('decline');
  const declined = await carol.reaches('ended');
  same(declined.reason, 'declined', 'the reason');
  await alice.reads(/Carol declined/);
  await together(alice, bob);
  same(carol.states().filter((state) => state === 'in-ringing').length, 1, 'rings');
  t.saw('j2 new → new', 'the two read "Carol declined" and talk on; she is not rung again');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob, carol);
});

test('a group: whoever began it cancels while all others ring, and nothing rings on', { timeout: 90000, alone: true }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  await ringAll(alice, [bob, carol]);
  await alice.press('cancel');
  const [own, ...theirs] = await Promise.all([alice, bob, carol].map((person) => person.reaches('ended')));
  same([own.reason, ...theirs.map(({ reason }) => reason)], ['cancelled', 'cancelled', 'cancelled'], 'the reasons');
  await allClosed(alice, bob, carol);
});

test('a group: whoever began it leaves with one, and the call is over for who still rings', { timeout: 120000, alone: true }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  await ringAll(alice, [bob, carol]);
  await accept(bob);
  await alice.reaches('active');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await carol.reaches('ended', { timeout: 30000 });
  await allClosed(alice, bob, carol);
});

test('a group: who opens the chat while a call goes on is rung and enters', { timeout: 120000, alone: true }, async (t) => {
  const [alice, bob] = await members(t, 'alice', 'bob');
  await ringAll(alice, [bob]);
  await accept(bob);
  await alice.reaches('active');
  const carol = await member(t, 'carol');
  await carol.reaches('in-ringing');
  await carol.reads(/Alice|Bob/);
  await accept(carol);
  await together(alice, bob, carol);
});

test('a group: a page that vanishes is let go by the others, who talk on', { timeout: 150000, alone: true }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  await ringAll(alice, [bob, carol]);
  await accept(bob);
  await accept(carol);
  await together(alice, bob, carol);
  await carol.page.close();
  carol.gone = true;
  await together(alice, bob);
  await eventually(() => connections(alice, bob), (open) => open.join() === '1,1', 'connections without her', 60000);
});

test('a group: without a camera one is heard and not seen, and sees all', { timeout: 120000, alone: true }, async (t) => {
  const [alice, bob] = await members(t, 'alice', 'bob');
  const carol = await member(t, 'carol', { camera: false });
  await ringAll(alice, [bob, carol]);
  await accept(bob);
  await accept(carol);
  await Promise.all([
    seesAll(alice, [bob]), seesAll(bob, [alice]), seesAll(carol, [alice, bob]),
    hearsAll(alice, [bob, carol]), hearsAll(bob, [alice, carol]), hearsAll(carol, [alice, bob]),
  ]);
  check((await alice.shown()).includes('Carol'), 'her tile has her name');
});

test('a group: an audio call opens no camera; one who turns their own on is seen by all', { timeout: 120000, alone: true }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  await ringAll(alice, [bob, carol], 'audio');
  await accept(bob);
  await accept(carol);
  await Promise.all([hearsAll(alice, [bob, carol]), hearsAll(bob, [alice, carol]), hearsAll(carol, [alice, bob])]);
  for (const person of [alice, bob, carol])
    check(!(await person.ask(() => window.__e2e.requests)).some(({ video }) => video), `${person.name} opened no camera`);
  await carol.press('camera');
  await Promise.all([seesAll(alice, [carol]), seesAll(bob, [carol])]);
  await carol.press('microphone');
  await eventually(() => alice.ask(() => window.__e2e.sounds(900)),
                   (list) => list.filter((sound) => sound && sound.over > 30).length === 1, 'alice hearing one of two', 20000);
});

test('two begin a call of the group at one moment: it is one call, and nobody rings twice', { timeout: 120000, alone: true }, async (t) => {
  const [alice, bob, carol] = await members(t, 'alice', 'bob', 'carol');
  // In the page: a click would wait for a button that the other's ring has just disabled.
  await Promise.all([alice, bob].map((person) => person.ask(() => window.OdnixCall?.startVideoCall())));
  await Promise.all([alice.reaches('active'), bob.reaches('active'), carol.reaches('in-ringing')]);
  await accept(carol);
  await together(alice, bob, carol);
  same(carol.states().filter((state) => state === 'in-ringing').length, 1, 'rings');
});

test('any page whose configuration says "group" calls all of its chat, with or without names', { timeout: 90000 }, async (t) => {
  const config = JSON.stringify({ group: true, peerName: 'The team' });
  const page = chatPage(t.ids.group, { config });
  const [alice, bob] = await Promise.all([member(t, 'alice', { page }), member(t, 'bob', { page })]);
  await ringAll(alice, [bob]);
  await bob.reads(/The team/);
  await accept(bob);
  await together(alice, bob);
});

test('an old page in the group is neither rung nor disturbed, and does not disturb', { timeout: 150000, cells: ['j1 new → old', 'j1 old → new'] }, async (t) => {
  const [alice, bob] = await members(t, 'alice', 'bob');
  const page = `/old-peer.html?chat=${t.ids.group}`;
  const [carol, dave] = await Promise.all([t.oldPeer('carol', { page }), t.oldPeer('dave', { page })]);
  await Promise.all([old(carol, 'online'), old(dave, 'online')]);
  await carol.click('#audio'); // the two old ones call each other
  await old(dave, 'prompt');
  same([alice, bob].map((person) => person.states().filter((state) => state !== 'idle').length), [0, 0], 'what the new ones show of it');
  t.saw('j1 old → new', 'the new pages are not rung; the old ones among themselves are as before');
  await dave.click('#accept');
  await Promise.all([old(carol, 'pc-connected'), old(dave, 'pc-connected')]);

  await ringAll(alice, [bob]);
  await accept(bob);
  await together(alice, bob);
  await carol.click('#end');
  await old(dave, 'ended');
  await together(alice, bob);
  const frames = await t.server.frames(t.ids.alice, t.ids.bob);
  check(frames.length > 0 && frames.every(({ type }) => type === 'webrtc.ringing'), 'nothing but webrtc.ringing goes out');
  const before = dave.told.length;
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  check(dave.told.slice(before).every(({ state }) => state !== 'prompt' && state !== 'got end'), 'the old page hears nothing of it');
  t.saw('j1 new → old', 'the old pages are neither rung nor hung up, not even in a call of their own; the new ones talk');
});
