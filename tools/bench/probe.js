/**
 * Injected before the scripts of a measured page, the bare one and the client's alike, so that both carry the same
 * weight: when something clickable appears or goes, when the first frame of the other side is shown. Times are
 * milliseconds of the machine's clock, which both browsers share. What is asked for once per animation frame is right
 * to one frame of the screen (16.7 ms) on both pages.
 */
(() => {
  const root = () => document.querySelector('#odnix-call')?.shadowRoot ?? document;
  /** @param {number} at */
  const wall = (at) => performance.timeOrigin + at;
  /** @param {string} id */
  const rectangle = (id) => {
    const button = root().querySelector(`[data-control="${id}"]`);
    const rect = button?.getBoundingClientRect();
    return rect && rect.width > 0 ? { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 } : null;
  };
  const raf = window.requestAnimationFrame.bind(window);
  /** @template T @param {() => T | null | false} ask @returns {Promise<{ at: number, value: T }>} */
  const whenShown = (ask) =>
    new Promise((resolve) => {
      const look = () => {
        const value = ask();
        if (value) resolve({ at: wall(performance.now()), value });
        else raf(look);
      };
      look();
    });

  /** @type {RTCPeerConnection[]} */
  const peers = [];
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args) {
      const peer = Reflect.construct(target, args);
      peers.push(peer);
      return peer;
    },
  });

  let released = 0;
  window.addEventListener('pointerup', ({ timeStamp }) => { released = wall(timeStamp); }, true);

  let opened = /** @type {(at: number) => void} */ (() => {});
  /** @type {Promise<number>} */
  const socketOpen = new Promise((resolve) => { opened = resolve; });
  /** @type {WebSocket[]} */
  const sockets = [];
  const Socket = window.WebSocket;
  window.WebSocket = new Proxy(Socket, {
    construct(target, args) {
      const socket = Reflect.construct(target, args);
      sockets.push(socket);
      if (String(args[0]).includes('/ws/call/'))
        socket.addEventListener('open', () => opened(wall(performance.now())), { once: true });
      return socket;
    },
  });

  // A script's load event comes right after it has run: early enough to see the promise kept.
  /** @type {Promise<number> | null} */
  let ready = null;
  document.addEventListener('load', ({ target }) => {
    const api = /** @type {any} */ (window).OdnixCall;
    if (target instanceof HTMLScriptElement && api?.ready && !ready)
      ready = api.ready.then(() => wall(performance.now()));
  }, true);

  const measured = {
    /** When the pointer was last released here. */
    released: () => released,
    appears: (/** @type {string} */ id) => whenShown(() => rectangle(id)),
    goes: (/** @type {string} */ id) => whenShown(() => !rectangle(id)).then(({ at }) => at),
    /** What a person sees, and how far the connections are: for the report of a call that does not come. */
    shows: () => ({
      visible: document.visibilityState,
      loaded: performance.getEntriesByType('resource').map(({ name, responseEnd }) => `${name} ${Math.round(responseEnd)}`),
      sockets: sockets.map(({ url, readyState }) => `${url} ${readyState}`),
      words: /** @type {HTMLElement} */ (document.querySelector('#odnix-call')?.shadowRoot?.firstElementChild ?? document.body).innerText,
      peers: peers.map((peer) => [peer.signalingState, peer.iceGatheringState, peer.iceConnectionState, peer.connectionState].join(' ')),
      videos: [...root().querySelectorAll('video')].map((video) => `${video.className} ${video.readyState} ${video.currentTime}`),
    }),
    /** First frame of the other side handed to the compositor. */
    firstFrame: async () => {
      const { value } = await whenShown(() => {
        const video = /** @type {HTMLVideoElement | null} */ (root().querySelector('video.remote'));
        return video?.srcObject ? video : null;
      });
      return new Promise((resolve) =>
        value.requestVideoFrameCallback((_, { presentationTime }) => resolve(wall(presentationTime))));
    },
    /** First packet of the other's sound given to the loudspeaker. */
    firstSound: () => new Promise((/** @type {(at: number) => void} */ resolve) => {
      const look = () => {
        const receivers = peers.flatMap((peer) => peer.getReceivers()).filter(({ track }) => track.kind === 'audio');
        if (receivers.some((receiver) => receiver.getSynchronizationSources().length > 0)) resolve(wall(performance.now()));
        else setTimeout(look, 5);
      };
      look();
    }),
    /** From the script's request to its call socket being open, and to OdnixCall.ready. */
    start: async () => {
      const file = /\/(bare|odnix-call)\.js/;
      const entry = performance.getEntriesByType('resource').find(({ name }) => file.test(name));
      const began = wall(entry?.startTime ?? 0);
      return { socket: (await socketOpen) - began, ready: ready ? (await ready) - began : null };
    },
  };
  Object.defineProperty(window, '__bench', { value: measured });
})();
