// Stands in for the browser: just enough of WebRTC, capture, sound and the document for the glue and the loader. Every
// promise waits until the test settles it, so that a test decides the order of things.
// @ts-nocheck fakes are shaped by what the glue touches, not by lib.dom

/** A promise with its handles outside. */
export const deferred = () => {
  const handles = {};
  handles.promise = new Promise((resolve, reject) => Object.assign(handles, { resolve, reject }));
  return handles;
};

/** All microtasks, and the promises they settle. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

export const domError = (name, message = '') => Object.assign(new Error(message), { name });

export class FakeTrack extends EventTarget {
  constructor(kind, muted = false) {
    super();
    Object.assign(this, { kind, muted, enabled: true, readyState: 'live', id: `${kind}-${(FakeTrack.count += 1)}`, label: `Fake ${kind}`, device: `${kind}-device` });
  }
  getSettings() {
    return { deviceId: this.device };
  }
  clone() {
    this.copy = new FakeTrack(this.kind);
    this.copy.enabled = this.enabled;
    return this.copy;
  }
  stop() {
    this.readyState = 'ended';
  }
}
FakeTrack.count = 0;

export class FakeStream {
  constructor(tracks = []) {
    this.tracks = [...tracks];
  }
  getTracks() {
    return [...this.tracks];
  }
  addTrack(track) {
    this.tracks.push(track);
  }
  removeTrack(track) {
    this.tracks = this.tracks.filter((other) => other !== track);
  }
}

class FakeSender {
  constructor(log, streams) {
    Object.assign(this, { log, streams, track: null, replacing: null });
  }
  async replaceTrack(track) {
    this.log.push(`replaceTrack ${track?.kind ?? null}`);
    if (this.replacing) throw this.replacing;
    this.track = track;
  }
  getParameters() {
    return { encodings: this.encodings ?? [{}], codecs: this.codecs };
  }
  async setParameters(parameters, options) {
    this.parameters = parameters;
    if (options) this.options = [...(this.options ?? []), options];
  }
  setStreams(...streams) {
    this.streams = streams;
  }
}

export class FakeChannel extends EventTarget {
  readyState = 'connecting';
  sent = [];
  send(text) {
    this.sent.push(text);
  }
  open() {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }
  end() {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
  close() {
    this.readyState = 'closed';
  }
}

/** Its asynchronous methods wait in `calls` under their names until the test settles them. */
export class FakePeerConnection extends EventTarget {
  constructor(config) {
    super();
    if (FakePeerConnection.refuses) throw FakePeerConnection.refuses;
    Object.assign(this, {
      config, log: [], calls: {}, transceivers: [], closed: false,
      connectionState: 'new', iceConnectionState: 'new', localDescription: null,
    });
    FakePeerConnection.made.push(this);
  }
  static made = [];
  static refuses = null;

  wait(name, value) {
    this.log.push(name);
    const call = Object.assign(deferred(), { value });
    (this.calls[name] ??= []).push(call);
    return call.promise;
  }
  addTransceiver(kind, { direction, streams }) {
    this.log.push(`addTransceiver ${kind} ${direction}`);
    const transceiver = this.offered(kind);
    Object.assign(transceiver, { direction, sender: new FakeSender(this.log, streams) });
    return transceiver;
  }
  /** A transceiver as setRemoteDescription makes it. */
  offered(kind) {
    const transceiver = { direction: 'recvonly', currentDirection: null, sender: new FakeSender(this.log, []), receiver: { track: new FakeTrack(kind, true) }, setCodecPreferences(codecs) { this.preferred = codecs; } };
    this.transceivers.push(transceiver);
    return transceiver;
  }
  getTransceivers() {
    return [...this.transceivers];
  }
  createDataChannel(label, options) {
    this.channelOptions = options;
    this.channel = new FakeChannel();
    return this.channel;
  }
  setConfiguration(config) {
    this.log.push('setConfiguration');
    this.config = config;
  }
  createOffer(options) {
    return this.wait('createOffer', options);
  }
  createAnswer() {
    return this.wait('createAnswer');
  }
  setLocalDescription(description) {
    this.localDescription = description;
    return this.wait('setLocalDescription', description);
  }
  setRemoteDescription(description) {
    return this.wait('setRemoteDescription', description);
  }
  addIceCandidate(candidate) {
    return this.wait('addIceCandidate', candidate);
  }
  /** A track comes with its transceiver: by default the first of its kind, as for a microphone or a camera. */
  emit(name, fields = {}) {
    const { track } = fields;
    if (track) fields.transceiver ??= this.transceivers.find(({ receiver }) => receiver.track.kind === track.kind) ?? this.offered(track.kind);
    this.dispatchEvent(Object.assign(new Event(name), fields));
  }
  close() {
    this.closed = true;
    this.connectionState = 'closed';
  }
}

/** Sound goes to `sinks`, if the test lets it. */
const setSinkId = async function (id) {
  this.sinks.push(id);
  if (id === 'gone') throw domError('NotFoundError');
};

export class FakeVideo {
  constructor() {
    Object.assign(this, { sources: [], plays: [], sinks: [], setSinkId });
  }
  get srcObject() {
    return this.sources.at(-1) ?? null;
  }
  set srcObject(source) {
    this.sources.push(source);
  }
  play() {
    const call = deferred();
    this.plays.push(call);
    return call.promise;
  }
}

export class FakeSocket {
  constructor(url) {
    if (FakeSocket.refuses) throw FakeSocket.refuses;
    Object.assign(this, { url, readyState: 0 });
    FakeSocket.made.push(this);
  }
  static made = [];
  static refuses = null;
  static OPEN = 1;
  open() {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }
  say(data) {
    this.onmessage?.({ data });
  }
  close() {
    this.readyState = 3;
  }
}

class FakeNode {
  constructor(context) {
    this.context = context;
    this.gain = { setTargetAtTime: (value) => context.log.push(`gain ${value}`) };
  }
  connect(next) {
    return next;
  }
  disconnect() {}
  start() {
    this.context.log.push('start');
  }
  stop() {
    this.context.log.push('stop');
    this.stopped = true;
  }
}

export class FakeAudioContext {
  constructor() {
    Object.assign(this, { log: [], state: FakeAudioContext.initial, currentTime: 0, destination: {}, sources: [], sinks: [], setSinkId });
    FakeAudioContext.made.push(this);
  }
  static made = [];
  static initial = 'running';
  static wave = 0;

  createBuffer(channels, length, rate) {
    const samples = new Float32Array(length);
    return { length, rate, getChannelData: () => samples };
  }
  createBufferSource() {
    const source = new FakeNode(this);
    this.sources.push(source);
    return source;
  }
  createGain() {
    return new FakeNode(this);
  }
  createAnalyser() {
    return { getFloatTimeDomainData: (wave) => wave.fill(FakeAudioContext.wave) };
  }
  createMediaStreamSource(stream) {
    this.listensTo = stream.getTracks();
    return new FakeNode(this);
  }
  async resume() {
    this.log.push('resume');
    if (FakeAudioContext.refuses) throw FakeAudioContext.refuses;
    this.state = 'running';
  }
  async suspend() {
    this.log.push('suspend');
    this.state = 'suspended';
  }
  async close() {
    this.log.push('close');
    this.state = 'closed';
  }
}

/**
 * Puts a fresh browser into globalThis. `undo` takes it out again.
 * @returns {any}
 */
export const installBrowser = () => {
  FakePeerConnection.made = [];
  FakePeerConnection.refuses = null;
  FakeAudioContext.made = [];
  FakeAudioContext.initial = 'running';
  FakeAudioContext.refuses = null;
  FakeSocket.made = [];
  FakeSocket.refuses = null;
  const page = new EventTarget();
  const media = Object.assign(new EventTarget(), { requests: [], pickers: [], present: [], enumerateDevices: async () => media.present, getDisplayMedia: (wish) => { const call = Object.assign(deferred(), { wish }); media.pickers.push(call); return call.promise; }, getUserMedia: (wish) => { const call = Object.assign(deferred(), { wish }); media.requests.push(call); return call.promise; } });
  const storage = {};
  const permissions = { states: {}, given: {}, query: async ({ name }) => { if (!(name in permissions.states)) throw new TypeError(name); return (permissions.given[name] ??= Object.defineProperty(new EventTarget(), 'state', { get: () => permissions.states[name] })); } };
  const warnings = [];
  const events = [];
  const elements = {};
  const idle = []; // what waits for an idle moment
  const given = {
    window: globalThis,
    RTCPeerConnection: FakePeerConnection,
    MediaStream: FakeStream,
    WebSocket: FakeSocket,
    AudioContext: FakeAudioContext,
    localStorage: { getItem: (key) => storage[key] ?? null, setItem: (key, value) => { storage[key] = value; } },
    navigator: { mediaDevices: media, permissions },
    location: { protocol: 'https:', host: 'chat.example' },
    document: Object.assign(new EventTarget(), { hidden: false, body: {}, getElementById: (id) => elements[id] ?? null }),
    requestIdleCallback: (then) => idle.push(then),
    innerWidth: 800,
    innerHeight: 600,
    devicePixelRatio: 1,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
  };
  const before = Object.fromEntries(Object.keys(given).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const warn = console.warn;
  console.warn = (...text) => warnings.push(text.join(' '));
  for (const name of ['odnix-call-state', 'odnix-call-error', 'odnix-call-devices']) page.addEventListener(name, ({ type, detail }) => events.push({ type, ...detail }));
  const undo = () => {
    console.warn = warn;
    for (const [name, was] of Object.entries(before)) {
      if (was) Object.defineProperty(globalThis, name, was);
      else delete globalThis[name];
    }
  };
  return { page, media, storage, permissions, warnings, events, elements, idle, undo };
};

/** A page surface of plain objects. */
export const fakeSurface = () => {
  const videos = new Map();
  const local = new FakeVideo();
  const log = [];
  return {
    videos, local, log,
    videoFor: (peer) => {
      if (!videos.has(peer)) videos.set(peer, new FakeVideo());
      return videos.get(peer);
    },
    dropVideo: (peer) => { log.push(`drop ${peer}`); videos.delete(peer); },
    localVideo: () => local,
    destroy: () => log.push('destroy'),
  };
};
