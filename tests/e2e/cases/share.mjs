/** Sharing: Chromium captures a tab that shows Carol's colour and plays her tone, chosen as a person would in its picker. */
import { bothEnd, establish, pictures, talk } from '../lib/calls.mjs';
import { newCallsOld } from '../lib/old.mjs';
import { allClosed, framesArrive, hearEachOther, seeAndHearEachOther, sees, whose } from '../lib/proofs.mjs';
import { LOOKS } from '../lib/media.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

const { colour, tone } = LOOKS.carol;
/** @param {string} who */
const title = (who) => `What ${who} shares`;
/** @param {string} who */
const sharer = (who) => ({ args: [`--auto-select-tab-capture-source-by-title=${title(who)}`, '--autoplay-policy=no-user-gesture-required'] });

/** The tab that is shared: a bar moves over Carol's colour, as often as a page changes that is read, and her beeps sound. @param {Person} person */
async function tab(person) {
  const page = await /** @type {NonNullable<typeof person.home.context>} */ (person.home.context).newPage();
  await page.setViewportSize({ width: 640, height: 360 }); // compressed in software
  await page.setContent(`<title>${title(person.name)}</title><body style="margin:0;background:rgb(${colour})">
    <div id="bar" style="position:absolute;top:0;bottom:0;width:10%;background:#fff"></div></body>`);
  await page.evaluate((hz) => {
    const bar = /** @type {HTMLElement} */ (document.querySelector('#bar'));
    setInterval(() => { bar.style.left = `${(performance.now() / 40) % 90}%`; }, 250);
    const context = new AudioContext();
    const loudness = new GainNode(context, { gain: 0 });
    const tone = new OscillatorNode(context, { frequency: hz });
    tone.connect(loudness).connect(context.destination);
    tone.start();
    setInterval(() => loudness.gain.setValueAtTime(0.4, context.currentTime), 200);
    void context.resume();
  }, tone);
  return page;
}

/** What is said is held back while `__holds`, so that offers cross. `__offers`: ours of this while is out; `__crossed`: theirs came meanwhile. */
const holding = `{
  const held = [];
  let holds = false;
  Object.defineProperty(window, '__holds', { set: (on) => { holds = on; window.__offers = false; if (!on) for (const say of held.splice(0)) say(); } });
  for (const { prototype } of [RTCDataChannel, WebSocket]) {
    const { send } = prototype;
    prototype.send = function (data) {
      const say = () => { if (['open', 1].includes(this.readyState)) send.call(this, data); };
      if (holds) held.push(say); else say();
    };
  }
  const { setLocalDescription, setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setLocalDescription = async function (...description) {
    await setLocalDescription.apply(this, description);
    window.__offers = this.signalingState === 'have-local-offer';
  };
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    if (this.signalingState === 'have-local-offer' && description.type === 'offer') window.__crossed = true;
    return setRemoteDescription.call(this, description);
  };
}`;

/** @param {Person} person */
const screen = (person) => person.ask(() => window.__e2e.picture('screen'));

/** The shared tab's picture, moving, on most of the page. @param {Person} person */
async function seesScreen(person) {
  const first = await eventually(() => screen(person), (p) => p !== null && whose(p.colour) === 'carol' && p.bar >= 0 && p.shown[0] > 700,
                                 `${person.name} seeing the shared tab large`, 30000);
  await eventually(() => screen(person), (p) => p !== null && p.bar >= 0 && Math.abs(p.bar - (first?.bar ?? 0)) > 4, `${person.name} seeing it move`);
}
/** @param {Person} person */
const hearsTab = (person) => eventually(() => person.ask(() => window.__e2e.sound(1200, true)),
  (sound) => sound !== null && Math.abs(sound.hz - tone) <= 12 && sound.over > 30, `${person.name} hearing the shared tab`, 20000);

/** The screen is put away, and the other's face is large again. @param {Person} person */
const seesNoScreen = (person) => eventually(() => person.ask(() => ({
  screen: document.querySelector('#odnix-call')?.shadowRoot?.querySelector('video.screen.shown') !== null && document.querySelector('#odnix-call') !== null,
  face: window.__e2e.picture()?.shown[0] ?? 0,
})), ({ screen, face }) => !screen && face > 700, `${person.name} seeing a face again`);

/** Captured screens that still run. @param {Person} person */
const captured = (person) => person.ask(() => window.__e2e.tracks.filter((track) => track.readyState === 'live' && /tab|web-contents/i.test(track.label)).length);
/** @param {Person} person */
const released = (person) => eventually(() => captured(person), (left) => left === 0, `${person.name} capturing nothing`);

/** Alice, who can share, and Bob, in a video call, with her tab. @param {import('../lib/context.mjs').Context} t */
async function sharing(t, setting = {}) {
  const [alice, bob] = await t.pair(sharer('alice'), setting);
  const shared = await tab(alice);
  await talk(alice, bob);
  await alice.press('share');
  await seesScreen(bob);
  return { alice, bob, shared };
}

test('a shared tab: seen large and heard over there beside the face and the voice, until it is stopped', { quick: true, timeout: 90000 }, async (t) => {
  const { alice, bob } = await sharing(t);
  await hearsTab(bob);
  const face = await bob.ask(() => window.__e2e.picture());
  check(face !== null && face.shown[0] < 300, `the face is small: ${face?.shown}`);
  await seeAndHearEachOther(alice, bob);
  await alice.reads(/sees your screen/);
  same(await bob.ask(() => window.__e2e.shares), 0, "bob's own pickers");
  await alice.press('share');
  await seesNoScreen(bob);
  await released(alice);
  const offers = async () => (await t.server.frames(t.ids.alice)).filter(({ payload }) => payload?.kind === 'renegotiate').length;
  const before = await offers();
  await alice.press('share');
  await seesScreen(bob);
  same(await offers(), before, 'renegotiations for sharing again');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('the shared tab is closed: the sharing ends by itself, the call goes on', { timeout: 90000, cells: ['fault 26'] }, async (t) => {
  const { alice, bob, shared } = await sharing(t);
  await shared.close();
  await seesNoScreen(bob);
  await released(alice);
  await seeAndHearEachOther(alice, bob);
  t.saw('fault 26', 'put away over there, nothing captured, both see and hear on');
});

test('who only looks hangs up: nothing stays captured over there', { timeout: 90000 }, async (t) => {
  const { alice, bob } = await sharing(t);
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('both share at the same moment: each sees the other\'s', { timeout: 120000, alone: true }, async (t) => {
  const [alice, bob] = await t.pair({ ...sharer('alice'), init: [holding] }, { ...sharer('bob'), init: [holding] });
  await Promise.all([tab(alice), tab(bob)]);
  await talk(alice, bob);
  /** @param {Person} person @param {'__offers' | '__crossed'} what */
  const has = (person, what) => eventually(() => person.ask((name) => !!(/** @type {any} */ (window)[name]), what), Boolean, `${person.name}: ${what}`);
  /** @param {boolean} on */
  const hold = (on) => Promise.all([alice, bob].map((person) => person.ask((value) => void (/** @type {any} */ (window).__holds = value), on)));
  await hold(true);
  await Promise.all([alice, bob].map(async (person) => { await person.press('share'); await has(person, '__offers'); }));
  await hold(false);
  await has(bob, '__crossed');
  await Promise.all([seesScreen(alice), seesScreen(bob)]);
  await seeAndHearEachOther(alice, bob);
  await bob.press('share');
  await seesNoScreen(alice);
  await seesScreen(bob);
});

test('an audio call: a screen without a camera, then a camera beside it, and back', { timeout: 120000 }, async (t) => {
  const [alice, bob] = await t.pair(sharer('alice'));
  await tab(alice);
  await talk(alice, bob, 'audio');
  await alice.press('share');
  await seesScreen(bob);
  await hearEachOther(alice, bob);
  for (const person of [alice, bob]) check((await person.ask(() => window.__e2e.requests)).every(({ video }) => !video), `${person.name} opened no camera`);
  await bob.press('camera');
  await sees(alice, 'bob');
  await alice.press('camera');
  await sees(bob, 'alice');
  await seesScreen(bob);
  await alice.press('share');
  await seesNoScreen(bob);
  await sees(bob, 'alice');
});

test('the page that looks reloads: it sees the screen again; the page that shares reloads: it shares no more', { timeout: 150000, alone: true }, async (t) => {
  const { alice, bob } = await sharing(t);
  for (const person of [alice, bob]) person.fromNow();
  await bob.page.reload();
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seesScreen(bob);
  for (const person of [alice, bob]) person.fromNow();
  await alice.page.reload();
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seesNoScreen(bob);
  await pictures(alice, bob);
  await seeAndHearEachOther(alice, bob);
  same(await alice.ask(() => window.__e2e.shares), 0, 'pickers on the new page');
});

test('a picker that is closed: one quiet line, and the button is there again', {}, async (t) => {
  const refuse = "MediaDevices.prototype.getDisplayMedia = async () => { throw new DOMException('closed', 'NotAllowedError'); };";
  const [alice, bob] = await t.pair({ init: [refuse] });
  await establish(alice, bob);
  await alice.press('share');
  await alice.reads(/screen is not shared/);
  await alice.press('share');
  await seeAndHearEachOther(alice, bob);
});

test('an old peer is offered no screen', {}, async (t) => {
  const [alice, old] = await Promise.all([t.person('alice'), t.oldPeer('bob')]);
  await newCallsOld(alice, old);
  await alice.control('hang-up');
  check(!(await alice.ask(() => window.__e2e.controls())).includes('share'), 'no share button');
});

test('a browser that cannot share has no button for it, and sees what is shared', { timeout: 90000 }, async (t) => {
  const { bob } = await sharing(t, { init: ['delete MediaDevices.prototype.getDisplayMedia;'] });
  check(!(await bob.ask(() => window.__e2e.controls())).includes('share'), 'no share button');
});

/** Firefox's picker cannot be answered by a test: in its place stands a screen drawn in Carol's colour, with her bar. */
const drawn = `MediaDevices.prototype.getDisplayMedia = async () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const c = canvas.getContext('2d');
  setInterval(() => {
    c.fillStyle = 'rgb(${colour})';
    c.fillRect(0, 0, 1280, 720);
    c.fillStyle = '#fff';
    c.fillRect(((performance.now() / 40) % 90) * 12.8, 0, 128, 720);
  }, 60);
  const stream = canvas.captureStream(15);
  window.__e2e.tracks.push(...stream.getTracks());
  return stream;
};`;
/** Drawn screens that still run. @param {Person} person */
const drawing = (person) => person.ask(() => window.__e2e.tracks.filter((track) => 'canvas' in track && track.readyState === 'live').length);

test('Chromium shares with Firefox: seen large, until it is stopped', { timeout: 120000 }, async (t) => {
  const [alice, fox] = await Promise.all([t.person('alice', sharer('alice')), t.firefox('bob')]);
  await tab(alice);
  await establish(alice, fox);
  await framesArrive(alice);
  await alice.press('share');
  await seesScreen(fox);
  await alice.press('share');
  await seesNoScreen(fox);
  await released(alice);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', fox, 'hangup');
  await allClosed(alice, fox);
});

test('Firefox shares with Chromium: seen large, until it is stopped', { timeout: 120000 }, async (t) => {
  const [alice, fox] = await Promise.all([t.person('alice'), t.firefox('bob', { init: [drawn] })]);
  await establish(alice, fox);
  await framesArrive(alice);
  await fox.press('share');
  await seesScreen(alice);
  await fox.reads(/sees your screen/);
  await fox.press('share');
  await seesNoScreen(alice);
  await eventually(() => drawing(fox), (left) => left === 0, "fox's screen released");
  await framesArrive(alice);
  await fox.press('hang-up');
  await bothEnd(fox, 'hangup', alice, 'hangup');
  await allClosed(alice, fox);
});
