/**
 * What is plugged in, what the person chose, and where sound goes. C++ sees devices by number: this table knows the
 * browser's ids and labels behind them. Lists go over as numbers with spaces between them (src/ports/device_numbers.hpp).
 */

const storageKey = 'odnix-call-devices';
/** As core::DeviceKind counts. @type {import('../odnix-call.js').OdnixCallDeviceKind[]} */
const kinds = ['microphone', 'camera', 'speaker'];
const kindOf = { audioinput: 0, audio: 0, videoinput: 1, video: 1, audiooutput: 2 };

/** @typedef {{ setSinkId?: (id: string) => Promise<void> }} Sink  an element or an AudioContext, where the browser lets us choose */

/** @param {import('./types.js').Report} report @param {import('./types.js').PageHost} host */
export const createDevices = (report, host) => {
  const listening = new AbortController();
  const { signal } = listening;
  /** Everything that sounds. @type {Set<Sink>} */
  const sinks = new Set();
  /** The device of each number, less one. @type {{ kind: number, id: string, label: string }[]} */
  const table = [];
  /** Labels, so that equal ones have equal numbers. @type {string[]} */
  const labels = [''];
  let speaker = '';
  let refused = '';
  let watches = false;

  /** @param {number} kind @param {string} id @param {string} label @returns {string} the numbers of a device */
  const numbers = (kind, id, label) => {
    let number = table.findIndex((known) => known.kind === kind && known.id === id) + 1;
    if (!number) number = table.push({ kind, id, label });
    if (label) table[number - 1].label = label;
    if (!labels.includes(label)) labels.push(label);
    return `${kind} ${number} ${labels.indexOf(label)} ${Number(id === 'default')} `;
  };

  const recall = () => {
    /** @type {[string, string, string][]} */
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
      report({
        type: 'devices-told', remembered: true,
        devices: kept.map(([kind, id, label]) => numbers(kinds.indexOf(/** @type {any} */ (kind)), String(id), String(label))).join(''),
      });
    } catch {
      // a page that may not keep anything, or was given nonsense to keep, has no choices to remember
    }
  };

  const list = async () => {
    /** @type {MediaDeviceInfo[]} */
    let found = [];
    try {
      found = await navigator.mediaDevices.enumerateDevices();
    } catch {
      // a page that gets no devices has none
    }
    // Without a permission a browser tells that there are some, and no more.
    const named = found.filter(({ deviceId }) => deviceId);
    report({ type: 'devices-told', remembered: false, devices: named.map(({ kind, deviceId, label }) => numbers(kindOf[kind], deviceId, label)).join('') });
  };

  /** @param {Sink} sink */
  const route = (sink) => {
    const id = speaker;
    sink.setSinkId?.(id).catch(() => {
      if (id !== speaker || id === refused) return;
      refused = id;
      report({ type: 'speaker-failed' });
    });
  };

  const watch = () => {
    if (watches) return;
    watches = true;
    navigator.mediaDevices?.addEventListener?.('devicechange', () => report({ type: 'devices-changed', asked: false }), { signal });
  };

  return {
    /** The numbers of the device that a track comes from. @param {MediaStreamTrack} track */
    numbersOf(track) {
      const id = track.getSettings().deviceId;
      return id ? numbers(kindOf[/** @type {'audio' | 'video'} */ (track.kind)], id, track.label) : '';
    },
    /** @param {number} number 0 = none */
    idOf: (number) => table[number - 1]?.id ?? '',

    /** Tells of devices that come and go, from now on. A page without calls does not ask its browser to watch them. */
    watchDevices: watch,

    /** What sounds from now on; goes where the person wants it. @param {Sink} sink */
    addSink(sink) {
      if (sinks.has(sink)) return;
      sinks.add(sink);
      if (speaker) route(sink);
    },
    /** @param {Sink} sink */
    dropSink(sink) {
      sinks.delete(sink);
    },

    methods: {
      /** The choices that this browser keeps, now and whenever another tab changes them. */
      recallDevices() {
        addEventListener('storage', ({ key }) => key === storageKey && recall(), { signal });
        recall();
      },
      listDevices() {
        watch();
        void list();
      },
      /** @param {string} list kind, number, selected @param {boolean} keep in the browser, else for the page */
      tellDevices(list, keep) {
        const devices = (list.match(/\d+ \d+ \d/g) ?? []).map((one) => {
          const [kind, number, selected] = one.split(' ').map(Number);
          return { kind: kinds[kind], id: table[number - 1].id, label: table[number - 1].label, selected: selected === 1 };
        });
        if (keep) localStorage.setItem(storageKey, JSON.stringify(devices.map(({ kind, id, label }) => [kind, id, label])));
        else host.devicesChanged(devices);
      },
      /** @param {number} number 0 = where the system sends it */
      useSpeaker(number) {
        speaker = table[number - 1]?.id ?? '';
        refused = '';
        sinks.forEach(route);
      },

      /** The page wants to see the devices. */
      askDevices() {
        report({ type: 'devices-changed', asked: true });
      },
      /** The person chose, by the page. @param {string} kind @param {string} id '' = whatever the browser takes */
      chooseDevice(kind, id) {
        const which = kinds.indexOf(/** @type {any} */ (kind));
        report({ type: 'device-chosen', devices: id ? numbers(which, id, '') : `${which} 0 0 0 ` });
      },
    },

    /** For good. */
    closeDevices() {
      listening.abort();
      sinks.clear();
    },
  };
};
