/** An audio call that becomes a video call, and back, while it runs. */
import { bothEnd, pictures, talk } from '../lib/calls.mjs';
import { allClosed, hears, hearEachOther, neverOpenedACamera, seeAndHearEachOther, sees } from '../lib/proofs.mjs';
import { eventually, same, test } from '../lib/registry.mjs';

/** @param {import('../lib/person.mjs').Person} person */
const liveVideo = (person) => person.ask(() => window.__e2e.tracks.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live').length);

test('the camera in an audio call: the other sees it, and theirs stays closed until they press', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob, 'audio');
  await alice.press('camera');
  await sees(bob, 'alice');
  await neverOpenedACamera(bob);
  await hearEachOther(alice, bob);
  await bob.press('camera');
  await seeAndHearEachOther(alice, bob);
  const offers = async () => (await t.server.frames(t.ids.alice)).filter(({ payload }) => payload?.kind === 'renegotiate').length;
  const before = await offers();
  await alice.press('camera');
  await eventually(() => liveVideo(alice), (live) => live === 0, 'alice with a closed camera');
  await alice.press('camera');
  await sees(bob, 'alice');
  same(await offers(), before, 'renegotiations for switching the camera off and on');
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('the callee switches the camera on first', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob, 'audio');
  await bob.press('camera');
  await sees(alice, 'bob');
  await alice.press('camera');
  await seeAndHearEachOther(alice, bob);
});

test('both switch the camera on at the same moment', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob, 'audio');
  await Promise.all([alice.control('camera'), bob.control('camera')]);
  // By the mirror: the first picture moves the controls from under a mouse.
  const press = (/** @type {import('../lib/person.mjs').Person} */ person) => person.ask(() =>
    /** @type {HTMLElement | null} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('[data-control="camera"]'))?.click());
  await Promise.all([press(alice), press(bob)]);
  await pictures(alice, bob);
  await seeAndHearEachOther(alice, bob);
  same(await alice.ask(() => window.__e2e.peers.at(-1)?.getTransceivers().filter(({ receiver, mid }) => receiver.track.kind === 'video' && mid).length), 1, 'lines for cameras');
});

test('a camera that is refused in an audio call: said, and the sound goes on', {}, async (t) => {
  const [alice, bob] = await t.pair({ permissions: ['microphone'] });
  await talk(alice, bob, 'audio');
  await alice.press('camera');
  await alice.reads(/camera is blocked/i);
  await hears(bob, 'alice');
});
