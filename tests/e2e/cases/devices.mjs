/** Cameras and microphones that are refused or missing: said clearly, nothing half-open, and it works afterwards. */
import { bothEnd, chatPage, ring, ringUp, talk } from '../lib/calls.mjs';
import { allClosed, hears, sees } from '../lib/proofs.mjs';
import { check, same, test } from '../lib/registry.mjs';

test('the caller denies camera and microphone: told so, nobody is rung, and it works after granting', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair({ permissions: [] });
  await ring(alice);
  const complaint = await alice.complains();
  check(/denied|permission|allow|blocked/i.test(String(complaint.message)), `a clear message, not: ${complaint.message}`);
  await alice.reaches('ended', { since: 0 });
  await alice.reads(/denied|permission|allow|blocked/i);
  await allClosed(alice);
  check(!bob.states().includes('in-ringing'), 'bob is not rung by a call that cannot be made');
  same((await t.server.frames(t.ids.alice)).filter((f) => f.type === 'webrtc.offer').length, 0, 'offers sent');

  await alice.home.context?.grantPermissions(['camera', 'microphone']);
  await talk(alice, bob);
});

test('the callee denies camera and microphone: the caller is told, both can call again', {}, async (t) => {
  const [alice, bob] = await t.pair({}, { permissions: [] });
  await ringUp(alice, bob);
  await bob.press('accept');
  const complaint = await bob.complains();
  check(/denied|permission|allow|blocked/i.test(String(complaint.message)), `a clear message, not: ${complaint.message}`);
  await Promise.all([alice.reaches('ended'), bob.reaches('ended', { since: 0 })]);
  await allClosed(alice, bob);
  await bob.home.context?.grantPermissions(['camera', 'microphone']);
  await talk(alice, bob);
});

test('the camera alone is denied: the call goes on with audio, and says why', {}, async (t) => {
  const [alice, bob] = await t.pair({ permissions: ['microphone'] });
  await ringUp(alice, bob);
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await Promise.all([hears(alice, 'bob'), hears(bob, 'alice'), sees(alice, 'bob')]);
  await alice.reads(/camera/i);
});

test('the microphone alone is denied: a question or a message, never silence', {}, async (t) => {
  const [alice, bob] = await t.pair({ permissions: ['camera'] });
  await ring(alice, 'audio');
  const complaint = await alice.complains();
  check(/microphone/i.test(String(complaint.message)), `names the microphone, not: ${complaint.message}`);
  await alice.reads(/microphone/i);
  await bob.ask(() => window.OdnixCall?.state);
});

for (const who of /** @type {const} */ (['caller', 'callee']))
  test(`the ${who} has no camera at all: the video call goes on with their voice`, {}, async (t) => {
    const without = { camera: false };
    const [alice, bob] = await t.pair(who === 'caller' ? without : {}, who === 'callee' ? without : {});
    await ringUp(alice, bob);
    await bob.press('accept');
    await Promise.all([alice.reaches('active'), bob.reaches('active')]);
    const [seer, seen] = who === 'caller' ? [alice, bob] : [bob, alice];
    await Promise.all([hears(alice, 'bob'), hears(bob, 'alice'), sees(seer, seen.name)]);
    await alice.press('hang-up');
    await bothEnd(alice, 'hangup', bob, 'hangup');
    await allClosed(alice, bob);
  });

test('the devices are opened by a click of their own person alone: a ringing page opens nothing', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair({}, { page: chatPage(t.ids.chat) });
  await ringUp(alice, bob);
  same(await bob.ask(() => window.__e2e.requests.length), 0, 'device requests of a page that only rings');
});
