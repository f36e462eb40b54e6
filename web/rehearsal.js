/** An idle moment with less left than this gets no further slice. */
const ROOM_MS = 10;

/**
 * Runs the module's rehearsal (src/platform/web/rehearsal.hpp) while the page has nothing to do: as many slices as
 * an idle moment has room for (the longest takes some milliseconds), none in a tab that nobody looks at.
 * @param {() => boolean} turn  one slice; false when there is no more
 */
export const rehearse = (turn) => {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {(deadline?: IdleDeadline) => void} */ then) => setTimeout(then, 100));
  const next = () => idle((deadline) => {
    if (!document.body) return document.addEventListener('DOMContentLoaded', next, { once: true }); // its font is measured
    if (document.hidden) return document.addEventListener('visibilitychange', next, { once: true });
    let more = turn();
    while (more && deadline && deadline.timeRemaining() > ROOM_MS) more = turn();
    if (more) next();
  });
  next();
};
