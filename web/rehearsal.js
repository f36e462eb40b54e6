/**
 * Runs the module's rehearsal (src/platform/web/rehearsal.hpp) while the page has nothing to do: one slice for each idle
 * moment, none in a tab that nobody looks at.
 * @param {() => boolean} turn  one slice; false when there is no more
 */
export const rehearse = (turn) => {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ then) => setTimeout(then, 100));
  const next = () => idle(() => {
    if (document.hidden) document.addEventListener('visibilitychange', next, { once: true });
    else if (turn()) next();
  });
  next();
};
