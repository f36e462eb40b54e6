/** Cameras and microphones that are refused or missing: said clearly, nothing half-open, and it works afterwards. */
import { bothEnd, chatPage, hearing, ring, ringUp, talk } from '../lib/calls.mjs';
import { allClosed, hears, neverOpenedACamera, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @param {import('../lib/person.mjs').Person} person */
const grant = (person) =>
  person.home.context?.grantPermissions(['camera', 'microphone'], { origin: new URL(person.page.url()).origin });

test('the caller denies camera and microphone: told so, nobody is rung, and it works after granting', { quick: true, cells: ['c1 new → new', 'fault 24 denied'] }, async (t) => {
  const [alice, bob] = await t.pair({ permissions: [] });
  await ring(alice);
  await alice.reads(/microphone is blocked.*allow it/i);
  await alice.press('cancel');
  await alice.reaches('idle');
  await allClosed(alice);
  same(bob.states(), [], 'bob is not rung by a call that cannot be made');
  same((await t.server.frames(t.ids.alice)).filter((f) => f.type === 'webrtc.offer').length, 0, 'offers sent');

  await grant(alice);
  await talk(alice, bob);
  t.saw('c1 new → new', 'told why and what to do; nobody is rung; works after allowing');
  t.saw('fault 24 denied', '"microphone is blocked … allow it"; nobody is rung; works after allowing');
});

/** The browser's answer about the devices comes before the connection stands: afterwards a person is told, and not asked. */
const ANSWERED_FIRST = `(() => {
  let said;
  const answered = new Promise((done) => { said = done; });
  const open = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = function (wish) {
    const asked = open.call(this, wish);
    asked.then(said, said);
    return asked;
  };
  const apply = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    await answered;
    for (const name of ['microphone', 'camera']) await navigator.permissions.query({ name }); // after the client's own questions
    return apply.call(this, description);
  };
})()`;

test('the callee denies camera and microphone: the caller is told, both can call again', { cells: ['c2 new → new'] }, async (t) => {
  const [alice, bob] = await t.pair({}, { permissions: [], init: [ANSWERED_FIRST] });
  await ringUp(alice, bob);
  await bob.press('accept');
  await bob.reads(/microphone is blocked.*allow it/i);
  await bob.press('hang-up');
  await bothEnd(alice, 'media-failed', bob, 'media-failed');
  await alice.reads(/could not open a microphone/i);
  await allClosed(alice, bob);
  await grant(bob);
  await talk(alice, bob);
  t.saw('c2 new → new', 'told why and what to do; the caller reads why it ended; both can call again');
});

test('the microphone is denied: the person may join and listen', {}, async (t) => {
  const [alice, bob] = await t.pair({}, { permissions: ['camera'], init: [ANSWERED_FIRST] });
  await ringUp(alice, bob, 'audio');
  await bob.press('accept');
  await bob.reads(/microphone is blocked/i);
  await bob.press('listen-only');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await hears(bob, 'alice');
  await bob.reads(/listening only/i);
  same(await bob.ask(() => window.__e2e.open().tracks), 0, 'tracks of a person who only listens');
});

test("the caller's camera alone is denied: the call goes on with audio, and says why", {}, async (t) => {
  const [alice, bob] = await t.pair({ permissions: ['microphone'] });
  await ringUp(alice, bob);
  await alice.reads(/camera is blocked/i);
  await bob.press('accept');
  await hearing(alice, bob);
});

test("the callee's camera alone is denied: they see the caller and are heard", {}, async (t) => {
  const [alice, bob] = await t.pair({}, { permissions: ['microphone'] });
  await ringUp(alice, bob);
  await bob.press('accept');
  await hearing(alice, bob);
  await sees(bob, 'alice');
  await bob.reads(/camera is blocked/i);
});

test('the caller has no camera at all: the call goes on with audio', { cells: ['fault 25 camera'] }, async (t) => {
  const [alice, bob] = await t.pair({ camera: false });
  await ringUp(alice, bob);
  await alice.reads(/no camera found/i);
  await bob.press('accept');
  await hearing(alice, bob);
  await neverOpenedACamera(bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 25 camera', 'the call goes on with sound');
});

test('the callee has no camera at all: they see the caller and are heard', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair({}, { camera: false });
  await ringUp(alice, bob);
  await bob.press('accept');
  await hearing(alice, bob);
  await sees(bob, 'alice');
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

/** The browser answers a wish for `kind` with this error, while `__refuses` is not false. @param {string} kind @param {string} name @param {string} message */
const refusing = (kind, name, message) => `(() => {
  const open = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    if (window.__refuses !== false && wish.${kind}) throw new DOMException(${JSON.stringify(message)}, ${JSON.stringify(name)});
    return open.call(this, wish);
  };
})()`;

test('another program uses the camera: the call goes on with sound, and says so; closed there, it is switched on here', { cells: ['fault 25 busy'] }, async (t) => {
  const [alice, bob] = await t.pair({ init: [refusing('video', 'NotReadableError', 'Could not start video source')] });
  await ringUp(alice, bob);
  await alice.reads(/another program uses the camera/i);
  await bob.press('accept');
  await hearing(alice, bob);
  await alice.ask(() => { /** @type {any} */ (window).__refuses = false; });
  await alice.press('camera');
  await sees(bob, 'alice');
  t.saw('fault 25 busy', '"another program uses the camera"; switched on later it is seen');
});

test("the browser's question is closed without an answer: told so, nobody is rung, and it asks again at the next press", { cells: ['fault 24 dismissed'] }, async (t) => {
  const [alice, bob] = await t.pair({ init: [refusing('audio', 'NotAllowedError', 'Permission dismissed')] });
  await ring(alice);
  await alice.reads(/question about the microphone was closed/i);
  await alice.press('cancel');
  await alice.reaches('idle');
  same(bob.states(), [], 'bob is not rung by a call that cannot be made');
  await alice.ask(() => { /** @type {any} */ (window).__refuses = false; });
  await talk(alice, bob);
  t.saw('fault 24 dismissed', '"question about the microphone was closed"; nobody is rung; works at the next press');
});

test('a ringing page opens no device and asks for none', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair({}, { page: chatPage(t.ids.chat) });
  await ringUp(alice, bob);
  await bob.control('accept');
  same(await bob.ask(() => window.__e2e.requests.length), 0, 'device requests of a page that only rings');
});

test('the microphone disappears in a call: said, and the call goes on', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  // A track that ends by itself is what a page sees of a pulled plug.
  await alice.ask(() => {
    const track = window.__e2e.tracks.find(({ kind, readyState }) => kind === 'audio' && readyState === 'live');
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
  await eventually(() => alice.ask(() => window.__e2e.requests.length), (requests) => requests >= 2, 'the next microphone asked for');
  await hears(bob, 'alice');
  check(alice.states().at(-1) === 'active', 'the call goes on');
});
