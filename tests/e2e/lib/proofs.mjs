/** Proofs that two people really see and hear each other. */
import { LOOKS } from './media.mjs';
import { check, eventually } from './registry.mjs';

/** @param {number[]} a @param {number[]} b */
const distance = (a, b) => Math.hypot(...a.map((value, i) => value - b[i]));

/** Name of the person whose colour this is. @param {number[]} colour */
export function whose(colour) {
  const all = Object.values(LOOKS).map((look) => ({ name: look.name, far: distance(look.colour, colour) }));
  const [best] = all.sort((a, b) => a.far - b.far);
  return best.far < 80 ? best.name : `nobody (${colour.join(',')})`;
}

/**
 * `person` sees the moving picture of `other`: the field has that colour, and the bar is somewhere else a moment later.
 * @param {import('./person.mjs').Person} person @param {string} other
 */
export async function sees(person, other) {
  const look = () => person.ask(() => window.__e2e.picture());
  const first = await eventually(look, (p) => p !== null && whose(p.colour) === other && p.bar >= 0 && p.shown[0] > 0,
                                 `${person.name} seeing ${other}'s picture`, 20000);
  await eventually(look, (p) => p !== null && p.bar >= 0 && Math.abs(p.bar - (first?.bar ?? 0)) > 4,
                   `${person.name} seeing ${other}'s picture move`, 20000);
}

/**
 * `person` hears the tone of `other`: the strongest pitch is theirs within two bins of the spectrum, far over the noise.
 * @param {import('./person.mjs').Person} person @param {string} other
 */
export async function hears(person, other) {
  const { tone } = LOOKS[other];
  await eventually(() => person.ask(() => window.__e2e.sound()),
                   (sound) => sound !== null && Math.abs(sound.hz - tone) <= 12 && sound.over > 30,
                   `${person.name} hearing ${other}'s ${tone} Hz`, 25000);
}

/**
 * What the screen really shows, the canvas above the picture included: a good part of it is the other's colour.
 * @param {import('./person.mjs').Person} person @param {string} other
 */
export async function seesOnScreen(person, other) {
  const look = async () => {
    const png = await person.page.screenshot();
    return person.ask(async ([bytes, colour]) => {
      const raw = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
      return window.__e2e.share(await createImageBitmap(new Blob([raw], { type: 'image/png' })), colour);
    }, /** @type {[string, number[]]} */ ([png.toString('base64'), LOOKS[other].colour]));
  };
  await eventually(look, (share) => share > 0.25, `a quarter of ${person.name}'s screen in ${other}'s colour`);
}

/** Both directions, picture and tone. @param {import('./person.mjs').Person} a @param {import('./person.mjs').Person} b */
export async function seeAndHearEachOther(a, b) {
  await Promise.all([sees(a, b.name), sees(b, a.name), hears(a, b.name), hears(b, a.name)]);
}

/** @param {import('./person.mjs').Person} a @param {import('./person.mjs').Person} b */
export async function hearEachOther(a, b) {
  await Promise.all([hears(a, b.name), hears(b, a.name)]);
}

/** Decoded frames rise: for browsers that send a picture of their own choice. @param {import('./person.mjs').Person} person */
export async function framesArrive(person) {
  const ask = () => person.ask(() => window.__e2e.received());
  const first = await eventually(ask, (got) => got.frames > 0, `${person.name} decoding a frame`, 25000);
  await eventually(ask, (got) => got.frames >= first.frames + 10, `${person.name} decoding ten more frames`, 25000);
}

/** Audio is received: for browsers that cannot be listened to. @param {import('./person.mjs').Person} person */
export async function soundArrives(person) {
  const ask = () => person.ask(() => window.__e2e.received());
  const first = await ask();
  await eventually(ask, (got) => got.audioBytes > first.audioBytes + 1000, `${person.name} receiving sound`, 25000);
}

/** Nothing is left behind: no connection, no microphone, no camera. @param {...import('./person.mjs').Person} people */
export async function allClosed(...people) {
  for (const person of people)
    await eventually(() => person.ask(() => window.__e2e.open()), (left) => left.peers === 0 && left.tracks === 0,
                     `${person.name} with everything closed`, 8000);
}

/** @param {import('./person.mjs').Person} person */
export async function neverOpenedACamera(person) {
  const requests = await person.ask(() => window.__e2e.requests);
  check(requests.every((request) => !request.video), `${person.name} asked for a camera: ${JSON.stringify(requests)}`);
}

/**
 * Each packet of sound carries the one before as well (RED, RFC 2198): agreed, and seen in the size of the packets, for
 * Chromium's statistics name the codec inside. @param {import('./person.mjs').Person} person
 */
export async function soundGoesTwice(person) {
  const seen = await person.ask(async () => {
    const peer = window.__e2e.peers.find((one) => one.connectionState === 'connected');
    const codec = peer?.getSenders().find(({ track }) => track?.kind === 'audio')?.getParameters().codecs[0]?.mimeType;
    const stats = [...(await peer?.getStats() ?? new Map()).values()].find(({ type, kind }) => type === 'outbound-rtp' && kind === 'audio');
    return { codec, bytes: stats?.bytesSent / stats?.packetsSent };
  });
  check(seen.codec === 'audio/red', `the codec of ${person.name}'s sound is ${seen.codec}`);
  check(seen.bytes > 100, `a packet of ${person.name}'s sound has ${Math.round(seen.bytes)} bytes`); // one at 32 kbit/s has 80
}
