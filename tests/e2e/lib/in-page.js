/**
 * Runs in every page of a test before the page's own scripts. It watches, and changes nothing that the page can see:
 *  - tells the test about call states, errors, missed calls and rejections (through console.debug lines that begin with "@e2e "),
 *  - keeps every RTCPeerConnection, every getUserMedia request and every captured track, of a screen too,
 *  - counts animation frames asked for and canvas clears done,
 *  - answers questions about what this person sees and hears.
 * A classic script, not a module: drivers inject text.
 */
(() => {
  if (window.__e2e) return;

  const now = () => performance.timeOrigin + performance.now();
  /** @param {string} kind @param {object} detail */
  const report = (kind, detail) => console.debug(`@e2e ${JSON.stringify({ kind, at: now(), ...detail })}`);

  /** Described in types.d.ts. @type {any} */
  const e2e = { peers: [], requests: [], tracks: [], shares: 0, sockets: [], rafs: 0, rafMs: 0, clears: 0, now, report };
  Object.defineProperty(window, '__e2e', { value: e2e, enumerable: false });

  for (const name of ['odnix-call-state', 'odnix-call-error', 'odnix-call-missed'])
    window.addEventListener(name, (event) =>
      report(name.slice('odnix-call-'.length), { .../** @type {CustomEvent} */ (event).detail }));
  window.addEventListener('unhandledrejection', (event) =>
    report('rejection', { text: String(event.reason?.stack ?? event.reason) }));

  if (window.RTCPeerConnection)
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct(target, args, proxy) {
        const peer = Reflect.construct(target, args, proxy === window.RTCPeerConnection ? target : proxy);
        e2e.peers.push(peer);
        return peer;
      },
    });

  const devices = window.MediaDevices?.prototype;
  if (devices?.getUserMedia) {
    const open = devices.getUserMedia;
    devices.getUserMedia = function getUserMedia(constraints) {
      e2e.requests.push({ audio: Boolean(constraints?.audio), video: Boolean(constraints?.video) });
      const opened = open.call(this, constraints);
      opened.then((stream) => e2e.tracks.push(...stream.getTracks()), () => {});
      return opened;
    };
  }

  if (devices?.getDisplayMedia) {
    const share = devices.getDisplayMedia;
    devices.getDisplayMedia = function getDisplayMedia(options) {
      e2e.shares += 1;
      const opened = share.call(this, options);
      opened.then((stream) => e2e.tracks.push(...stream.getTracks()), () => {});
      return opened;
    };
  }

  const socket = window.WebSocket;
  window.WebSocket = new Proxy(socket, {
    construct(target, args) {
      const made = Reflect.construct(target, args, target);
      e2e.sockets.push(made);
      return made;
    },
  });

  const raf = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) =>
    raf.call(window, (time) => {
      e2e.rafs += 1;
      const start = performance.now();
      try {
        callback(time);
      } finally {
        e2e.rafMs += performance.now() - start;
      }
    });
  for (const type of [window.WebGL2RenderingContext, window.WebGLRenderingContext]) {
    if (!type) continue;
    const clear = type.prototype.clear;
    type.prototype.clear = function (/** @type {number} */ mask) {
      e2e.clears += 1;
      clear.call(this, mask);
    };
  }

  const root = () => document.querySelector('#odnix-call')?.shadowRoot ?? null;
  /** @param {string} selector @returns {any} */
  const inside = (selector) => root()?.querySelector(selector) ?? null;
  /** @returns {HTMLMediaElement[]} */
  const media = () => /** @type {any[]} */ ([...(root()?.querySelectorAll('video, audio') ?? []), ...document.querySelectorAll('video, audio')]);
  /** The picture of the other person: the client's remote video, or the one of a plain test page. */
  /** @returns {HTMLVideoElement | null} */
  const remote = () => inside('video.remote') ?? document.querySelector('video.remote');

  /**
   * Centre of a control of the client's mirror in CSS pixels, or null while it is not there to be used.
   * @param {string} id
   */
  e2e.control = (id) => {
    const button = inside(`[data-control="${id}"]`);
    if (!button || button.disabled || button.hidden) return null;
    const { left, top, width, height } = button.getBoundingClientRect();
    if (width < 1 || height < 1) return null;
    return { x: left + width / 2, y: top + height / 2, width, height, pressed: button.getAttribute('aria-pressed') };
  };
  // For the log of a failed test: where the mouse went, and what was there.
  for (const kind of ['pointerdown', 'pointerup'])
    window.addEventListener(kind, (plain) => {
      const event = /** @type {PointerEvent} */ (plain);
      const at = /** @type {Element} */ (event.composedPath()[0]);
      console.debug(`${kind} ${event.clientX},${event.clientY} on ${at.tagName} ${at.id}`, controls().map((button) => {
        const { left, top, right, bottom } = button.getBoundingClientRect();
        return `${button.dataset.control} ${[left, top, right, bottom].map(Math.round)}`;
      }).join('; '));
    }, true);
  /** The same once what happened until now is on the screen, and null if that moved it. @param {string} id */
  e2e.controlAtRest = async (id) => {
    const before = e2e.control(id);
    for (let frames = 0; frames < 3; frames += 1) await new Promise((resolve) => raf.call(window, resolve));
    const after = e2e.control(id);
    return before && after && before.x === after.x && before.y === after.y ? after : null;
  };
  /** @returns {HTMLElement[]} */
  const controls = () => [...(root()?.querySelectorAll('[data-control]') ?? [])].map((b) => /** @type {any} */ (b));
  e2e.controls = () => controls().map((button) => button.dataset.control);
  e2e.text = (/** @type {string} */ id) => inside(`[data-text="${id}"]`)?.textContent?.trim() ?? '';
  e2e.texts = () => [...(root()?.querySelectorAll('[data-text]') ?? [])].map((node) => (node.textContent ?? '').trim()).join(' | ');
  e2e.focused = () => controls().find((button) => button === root()?.activeElement)?.dataset.control ?? null;

  /** Pixels of any drawable picture, small. @param {CanvasImageSource} source @param {number} width @param {number} height */
  const pixels = (source, width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
    context.drawImage(source, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
  /** Mean colour of the field (bright bar left out) and where the bar is. @param {CanvasImageSource} source */
  const measure = (source) => {
    const width = 64;
    const data = pixels(source, width, 36);
    const sum = [0, 0, 0];
    let field = 0;
    let barAt = 0;
    let bar = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (Math.min(data[i], data[i + 1], data[i + 2]) > 150) {
        barAt += (i / 4) % width;
        bar += 1;
        continue;
      }
      for (let c = 0; c < 3; c += 1) sum[c] += data[i + c];
      field += 1;
    }
    return { colour: sum.map((v) => Math.round(v / Math.max(1, field))), bar: bar ? barAt / bar : -1 };
  };
  /** How much of a picture has about this colour, 0 to 1. */
  e2e.share = (/** @type {CanvasImageSource} */ source, /** @type {number[]} */ colour) => {
    const data = pixels(source, 100, 64);
    let near = 0;
    for (let i = 0; i < data.length; i += 4)
      if (Math.hypot(...colour.map((value, c) => value - data[i + c])) < 80) near += 1;
    return near / (data.length / 4);
  };
  /** @param {HTMLVideoElement | null} video */
  const seen = (video) => {
    if (!video || video.readyState < 2 || !video.videoWidth) return null;
    const { left, top, width, height } = video.getBoundingClientRect();
    return { ...measure(video), width: video.videoWidth, height: video.videoHeight, shown: [width, height], at: [left, top] };
  };
  e2e.picture = (which = 'remote') =>
    seen(which === 'remote' ? remote() : inside(`video.${which}`) ?? document.querySelector(`video.${which}`));
  /** Of everybody who is shown, in a group. */
  e2e.pictures = () => [...(root()?.querySelectorAll('video.remote.shown') ?? [])]
    .flatMap((video) => seen(/** @type {HTMLVideoElement} */ (video)) ?? []);

  /** @param {MediaStreamTrack[]} tracks @param {number} ms the strongest pitch within this time */
  const listen = async (tracks, ms) => {
    const context = new AudioContext();
    try {
      // Without any sound device (Firefox on a server) a context never runs, and says nothing about it.
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 2000))]);
      if (context.state !== 'running') return null;
      const analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(new MediaStream(tracks)).connect(analyser);
      const bins = new Float32Array(analyser.frequencyBinCount);
      const most = new Float32Array(analyser.frequencyBinCount).fill(-200);
      for (const end = performance.now() + ms; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        analyser.getFloatFrequencyData(bins);
        bins.forEach((value, i) => { if (value > most[i]) most[i] = value; });
      }
      const low = Math.round((100 * analyser.fftSize) / context.sampleRate);
      let peak = low;
      for (let i = low; i < most.length; i += 1) if (most[i] > most[peak]) peak = i;
      const median = [...most].sort((a, b) => a - b)[most.length >> 1];
      return { hz: (peak * context.sampleRate) / analyser.fftSize, db: most[peak], over: most[peak] - median };
    } finally {
      void context.close();
    }
  };
  /** The live remote audio tracks of each element that plays aloud, of a screen's or of all others. */
  const voices = (ofScreen = false) => {
    const local = new Set(e2e.tracks.map((/** @type {MediaStreamTrack} */ track) => track.id));
    return media()
      .filter((element) => !element.muted && !element.paused && element.volume > 0 && element.matches('.screen') === ofScreen)
      .map((element) => (/** @type {MediaStream | null} */ (element.srcObject)?.getAudioTracks() ?? [])
        .filter((track) => track.readyState === 'live' && track.enabled && !local.has(track.id)))
      .filter((found) => found.length > 0);
  };
  /**
   * The strongest pitch of what this page plays of the other person within `ms`: Hz, decibels, decibels over the
   * median of the spectrum; null when nothing that plays aloud has a live remote audio track.
   */
  e2e.sound = async (ms = 1200, ofScreen = false) => {
    const [tracks] = voices(ofScreen);
    return tracks ? listen(tracks, ms) : null;
  };
  /** The same of everybody in a group. */
  e2e.sounds = (ms = 1200) => Promise.all(voices().map((tracks) => listen(tracks, ms)));

  /** Frames decoded and bytes received over all connections that are still open. */
  e2e.received = async () => {
    /** @type {Record<string, number>} */
    const total = { frames: 0, audioBytes: 0, videoBytes: 0 };
    for (const peer of e2e.peers) {
      if (peer.connectionState === 'closed') continue;
      for (const stat of (await peer.getStats()).values()) {
        if (stat.type !== 'inbound-rtp') continue;
        total.frames += stat.framesDecoded ?? 0;
        total[`${stat.kind}Bytes`] += stat.bytesReceived ?? 0;
      }
    }
    return total;
  };

  /** What is still open: must be nothing once a call is over. */
  e2e.open = () => ({
    peers: e2e.peers.filter((/** @type {RTCPeerConnection} */ peer) => peer.connectionState !== 'closed').length,
    tracks: e2e.tracks.filter((/** @type {MediaStreamTrack} */ track) => track.readyState === 'live').length,
  });
})();
