// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addPictures, crowdOf, noPictures } from '../../web/glue/crowd.js';

/** After each look, half a second apart: bytes sent, of them again, and the trip in s. Is it overfull then? */
const looks = (...all) => {
  let crowd;
  let [sent, again] = [0, 0];
  return all.map(([more, repeated, trip]) => {
    [sent, again] = [sent + more, again + repeated];
    crowd = crowdOf(crowd, { sent, again, trip });
    return crowd.overfull;
  });
};
const times = (count, look) => Array.from({ length: count }, () => look);
const calm = [30000, 0, 0.02];
const full = [15000, 14000, 0.6];

test('a line that carries it all is not overfull, nor is one that is merely long', () => {
  assert.ok(!looks(...times(9, calm)).includes(true));
  assert.ok(!looks([30000, 0, 0.5], [30000, 1200, 0.52], ...times(9, [30000, 1200, 0.5])).includes(true));
});

test('a queue that fills and spills over is noticed with the first repeats', () => {
  assert.deepEqual(looks(calm, calm, [24000, 0, 0.2], [20000, 3000, 0.31], [15000, 14000, 0.32]), [false, false, false, true, true]);
});

test('packets that are lost by themselves are not, whatever their number', () => {
  assert.ok(!looks(calm, ...times(20, [18000, 6500, 0.022])).includes(true));
  assert.ok(!looks(calm, ...Array.from({ length: 20 }, (_, i) => [18000, i % 2 ? 10000 : 3000, 0.022])).includes(true));
});

test('most is sent again: without a queue, and where the queue was there from the beginning', () => {
  assert.equal(looks(calm, ...times(3, [20000, 17000, 0.02])).at(-1), true);
  assert.equal(looks(...times(3, [20000, 15000, 0.31])).at(-1), true);
});

test('it is over when no more is sent again, also where no report tells a shorter trip, and where nothing is sent', () => {
  assert.deepEqual(looks(calm, full, full, ...times(6, [3000, 0, 0.6])).slice(2).map(Number), [1, 1, 1, 1, 1, 1, 0]);
  assert.equal(looks(calm, full, full, ...times(6, [0, 0, 0.6])).at(-1), false);
});

test('it does not flicker while a little is sent again, and a lossy line is one no more when its queue is gone', () => {
  assert.ok(!looks(calm, full, full, ...times(9, [3000, 130, 0.25])).slice(1).includes(false));
  assert.equal(looks(calm, full, full, ...times(9, [18000, 6000, 0.03])).at(-1), false);
});

test('another way that is longer for good is overfull for a while only', () => {
  const lossy = [30000, 3000, 0.35];
  const seen = looks(calm, calm, ...times(200, lossy));
  assert.equal(seen.at(10), true);
  assert.equal(seen.at(-1), false);
});

test('counters that begin anew, and a single packet of few, count for little', () => {
  assert.ok(!looks([900000, 9000, 0.02], calm, [-800000, 1200, 0.02], calm, calm).includes(true));
  assert.ok(!looks(calm, [0, 0, 0.02], [1200, 1200, 0.02], [0, 0, 0.02], [1200, 1200, 0.02]).includes(true));
});

test('of the statistics only what is said of our own pictures counts, and of the reports the newest', () => {
  const pictures = noPictures();
  for (const stat of [
    { type: 'outbound-rtp', kind: 'video', bytesSent: 100, retransmittedBytesSent: 10 },
    { type: 'outbound-rtp', kind: 'video', bytesSent: 50 },
    { type: 'outbound-rtp', kind: 'audio', bytesSent: 9999 },
    { type: 'remote-outbound-rtp', kind: 'video', timestamp: 9, bytesSent: 9999, roundTripTime: 9 },
    { type: 'remote-inbound-rtp', kind: 'video', timestamp: 3, roundTripTime: 0.3 },
    { type: 'remote-inbound-rtp', kind: 'video', timestamp: 2, roundTripTime: 0.6 },
    { type: 'remote-inbound-rtp', kind: 'audio', timestamp: 9, roundTripTime: 9 },
  ]) addPictures(pictures, stat);
  assert.deepEqual(pictures, { sent: 150, again: 10, trip: 0.3, at: 3 });
});
