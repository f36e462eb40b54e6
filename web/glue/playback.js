/**
 * What the other side sends, on its video elements: shown once somebody has accepted, played as soon as the browser lets it.
 * Browsers hold sound back on a page that nobody has touched; it is tried again at the next gesture, wherever in the page.
 */
import { screenBit } from './share.js';

/** @typedef {import('./rtc.js').Peer} Peer */

/** What counts as a gesture. */
const gestures = ['pointerup', 'keydown'];

/** The names of its video elements. @param {number} id @param {Peer} peer */
const shown = (id, peer) => [...(peer.stream ? [id] : []), ...(peer.screen ? [id + screenBit] : [])];

/**
 * @param {import('./types.js').Report} report
 * @param {import('./types.js').Host} host
 * @param {Pick<ReturnType<typeof import('./devices.js').createDevices>, 'addSink' | 'dropSink'>} devices
 * @param {Map<number, Peer>} peers
 */
export const createPlayback = (report, host, devices, peers) => {
  let blocked = false;

  /** Whatever does not play yet. */
  const retry = () => {
    for (const [id, peer] of peers) if (!peer.rings) for (const name of shown(id, peer)) void play(peer, host.videoFor(name));
  };

  /** @param {boolean} now */
  const setBlocked = (now) => {
    if (blocked === now) return;
    blocked = now;
    for (const name of gestures)
      if (now) addEventListener(name, retry, { capture: true });
      else removeEventListener(name, retry, { capture: true });
    report({ type: 'playback-changed', blocked });
  };

  /** @param {Peer} peer @param {HTMLVideoElement} video */
  const play = async (peer, video) => {
    try {
      await video.play();
      if (!peer.listening.signal.aborted) setBlocked(false);
    } catch (error) {
      // AbortError: a newer load took over or the element went away; whoever did that plays or does not need to.
      if (!peer.listening.signal.aborted && /** @type {Error} */ (error)?.name === 'NotAllowedError') setBlocked(true);
    }
  };

  return {
    retry,

    /** A stream is given to its element once: setting srcObject again would restart it. @param {number} name @param {Peer} peer @param {MediaStream} stream */
    show(name, peer, stream) {
      if (peer.rings) return;
      const video = host.videoFor(name);
      if (video.srcObject === stream) return;
      video.srcObject = stream;
      devices.addSink(video);
      void play(peer, video);
    },

    /** The elements of a peer that is gone. @param {number} id @param {Peer} peer */
    drop(id, peer) {
      if (!peer.rings) for (const name of shown(id, peer)) {
        const video = host.videoFor(name);
        video.srcObject = null;
        devices.dropSink(video);
      }
      host.dropVideo(id);
      if (peer.screen) host.dropVideo(id + screenBit);
      if (peers.size === 0) setBlocked(false);
    },
  };
};
