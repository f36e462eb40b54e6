/** What a page spends on such work at a stretch, ms: a frame of the screen has room for it. */
const STRETCH = 8;
/** And the longest rest, ms: what waits is wanted soon. */
const REST = 100;

/**
 * A queue for work of which much may come at once, each piece of which keeps the page busy and throws nothing: in order, a
 * stretch of it, then as long a rest, in which the page answers, draws, and catches up with what it was given.
 * @returns {(piece: () => void) => Promise<void>}
 */
export const inStretches = () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  return async (piece) => {
    if (waiting.push(piece) !== 1) return;
    await null; // what comes with it
    let began = performance.now();
    for (; waiting.length > 0; waiting.shift()) {
      const worked = performance.now() - began;
      if (worked > STRETCH) {
        await new Promise((resolve) => { setTimeout(resolve, Math.min(worked, REST)); });
        began = performance.now();
      }
      waiting[0]();
    }
  };
};
