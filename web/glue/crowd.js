/**
 * Do our pictures crowd out the sound? For browsers that do not say what the line carries (Firefox), from what comes back of
 * our pictures: how much of them is sent again, and how long the other side's reports say that it takes there and back.
 */

/** @typedef {{ sent: number, again: number, trip: number }} Pictures bytes, of them those sent again; trip in s */

/**
 * `share`: sent again, of what was sent lately; `least`: the shortest trip so far, in s.
 * @typedef {Pictures & { share: number, least: number }} Crowd
 */

/** Adds what one entry of the statistics says of our pictures. @param {Pictures} pictures @param {any} stat */
export const addPictures = (pictures, { type, kind, bytesSent = 0, retransmittedBytesSent = 0, roundTripTime = 0 }) => {
  if (kind !== 'video') return;
  if (type === 'outbound-rtp') {
    pictures.sent += bytesSent;
    pictures.again += retransmittedBytesSent;
  }
  if (type === 'remote-inbound-rtp') pictures.trip = Math.max(pictures.trip, roundTripTime);
};

/** @returns {Pictures} */
export const noPictures = () => ({ sent: 0, again: 0, trip: 0 });

/** Half a second after `before`. @param {Crowd | undefined} before @param {Pictures} now @returns {Crowd} */
export const crowdOf = (before = { ...noPictures(), share: 0, least: Infinity }, now) => ({
  ...now,
  share: (before.share + Math.max(0, now.again - before.again) / Math.max(1, now.sent - before.sent)) / 2,
  least: Math.min(before.least, now.trip || Infinity),
});

/**
 * Much is lost and what arrives has waited, or nearly all is lost. What is lost by itself, by radio say, does not wait. Seen:
 * with 30 % lost in bursts a third is sent again, in 0.02 s as ever; by a line of 100 kbit/s two thirds are, in 0.6 s.
 * @param {Crowd} now
 */
export const isOverfull = ({ share, trip, least }) => share > 0.7 || (share > 0.05 && trip > least + 0.2);
