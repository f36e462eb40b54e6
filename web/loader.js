/**
 * The public object and the life of the module behind it: API calls wait until it runs, every entry into WASM is caught,
 * and when it dies its devices, connections and sockets are released and the page is told.
 */
import { number, readConfig } from './config.js';
import { openEarly } from './early-socket.js';
import { fetchWasm } from './fetch-wasm.js';
import { createGlue } from './glue/glue.js';
import { errorText, ignore } from './glue/errors.js';
import { createIce } from './ice.js';
import { createDeviceList, isDeviceKind } from './device-list.js';
import { createLastWords } from './last-words.js';
import { announce, Problem, tell } from './problems.js';
import { rehearse } from './rehearsal.js';

/** Clicks that came before the module was ready; more are no use. */
const queueLimit = 16;
/** A module that crashed is started anew, so often on one page: what crashes at once each time must not do so for ever. */
const restarts = 3;

/** One client per page, whichever build made it and however often it is loaded. */
const key = Symbol.for('odnix-call');

/**
 * @typedef {object} Parts
 * @property {unknown} config
 * @property {() => string} wasmUrl                                  may throw: then the file cannot be found
 * @property {typeof import('./odnix-module.js').default} createModule
 * @property {() => import('./glue/types.js').VideoHost} createSurface  the page surface of web/ui
 * @property {string} version
 * @property {() => import('./glue/types.js').Injector} [createInjector]  of the build for developers alone
 */

/** @param {Parts} parts @returns {import('./odnix-call.js').OdnixCall} */
const createClient = ({ config, wasmUrl, createModule, createSurface, version, createInjector }) => {
  /** @type {import('./odnix-call.js').OdnixCallState} */
  let state = 'idle';
  let dead = false;
  let life = 0; // counts modules: what a crashed one still calls back for is not done
  let crashes = 0;
  let chatKnown = false;
  let lastJournal = '';
  /** @type {string[] | null} until the module runs */
  let queue = [];
  /** @type {import('./odnix-module.js').OdnixModule | null} */
  let module = null;
  /** @type {Record<string, (...values: any[]) => void> | null} */
  let glue = null;
  /** @type {import('./glue/types.js').VideoHost | null} */
  let surface = null;
  let early = openEarly('');
  let ringing = () => {};
  const injector = createInjector?.();

  /** @param {string} next @param {string} reason */
  const stateChanged = (next, reason) => {
    state = /** @type {typeof state} */ (next);
    surface?.setState?.(next);
    if (next === 'in-ringing') ringing();
    window.dispatchEvent(new CustomEvent('odnix-call-state', { detail: reason ? { state, reason } : { state } }));
  };

  const deviceList = createDeviceList();
  const lastWords = createLastWords();
  /** Who was blocked or unblocked since the page came: a client that starts anew must know. @type {Map<number, boolean>} */
  const blocking = new Map();

  const readJournal = () => {
    try {
      if (module) lastJournal = module.journal();
    } catch {
      // a module that crashed may not answer any more
    }
    return lastJournal;
  };

  /** Releases everything, once. Works even if WASM cannot be entered any more. */
  const release = () => {
    if (dead) return false;
    dead = true;
    queue = null;
    glue?.shutdown();
    deviceList.close();
    lastWords.say(module?.sockets ?? []);
    for (const socket of module?.sockets ?? []) socket.close();
    early.close();
    try {
      surface?.destroy?.();
    } catch {
      // half-made or half-gone: nothing more to take away
    }
    return true;
  };

  /** @param {unknown} error */
  const crash = (error) => {
    if (!release()) return;
    readJournal();
    if (state !== 'idle' && state !== 'ended') stateChanged('ended', 'error');
    tell('client-crashed', errorText(error));
    if (started && (crashes += 1) <= restarts) setTimeout(restart, 1000);
  };

  /** @param {() => void} entry */
  const enter = (entry) => {
    if (dead) return;
    try {
      entry();
    } catch (error) {
      crash(error);
    }
  };

  /** The way into the module that is alive now, and no longer than it is. */
  const entrance = () => {
    const mine = life;
    return (/** @type {() => void} */ entry) => {
      if (mine === life) enter(entry);
    };
  };

  /** @param {string} name */
  const command = (name) => {
    if (dead) tell('not-running');
    else if (name !== 'end' && !chatKnown) tell('no-chat');
    else if (!queue) enter(() => module?.command(name));
    else if (queue.length < queueLimit) queue.push(name);
  };

  /** @param {WebAssembly.Module} compiled @param {ReturnType<typeof readConfig>} checked */
  const instantiate = (compiled, checked) =>
    /** @type {Promise<import('./odnix-module.js').OdnixModule>} */
    (new Promise((resolve, reject) => {
      const inside = entrance();
      surface = createSurface();
      const ice = createIce(checked.iceServers, checked.relayOnly, tell);
      ringing = () => void ice.next(true); // so that Accept need not wait for the page
      /** @type {Set<WebSocket>} */
      const sockets = new Set();
      glue = createGlue((message) => inside(() => module?.report(message)), {
        videoFor: (peer) => /** @type {NonNullable<typeof surface>} */ (surface).videoFor(peer),
        dropVideo: (peer) => surface?.dropVideo(peer),
        localVideo: () => /** @type {NonNullable<typeof surface>} */ (surface).localVideo(),
        ice,
        stateChanged,
        devicesChanged: deviceList.changed,
        problem: (code, text) => announce(code, text, false),
        alarm: (code) => tell(code),
        wake: () => queueMicrotask(() => inside(() => module?.run())),
        opened: injector && ((insides) => injector.enter({ ...insides, sockets, crash: (error) => inside(() => crash(error)) })),
      });
      /** @type {import('./odnix-module.js').ModuleOptions} */
      const options = {
        glue,
        rehearsal: Object.fromEntries(Object.keys(glue).map((name) => [name, ignore])),
        ui: surface,
        config: checked.module,
        enter: inside,
        attempt(make) {
          try {
            return make();
          } catch {
            return 0;
          }
        },
        sockets,
        early,
        lastWords,
        instantiateWasm(imports, done) {
          WebAssembly.instantiate(compiled, imports)
            .then((instance) => done(instance, compiled))
            .catch((error) => reject(new Problem('wasm-invalid', errorText(error))));
          return {};
        },
        onAbort(reason) {
          inside(() => crash(reason));
          reject(new Problem('client-crashed')); // said already; a start that aborts never settles by itself
        },
        print: ignore,
        printErr: (text) => console.warn(`[odnix-call] ${text}`),
      };
      createModule(options).then(resolve, reject);
    }));

  /** @param {WebAssembly.Module} compiled @param {ReturnType<typeof readConfig>} checked */
  const boot = async (compiled, checked) => {
    const made = await instantiate(compiled, checked);
    if (made.version() !== version) throw new Problem('version-mismatch', `script ${version}, wasm ${made.version()}`);
    module = made;
    enter(() => made.start());
    for (const [user, on] of blocking) glue?.blockPerson(user, on);
    early.close();
    const waiting = queue ?? [];
    queue = null;
    waiting.forEach(command);
    if (dead) throw new Problem('not-running');
    const inside = entrance(); // after a crash the slices of this life are nobody's
    rehearse(() => {
      let more = 0;
      inside(() => {
        surface?.prepare?.();
        more = made._odnix_rehearse(innerWidth, innerHeight, devicePixelRatio || 1);
      });
      return more > 0;
    });
  };

  /** The same wasm once more, as if the page had just been loaded. @type {() => void} */
  let restart = ignore;
  let started = false;

  /** A trap in a callback that did not go through enter(), such as drawing. @param {ErrorEvent} event */
  const uncaught = ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError && /odnix/i.test(error.stack ?? '')) crash(error);
  };

  const ready = (async () => {
    const checked = readConfig(config);
    chatKnown = checked.module.chat !== 0;
    if (chatKnown) early = openEarly(`${checked.module.socketBase}/ws/call/${checked.module.chat}/`);
    checked.warnings.forEach((code) => tell(code));
    let url;
    try {
      url = wasmUrl();
    } catch (error) {
      throw new Problem('wasm-not-found', errorText(error));
    }
    window.addEventListener('error', uncaught);
    const compiled = await fetchWasm(url);
    await boot(compiled, checked);
    started = true;
    restart = () => {
      life += 1;
      dead = false;
      queue = [];
      module = glue = surface = null;
      if (state !== 'idle') stateChanged('idle', '');
      boot(compiled, checked).catch((error) => release() && tell('client-crashed', errorText(error)));
    };
  })().catch((error) => {
    window.removeEventListener('error', uncaught);
    if (release()) tell(error instanceof Problem ? error.code : 'client-crashed', error instanceof Problem ? error.detail : errorText(error));
    throw error;
  });
  ready.catch(ignore); // a page need not look at it: the event has said it

  return Object.freeze({
    startAudioCall: () => command('audio'),
    startVideoCall: () => command('video'),
    endCall: () => command('end'),
    devices: () => deviceList.ask(ready.then(() => (dead || !module ? deviceList.close() : glue?.askDevices()))),
    /** @type {(kind: unknown, id: unknown) => void} */
    chooseDevice: (kind, id) => {
      if (isDeviceKind(kind) && typeof id === 'string') ready.then(() => glue?.chooseDevice(kind, id), ignore);
      else tell('device-invalid');
    },
    /** @type {(userId: unknown, on?: boolean) => void} */
    block: (userId, on = true) => {
      const user = number(userId);
      if (!user) return tell('block-invalid');
      blocking.set(user, Boolean(on));
      if (module) glue?.blockPerson(user, Boolean(on));
    },
    ready,
    get state() {
      return state;
    },
    version,
    debug: Object.freeze({ journal: readJournal, ...(injector && { inject: injector.inject }) }),
  });
};

/** The page's client: the one that is there, or a new one. @param {Parts} parts */
export const startClient = (parts) => {
  const registry = /** @type {Record<symbol, import('./odnix-call.js').OdnixCall>} */ (/** @type {unknown} */ (window));
  if (!registry[key]) Object.defineProperty(registry, key, { value: createClient(parts), configurable: true });
  return registry[key];
};
