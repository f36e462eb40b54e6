/**
 * Faults on purpose, so that the developers of a page see how it behaves in a call that goes wrong. Only
 * odnix-call-debug.js has this file in it (tools/bundle.mjs). A fault enters where a real one would: at the sockets, in
 * the statistics, at the devices; what then happens is the client's own doing.
 */

/** How long a fault stands that has a length, in seconds: unless told, and at most. */
const usual = 10;
const longest = 600;

/** A socket neither says nor hears anything more, and does not know. @param {WebSocket} socket @returns {() => void} undo */
const silence = (socket) => {
  const { onmessage, send } = socket;
  socket.onmessage = () => {};
  socket.send = () => {};
  return () => Object.assign(socket, { onmessage, send });
};

/** Its statistics stay as they are: for the client, nothing comes in any more. @param {RTCPeerConnection} connection */
const freeze = (connection) => {
  const { getStats } = connection;
  const frozen = getStats.call(connection);
  connection.getStats = () => frozen;
  return () => void (connection.getStats = getStats);
};

/**
 * The same thing done to everything that is there, and again twice a second to what comes later, until the time is up.
 * @template T
 * @param {() => Iterable<T>} all @param {(one: T) => (() => void) | void} harm @param {number} seconds
 */
const during = (all, harm, seconds) => {
  /** @type {Map<T, (() => void) | void>} */
  const harmed = new Map();
  const look = () => {
    for (const one of all()) if (!harmed.has(one)) harmed.set(one, harm(one));
  };
  look();
  const timer = setInterval(look, 500);
  setTimeout(() => {
    clearInterval(timer);
    for (const undo of harmed.values()) undo?.();
  }, seconds * 1000);
};

/** @returns {import('./glue/types.js').Injector} */
export const createInjector = () => {
  /** @type {Parameters<import('./glue/types.js').Injector['enter']>[0] | null} */
  let client = null;

  /** @param {'audio' | 'video'} kind */
  const lose = (kind) => () => {
    const track = client?.track(kind);
    track?.stop();
    track?.dispatchEvent(new Event('ended')); // what a browser does when the device is pulled out
  };
  const sockets = () => client?.sockets ?? [];
  const connections = () => [...client?.peers().values() ?? []].map(({ connection }) => connection);

  /** @type {Record<import('./odnix-call.js').OdnixCallFault, (seconds: number) => void>} */
  const faults = {
    'drop-socket': (seconds) => during(sockets, (socket) => socket.close(), seconds),
    'silence-socket': (seconds) => during(sockets, silence, seconds),
    'stall-media': (seconds) => during(connections, freeze, seconds),
    'fail-connection': () => {
      for (const peer of client?.peers().keys() ?? [])
        client?.report({ type: 'connection-changed', peer, connection: 'failed', ice: 'failed' });
    },
    'lose-microphone': lose('audio'),
    'lose-camera': lose('video'),
    'crash': () => client?.crash(new Error('injected')),
  };

  return {
    enter: (insides) => void (client = insides),
    inject(fault, { seconds = usual } = {}) {
      if (!Object.hasOwn(faults, fault)) throw new TypeError(`no fault "${fault}": ${Object.keys(faults).join(', ')}`);
      if (!(seconds >= 0 && seconds <= longest)) throw new RangeError(`seconds: 0 to ${longest}`);
      faults[fault](seconds);
    },
  };
};
