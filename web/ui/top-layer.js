/**
 * Pages open modal dialogs and go to fullscreen, and calls ring all the same. Beside a modal <dialog> or what fills the screen
 * nothing can be pressed: then the surface goes inside it, and into the browser's top layer, where nothing clips it.
 */
import { ignore } from '../glue/errors.js';

/** What makes the rest of the page inert; of several, the one that is seen in the corner. @returns {Element | null} */
const topmost = () => {
  const open = document.querySelectorAll(':modal');
  return (open.length > 1 && document.elementFromPoint(0, 0)?.closest(':modal')) || (open[open.length - 1] ?? null);
};

/** @param {HTMLElement} host @returns {() => boolean} puts it where it can be seen and pressed; whether it was moved for that */
export const createLift = (host) => {
  /** @type {Element | null | undefined} for which this was looked into last */
  let known;
  /** @param {Element} holder */
  const moveTo = (holder) => {
    if (host.parentElement === holder) return false;
    const focused = /** @type {HTMLElement | null | undefined} */ (host.shadowRoot?.activeElement);
    holder.append(host);
    focused?.focus({ preventScroll: true });
    return true;
  };
  return () => {
    const top = topmost();
    if (host.isConnected && top === known) return false;
    const opens = known === undefined;
    known = top;
    if (host.isConnected && top?.contains(host)) return false;
    const page = document.body ?? document.documentElement; // a script in the head may be there before the body
    host.removeAttribute('popover');
    const moved = moveTo(top ?? page);
    if (top && host.getClientRects().length === 0) { // a picture or a frame in fullscreen: it holds nothing, and would hide the ring
      if (opens) void document.exitFullscreen?.().catch(ignore);
      return moveTo(page);
    }
    if (top) {
      host.popover = 'manual';
      host.showPopover?.();
    }
    return moved;
  };
};
