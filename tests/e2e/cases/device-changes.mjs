/**
 * Devices that are chosen, pulled, plugged in again, taken back, silenced. The browsers' fake devices cannot be pulled, so
 * a page's browser is told to hide them, and to say so as it would: the track ends, the list changes.
 */
import { bothEnd, establish, ringUp, talk } from '../lib/calls.mjs';
import { allClosed, hears, sees } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @typedef {import('../lib/person.mjs').Person} Person */

/** Firefox gives a track's listeners no event that a script made: they are called by hand. */
const endable = `(() => {
  const { addEventListener } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.addEventListener = function (name, listener, options) {
    if (name === 'ended') (this.__ended ??= []).push(listener);
    return addEventListener.call(this, name, listener, options);
  };
})()`;

const twoCameras = { args: ['--use-fake-device-for-media-stream=device-count=2'] };

/** What `pull` and `plug` need, before the page's own scripts. */
const pluggable = `(() => {
  const pulled = (window.__pulled = new Set());
  const { enumerateDevices, getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.enumerateDevices = async function () {
    return (await enumerateDevices.call(this)).filter(({ deviceId }) => !pulled.has(deviceId));
  };
  MediaDevices.prototype.getUserMedia = async function (wish) {
    const left = await this.enumerateDevices();
    const none = (kind) => !left.some((device) => device.kind === kind && device.deviceId !== 'default');
    if ((wish.audio && none('audioinput')) || (wish.video && none('videoinput')))
      throw new DOMException('Requested device not found', 'NotFoundError');
    const pin = (kind, part) => {
      const asked = part.deviceId?.ideal;
      const found = left.find((device) => device.kind === kind && (asked ? device.deviceId === asked : device.deviceId !== 'default'));
      return { ...part, deviceId: { exact: (found ?? left.find((device) => device.kind === kind)).deviceId } };
    };
    return getUserMedia.call(this, { audio: wish.audio && pin('audioinput', wish.audio), video: wish.video && pin('videoinput', wish.video) });
  };
})()`;

/** The id of what is open. @param {Person} person @param {string} kind */
const inUse = (person, kind) =>
  person.ask((wanted) => window.__e2e.tracks.filter((track) => track.kind === wanted && track.readyState === 'live').map((track) => track.getSettings().deviceId), kind);

/** Pulls what is open of a kind (or all of it). @param {Person} person @param {string} kind @param {boolean} [all] */
const pull = (person, kind, all = false) =>
  person.ask(async ([wanted, every]) => {
    const pulled = /** @type {any} */ (window).__pulled;
    const [track] = window.__e2e.tracks.filter((one) => one.kind === wanted && one.readyState === 'live');
    const id = track.getSettings().deviceId;
    for (const device of await navigator.mediaDevices.enumerateDevices())
      if (device.kind === `${wanted}input` && (every || device.deviceId === id)) pulled.add(device.deviceId);
    track.stop();
    track.dispatchEvent(new Event('ended'));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    return id;
  }, /** @type {[string, boolean]} */ ([kind, all]));

/** Plugs everything in again. @param {Person} person */
const plug = (person) =>
  person.ask(() => {
    /** @type {any} */ (window).__pulled.clear();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });

/** The person says so in the browser's own settings; a denied device ends by itself. @param {Person} person @param {'granted' | 'denied'} setting */
const permit = async (person, setting) => {
  const page = /** @type {import('playwright-core').Page} */ (/** @type {unknown} */ (person.page));
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const { origin } = new URL(page.url());
  // the session stays: its settings end with it
  for (const [name, value] of [['camera', 'granted'], ['microphone', setting]])
    await session.send('Browser.setPermission', {
      permission: { name }, setting: /** @type {typeof setting} */ (value), origin, browserContextId: targetInfo.browserContextId,
    });
};

/** @param {Person} person */
const devices = (person) => person.ask(() => window.OdnixCall?.devices() ?? []);

/** @param {import('../lib/context.mjs').Context} t @param {'alice' | 'bob'} who */
const offers = async (t, who) => (await t.server.frames(t.ids[who])).filter(({ type }) => type === 'webrtc.offer').length;

test('a pulled microphone is replaced and said, and taken up again when it is back', { quick: true, cells: ['fault 25 unplugged'] }, async (t) => {
  const [alice, bob] = await t.pair({ init: [pluggable] });
  await talk(alice, bob);
  const offered = await offers(t, 'alice');
  const first = await pull(alice, 'audio');
  await alice.reads(/devices changed. Now using /);
  const [second] = await eventually(() => inUse(alice, 'audio'), (ids) => ids.length === 1, 'another microphone');
  check(second !== first, 'another one than the pulled one');
  await hears(bob, 'alice');
  await plug(alice);
  await eventually(() => inUse(alice, 'audio'), (ids) => ids.length === 1 && ids[0] === first, 'the first one again');
  await hears(bob, 'alice');
  same(await offers(t, 'alice'), offered, 'offers: nothing was negotiated anew');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 25 unplugged', '"Now using …", heard on; no offer is sent');
});

test('the last microphone is pulled: both are told, the call goes on, and plugging it in is enough', { cells: ['fault 25 microphone'] }, async (t) => {
  const [alice, bob] = await t.pair({ init: [pluggable] });
  await talk(alice, bob);
  await pull(alice, 'audio', true);
  await alice.reads(/Nobody hears you. No microphone found. Plug one in/);
  await bob.reads(/is muted/);
  await sees(bob, 'alice');
  await plug(alice);
  await hears(bob, 'alice');
  await eventually(() => alice.shown(), (text) => !/Nobody hears/.test(text), 'the warning gone');
  t.saw('fault 25 microphone', '"Nobody hears you … Plug one in", "is muted" over there; heard again once it is plugged in');
});

test('the camera is pulled and plugged in again: the picture is back', {}, async (t) => {
  const [alice, bob] = await t.pair({ init: [pluggable] });
  await talk(alice, bob);
  await pull(alice, 'video', true);
  await alice.reads(/No camera found/);
  await eventually(() => inUse(alice, 'video'), (ids) => ids.length === 0, 'no camera');
  await plug(alice);
  await sees(bob, 'alice');
});

test('the microphone is forbidden in a call: told apart from a pulled one, nothing is opened, allowed again it works', { cells: ['fault 24 revoked'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  const asked = () => alice.ask(() => window.__e2e.requests.filter(({ audio }) => audio).length);
  const requests = await asked();
  await permit(alice, 'denied');
  await alice.reads(/Nobody hears you. The microphone is blocked. Allow it/);
  same(await asked(), requests, 'requests for a microphone');
  await permit(alice, 'granted');
  await alice.press('microphone');
  await hears(bob, 'alice');
  t.saw('fault 24 revoked', '"Nobody hears you. The microphone is blocked. Allow it"; nothing is opened');
});

test('the system silences microphone and camera: said on both sides, and over when it is over', { cells: ['fault 25 muted'] }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  /** @param {boolean} muted @param {string} kind */
  const silence = (muted, kind) =>
    alice.ask(([value, wanted]) => {
      const track = window.__e2e.tracks.find((one) => one.kind === wanted && one.readyState === 'live');
      if (!track) return;
      Object.defineProperty(track, 'muted', { value, configurable: true });
      track.dispatchEvent(new Event(value ? 'mute' : 'unmute'));
    }, /** @type {[boolean, string]} */ ([muted, kind]));
  await silence(true, 'audio');
  await alice.reads(/system has muted your microphone/);
  await bob.reads(/is muted/);
  await silence(false, 'audio');
  await eventually(() => alice.shown(), (text) => !/has muted/.test(text), 'the warning gone');
  await silence(true, 'video');
  await alice.reads(/system has stopped your camera/);
  t.saw('fault 25 muted', '"system has muted your microphone", "is muted" over there');
});

test('another camera and microphone are chosen in a call, without a renegotiation, and remembered', {}, async (t) => {
  const [alice, bob] = await t.pair(twoCameras);
  await establish(alice, bob);
  const offered = await offers(t, 'alice');
  for (const [kind, track] of [['microphone', 'audio'], ['camera', 'video']]) {
    const all = (await devices(alice)).filter((device) => device.kind === kind);
    const other = all.filter(({ selected }) => !selected).at(-1);
    check(other && all.filter(({ selected }) => selected).length === 1, `a ${kind} to choose: ${JSON.stringify(all)}`);
    await alice.ask(([name, id]) => window.OdnixCall?.chooseDevice(/** @type {'camera'} */ (name), id), [kind, other.id]);
    await eventually(() => inUse(alice, track), (ids) => ids.length === 1 && ids[0] === other.id, `the other ${kind}`);
    await eventually(() => devices(alice), (list) => list.some(({ id, selected }) => selected && id === other.id), `the other ${kind} selected`);
  }
  same(await offers(t, 'alice'), offered, 'offers');
  const chosen = [await inUse(alice, 'audio'), await inUse(alice, 'video')];
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  await alice.page.reload();
  await alice.ready();
  await ringUp(alice, bob); // the second of Chromium's own cameras gives no frame that it can encode: only who is open counts
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await eventually(async () => [await inUse(alice, 'audio'), await inUse(alice, 'video')], (ids) => JSON.stringify(ids) === JSON.stringify(chosen),
                   `the devices of the next page, ${JSON.stringify(chosen)}`);
});

test('sound goes to the chosen speaker; one that fails gives way to the system\'s, and it is said', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  const sink = () => alice.ask(() => /** @type {any} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('video.remote')).sinkId);
  const other = (await devices(alice)).filter(({ kind, selected }) => kind === 'speaker' && !selected).at(-1);
  if (!other) return t.skip('this browser has one speaker only');
  await alice.ask((id) => window.OdnixCall?.chooseDevice('speaker', id), other.id);
  await eventually(sink, (id) => id === other.id, 'sound at the chosen speaker');
  await alice.ask(() => window.OdnixCall?.chooseDevice('speaker', 'a speaker that is not there'));
  await hears(alice, 'bob');
  await alice.ask(() => {
    HTMLMediaElement.prototype.setSinkId = (/** @type {string} */ id) => {
      return id ? Promise.reject(new DOMException('gone', 'AbortError')) : Promise.resolve();
    };
  });
  await alice.ask(async () => {
    const [first, second] = ((await window.OdnixCall?.devices()) ?? []).filter(({ kind, id }) => kind === 'speaker' && id !== 'default');
    window.OdnixCall?.chooseDevice('speaker', (second ?? first).id);
    window.OdnixCall?.chooseDevice('speaker', first.id);
  });
  await alice.reads(/speaker is gone/);
});

test('Firefox: devices are told, and a pulled microphone is replaced', { timeout: 90000 }, async (t) => {
  const [alice, fox] = await Promise.all([t.person('alice'), t.firefox('bob', { init: [endable] })]);
  await establish(alice, fox);
  await hears(alice, 'bob');
  const kinds = new Set((await devices(fox)).map(({ kind }) => kind));
  check(kinds.has('microphone') && kinds.has('camera'), `kinds that Firefox tells: ${[...kinds]}`);
  const before = await fox.ask(() => window.__e2e.requests.length);
  await fox.ask(() => {
    for (const track of window.__e2e.tracks)
      if (track.kind === 'audio' && track.readyState === 'live') {
        track.stop();
        for (const listener of /** @type {any} */ (track).__ended) listener(new Event('ended'));
      }
  });
  await eventually(() => fox.ask(() => window.__e2e.requests.length), (requests) => requests > before, 'the next microphone');
  await hears(alice, 'bob');
});
