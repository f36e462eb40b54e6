/**
 * This person's screen, a window or a tab, with its sound where the browser gives it. One at a time; every openShare()
 * ends in one report, unless closeShare() came first: then its tracks are stopped when they arrive.
 */

/** The video element of a peer's screen is named by the peer with this bit (view::shared_of). */
export const screenBit = 0x40000000;

/**
 * Words on a screen matter more than smooth movement, and sound of a tab is no voice. The sound of a whole system would
 * bring the other side's own voice back to them.
 */
const wish = {
  video: true,
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'exclude',
  surfaceSwitching: 'include',
};

/** @param {import('./types.js').Report} report */
export const createShare = (report) => {
  /** @type {MediaStream | null} */
  let stream = null;
  let asked = 0;

  /** The captured track of a kind, or null. @param {string} kind */
  const track = (kind) => stream?.getTracks().find((one) => one.kind === kind) ?? null;

  const close = () => {
    asked = 0;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
  };

  /** @param {number} request */
  const ended = (request) => {
    if (asked !== request) return;
    close();
    report({ type: 'share-ended', request });
  };

  return {
    track,
    close,

    /** @param {number} request */
    async open(request) {
      asked = request;
      /** @type {MediaStream} */
      let opened;
      try {
        opened = await navigator.mediaDevices.getDisplayMedia(wish);
      } catch {
        ended(request); // the picker was closed: that is an answer
        return;
      }
      if (asked !== request) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      stream = opened;
      const picture = track('video');
      if (picture) picture.contentHint = 'detail';
      picture?.addEventListener('ended', () => ended(request));
      report({ type: 'share-opened', request });
    },
  };
};
