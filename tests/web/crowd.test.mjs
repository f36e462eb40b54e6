// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addPictures, crowdOf, isOverfull, noPictures } from '../../web/glue/crowd.js';

/** After each look, half a second apart: kilobytes sent, of them again, and the trip in s. Is it overfull then? */
const looks = (...all) => {
  let crowd;
  let [sent, again] = [0, 0];
  return all.map(([more, repeated, trip]) => {
    [sent, again] = [sent + more, again + repeated];
    crowd = crowdOf(crowd, { sent, again, trip });
    return isOverfull(crowd);
  });
};
const calm = [30, 0, 0.02];

test('a line that carries it all is not overfull, nor is one that is merely long', () => {
  assert.deepEqual(looks(calm, calm, calm), [false, false, false]);
  assert.deepEqual(looks([30, 0, 0.5], [30, 1, 0.52], [30, 0, 0.5]), [false, false, false]);
});

test('a queue that fills and spills over is noticed with the first repeats', () => {
  assert.deepEqual(looks(calm, calm, [24, 0, 0.2], [20, 3, 0.31], [15, 14, 0.32]), [false, false, false, true, true]);
});

test('packets that are lost by themselves are not', () => {
  assert.ok(!looks(calm, ...Array.from({ length: 20 }, (_, i) => [18, i % 2 ? 10 : 3, 0.022])).includes(true));
});

test('nearly all is lost, without a queue', () => {
  assert.equal(looks(calm, calm, [20, 17, 0.02], [20, 18, 0.02], [20, 18, 0.02]).at(-1), true);
});

test('it is over when nothing is sent again, also where no report tells a shorter trip, and where nothing is sent', () => {
  const full = [15, 14, 0.6];
  assert.deepEqual(looks(calm, full, full, [2, 0, 0.6], [2, 0, 0.6], [2, 0, 0.6], [2, 0, 0.6]).slice(-2), [true, false]);
  assert.equal(looks(calm, full, full, [0, 0, 0.6], [0, 0, 0.6], [0, 0, 0.6], [0, 0, 0.6]).at(-1), false);
});

test('of the statistics only what is said of our own pictures counts', () => {
  const pictures = noPictures();
  for (const stat of [
    { type: 'outbound-rtp', kind: 'video', bytesSent: 100, retransmittedBytesSent: 10 },
    { type: 'outbound-rtp', kind: 'video', bytesSent: 50 },
    { type: 'outbound-rtp', kind: 'audio', bytesSent: 9999 },
    { type: 'remote-outbound-rtp', kind: 'video', bytesSent: 9999, roundTripTime: 9 },
    { type: 'remote-inbound-rtp', kind: 'video', roundTripTime: 0.3 },
    { type: 'remote-inbound-rtp', kind: 'video' },
    { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 9 },
  ]) addPictures(pictures, stat);
  assert.deepEqual(pictures, { sent: 150, again: 10, trip: 0.3 });
});
