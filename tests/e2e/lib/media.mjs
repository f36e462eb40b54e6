/**
 * What each person of a test shows and says: a field of their own colour with a white bar moving across it, and
 * beeps of their own pitch. Written at run time for Chromium's fake capture devices; nothing of it is committed.
 *
 * The sound is beeps (300 ms on, 200 ms off) and not a steady tone, because a noise suppressor takes a steady tone
 * for noise and removes it.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ name: string, colour: [number, number, number], tone: number }} Look */

/** Colours far apart in every channel that survives 4:2:0 and VP8; tones that are no harmonics of each other. */
export const LOOKS = /** @type {Record<string, Look>} */ ({
  alice: { name: 'alice', colour: [220, 30, 220], tone: 440 },
  bob: { name: 'bob', colour: [30, 190, 40], tone: 1000 },
  carol: { name: 'carol', colour: [40, 80, 230], tone: 1700 },
  dave: { name: 'dave', colour: [230, 120, 20], tone: 2350 },
});

/** @typedef {{ width: number, height: number, rate: number }} Size `rate`: pictures a second */

/** Small and slow: two cores encode, decode and paint for everybody. @type {Size} */
const SMALL = { width: 320, height: 180, rate: 10 };

/** For what measures or is looked at. @type {Size} */
export const LARGE = { width: 640, height: 360, rate: 15 };

const SAMPLE_RATE = 48000;

/** @param {[number, number, number]} rgb @returns {[number, number, number]} BT.601, studio range */
function toYuv([r, g, b]) {
  return [
    Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b),
    Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b),
    Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b),
  ];
}

/** A YUV4MPEG2 file, 4:2:0, two seconds that loop. @param {Look} look @param {Size} size @returns {Buffer} */
export function movingPicture(look, { width, height, rate }) {
  const [y, u, v] = toYuv(look.colour);
  const frames = 2 * rate;
  const bar = width / 10;
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420\n`)];
  for (let frame = 0; frame < frames; frame += 1) {
    const left = Math.floor(((width - bar) * frame) / (frames - 1) / 2) * 2;
    const luma = Buffer.alloc(width * height, y);
    for (let row = 0; row < height; row += 1) luma.fill(235, row * width + left, row * width + left + bar);
    const chroma = [u, v].map((value) => {
      const plane = Buffer.alloc((width * height) / 4, value);
      for (let row = 0; row < height / 2; row += 1) {
        const start = (row * width) / 2 + left / 2;
        plane.fill(128, start, start + bar / 2);
      }
      return plane;
    });
    parts.push(Buffer.from('FRAME\n'), luma, ...chroma);
  }
  return Buffer.concat(parts);
}

/** A WAV file, 16 bit mono, two seconds of beeps that loop. @param {Look} look @returns {Buffer} */
export function beeps(look) {
  const samples = SAMPLE_RATE * 2;
  const data = Buffer.alloc(44 + samples * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + samples * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20); // PCM
  data.writeUInt16LE(1, 22); // one channel
  data.writeUInt32LE(SAMPLE_RATE, 24);
  data.writeUInt32LE(SAMPLE_RATE * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1) {
    const within = (i % (SAMPLE_RATE / 2)) / SAMPLE_RATE; // seconds since the beep began
    const edge = Math.min(1, within / 0.01, Math.max(0, (0.3 - within) / 0.01));
    data.writeInt16LE(Math.round(12000 * edge * Math.sin((2 * Math.PI * look.tone * i) / SAMPLE_RATE)), 44 + i * 2);
  }
  return data;
}

/**
 * Writes both files for everybody, once per run. @param {string} folder @param {Size} [size]
 * @returns {Record<string, { video: string, audio: string }>} paths by name
 */
export function writeMedia(folder, size = SMALL) {
  mkdirSync(folder, { recursive: true });
  const put = (/** @type {string} */ file, /** @type {Buffer} */ bytes) => {
    const path = join(folder, file);
    writeFileSync(`${path}.${process.pid}`, bytes); // two runs at once must not read half a file
    renameSync(`${path}.${process.pid}`, path);
    return path;
  };
  return Object.fromEntries(
    Object.values(LOOKS).map((look) => [
      look.name,
      { video: put(`${look.name}.y4m`, movingPicture(look, size)), audio: put(`${look.name}.wav`, beeps(look)) },
    ]),
  );
}
