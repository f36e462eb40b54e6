/** The devices as the page sees them: `OdnixCall.devices()` and the event `odnix-call-devices`. */

/** @typedef {import('./odnix-call.js').OdnixCallDevice} Device */

/** @param {unknown} kind */
export const isDeviceKind = (kind) => kind === 'microphone' || kind === 'camera' || kind === 'speaker';

export const createDeviceList = () => {
  /** @type {((list: Device[]) => void)[]} */
  const waiting = [];
  let told = '';

  /** @param {Device[]} devices */
  const changed = (devices) => {
    for (const answer of waiting.splice(0)) answer(devices);
    const now = JSON.stringify(devices);
    if (now === told) return;
    told = now;
    window.dispatchEvent(new CustomEvent('odnix-call-devices', { detail: { devices } }));
  };

  return {
    changed,
    /** Never rejects: a client that does not run has no devices. @param {Promise<void>} asked @returns {Promise<Device[]>} */
    ask: (asked) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        asked.catch(() => resolve([]));
      }),
    /** Nobody answers: the client is gone, or not there yet after a crash. */
    close() {
      for (const answer of waiting.splice(0)) answer([]);
    },
  };
};
