/** What a person heard and saw, from the samples of lib/flow-probe.js. All times in milliseconds. */

const RATE = 48; // samples of sound in a millisecond

/** The last sample not after `at`. @param {LabSample[]} samples @param {number} at */
function before(samples, at) {
  let low = 0;
  let high = samples.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (samples[middle].at <= at) low = middle;
    else high = middle - 1;
  }
  return samples[low];
}

/** Share of the time in which sound really came, 0 to 1. @param {LabSample[]} samples @param {number} from @param {number} to */
export function heard(samples, from, to) {
  const [a, b] = [before(samples, from), before(samples, to)];
  return a && b && b.at > a.at ? Math.min(1, (b.real - a.real) / ((b.at - a.at) * RATE)) : 0;
}

/** Pictures per second. @param {LabSample[]} samples @param {number} from @param {number} to */
export function pictureRate(samples, from, to) {
  const [a, b] = [before(samples, from), before(samples, to)];
  return a && b && b.at > a.at ? ((b.frames - a.frames) * 1000) / (b.at - a.at) : 0;
}

/**
 * When sound flows from `since` on: the first moment after which, for a second, most of it is real and it is not silence.
 * @param {LabSample[]} samples @param {number} since @returns {number | null}
 */
export function soundSince(samples, since) {
  const last = samples.at(-1)?.at ?? 0;
  for (const sample of samples) {
    if (sample.at < since) continue;
    if (last < sample.at + 1000) return null; // not known yet
    const end = before(samples, sample.at + 1000);
    const soon = before(samples, sample.at + 300);
    if (soon.real > sample.real && heard(samples, sample.at, sample.at + 1000) > 0.6 && end.energy > sample.energy) return sample.at;
  }
  return null;
}

/** How much sound was made up to cover gaps, ms: no gap was longer. @param {LabSample[]} samples @param {number} from @param {number} to */
export function madeUp(samples, from, to) {
  return Math.round((before(samples, to).made - before(samples, from).made) / RATE);
}

/** When pictures flow from `since` on: the first moment after which, for a second, four come. @param {LabSample[]} samples @param {number} since */
export function picturesSince(samples, since) {
  const last = samples.at(-1)?.at ?? 0;
  for (const [index, sample] of samples.entries()) {
    if (sample.at < since || index === 0) continue;
    if (last < sample.at + 1000) return null; // not known yet
    const end = before(samples, sample.at + 1000);
    if (sample.frames > samples[index - 1].frames && end.frames - sample.frames >= 4) return sample.at;
  }
  return null;
}

/** The longest time without any real sound. @param {LabSample[]} samples @param {number} from @param {number} to */
export function longestSilence(samples, from, to) {
  let worst = 0;
  let heardAt = from;
  let real = before(samples, from).real;
  for (const sample of samples) {
    if (sample.at < from || sample.at > to) continue;
    if (sample.real - real > 10 * RATE) {
      heardAt = sample.at;
      real = sample.real;
    }
    worst = Math.max(worst, sample.at - heardAt);
  }
  return worst;
}
