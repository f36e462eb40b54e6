/**
 * Why a page goes away: for a reload or another page of this site, or for good. No browser says so; what they let us
 * see differs, and was measured (docs/call-rules.md, "Reload or goodbye").
 */

/**
 * Browsers with `pageswap` tell it to every page that another one follows, of this site (`activation`) or not, and never to a tab
 * that is closed. In others time must tell:
 * a tab that is closed goes at once after it was asked (`beforeunload`; under 1 ms in Chromium); a reload first waits
 * for the server. Milliseconds.
 */
const atOnce = 6;
/** A navigation that leads out of this document asks in the same breath as it begins; others never ask. */
const sameBreath = 50;

export const createLeaving = () => {
  /** The last navigation: when, and where it leads. The address bar and the reload button are not told to a page. */
  let asked = { at: -Infinity, origin: '' };
  /** Whether a page of this site follows; undefined: none, as far as was told. @type {boolean | undefined} */
  let follows;
  /** What the last `beforeunload` was about. @type {{ at: number, origin: string } | undefined} */
  let going;
  /** @type {AbortController | undefined} */
  let watching;

  return {
    /** Only in a call: some browsers do not keep a page with such a listener for "back". @param {boolean} on */
    watch(on) {
      if (on === Boolean(watching)) return;
      watching?.abort();
      watching = going = follows = undefined;
      if (!on) return;
      watching = new AbortController();
      const { signal } = watching;
      /** @type {EventTarget | undefined} */ (/** @type {any} */ (globalThis).navigation)?.addEventListener('navigate', (event) => {
        const { url } = /** @type {any} */ (event).destination;
        asked = { at: performance.now(), origin: new URL(url).origin };
      }, { signal });
      addEventListener('pageswap', (event) => { follows = Boolean(/** @type {any} */ (event).activation); }, { signal });
      addEventListener('beforeunload', () => {
        const at = performance.now();
        going = { at, origin: at - asked.at < sameBreath ? asked.origin : '' };
      }, { signal });
    },

    /** At pagehide: will the next page of this tab be one of this site, as far as we know? */
    returns() {
      if (!going) return false; // killed, or closed without being asked
      if (going.origin) return going.origin === location.origin;
      return 'onpageswap' in globalThis ? Boolean(follows) : performance.now() - going.at >= atOnce;
    },
  };
};
