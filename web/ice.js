/**
 * What peer connections are configured with. A page may give `iceServers` as a function, because credentials of TURN
 * servers expire: it is asked when the client starts, before offers and answers if its answer is not fresh, and after a
 * server has refused its credentials. Its last answer holds meanwhile, and if it fails. Nothing of this enters the module:
 * credentials are in no state, journal or log.
 */
import { readIceServers } from './ice-servers.js';

/** An answer is fresh for so long, in ms. */
const fresh = 60000;
/** An offer or answer waits no longer for the page's promise, in ms; then it counts as lost with its network, and the page is asked anew. */
const patience = 1500;
/** Nor a restart: somebody hears nothing meanwhile, and what was given last is most likely still good. */
const haste = 300;
/** Other credentials are of use to a connection for as long as it may look for its path, in ms. */
const lasts = 30000;

/**
 * @typedef {ReturnType<typeof createIce>} Ice
 * @param {unknown} given          config.iceServers
 * @param {boolean} relayOnly
 * @param {(code: string, detail?: string) => void} tell
 */
export const createIce = (given, relayOnly, tell) => {
  const ask = typeof given === 'function' ? /** @type {() => unknown} */ (given) : null;
  /** @type {RTCConfiguration} */
  let current = { iceServers: readIceServers(null).servers, iceTransportPolicy: relayOnly ? 'relay' : 'all', bundlePolicy: 'max-bundle' };
  let relay = false;
  /** @type {(there: boolean, only: boolean) => void} */
  let watcher = () => {};
  let answeredAt = -Infinity;
  let refusedAt = -Infinity;
  let askedAt = -Infinity;
  let questions = 0;
  let answered = 0;
  /** The newest question, until it is answered. @type {Promise<void> | null} */
  let asking = null;
  /** @type {Set<() => void>} */
  const waiting = new Set();

  /** @param {unknown} list */
  const take = (list) => {
    const { servers, dropped } = readIceServers(list);
    if (dropped) tell('ice-servers-invalid');
    relay = servers.some(({ urls }) => [urls].flat().some((url) => /^turn/i.test(url)));
    if (relayOnly && !relay) tell('no-relay');
    current = { ...current, iceServers: servers };
    watcher(relay, relayOnly);
  };

  /** The question that is under way, if there is hope for it. */
  const pending = () => (performance.now() - askedAt < patience ? asking : null);

  const renew = () => {
    const known = pending();
    if (known) return known;
    askedAt = performance.now();
    const question = (questions += 1);
    asking = (async () => {
      try {
        const list = await Promise.resolve().then(ask);
        if (question > answered) take(list); // else a newer one has its answer
        answered = Math.max(answered, question);
      } catch (error) {
        tell('ice-servers-failed', String(error).slice(0, 200));
      }
      for (const done of waiting) done();
      if (question !== questions) return;
      answeredAt = performance.now(); // one that fails is not asked at every offer either
      asking = null;
    })();
    return asking;
  };

  /** The next answer, to whichever question: one promise of the page may never settle. */
  const answer = () => new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiting.delete(done);
      resolve(undefined);
    };
    const timer = setTimeout(done, lasts);
    waiting.add(done);
  });

  if (ask) void renew();
  else take(given);

  return {
    /** For a new connection. */
    now: () => current,

    /** Told now and at every answer of the page: is there a relay, and may nothing else be used? @param {(there: boolean, only: boolean) => void} tellOf */
    watch: (tellOf) => {
      watcher = tellOf;
      tellOf(relay, relayOnly);
    },

    /**
     * What the next offer or answer is made with, if the page gives it by a function: else null, and nothing to wait for.
     * @param {boolean} restart  the page is asked whenever it answered last
     * @returns {Promise<RTCConfiguration> | null}
     */
    next: (restart) => {
      if (!ask) return null;
      const work = restart || performance.now() - answeredAt > fresh ? renew() : pending();
      return Promise.race([work, new Promise((resolve) => { setTimeout(resolve, restart ? haste : patience); })]).then(() => current);
    },

    /**
     * A server refused our credentials. Said, and the page asked for others, at most once in a while.
     * @param {string} url @returns {Promise<boolean>} whether there are others now
     */
    refused: async (url) => {
      const before = JSON.stringify(current);
      const others = () => JSON.stringify(current) !== before;
      if (performance.now() - refusedAt > fresh) {
        refusedAt = performance.now();
        tell('turn-refused', url);
        if (ask) void renew();
      }
      const until = performance.now() + lasts;
      while (asking && !others() && performance.now() < until) await answer(); // another connection may have asked a moment ago
      return others();
    },
  };
};
