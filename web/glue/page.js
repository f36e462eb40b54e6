import { watchGranted } from './granted.js';
import { createLeaving } from './leaving.js';

/**
 * The page around us: its comings and goings, its own call banner, its events, and the one timer of the program.
 * @param {import('./types.js').Report} report
 * @param {import('./types.js').PageHost} host
 */
export const createPage = (report, host) => {
  const listening = new AbortController();
  const leaving = createLeaving();
  /** @type {MessageChannel | undefined} */
  let errand;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let alarm;

  return {
    /** Begin to tell of pagehide, pageshow, relays and permissions. The first pageshow is no return. */
    watchPage() {
      const { signal } = listening;
      host.ice.watch((there, only) => report({ type: 'relay-known', there, only }));
      void watchGranted(report, signal);
      addEventListener('pagehide', ({ persisted }) => report({ type: 'page-hidden', kept: persisted, returns: leaving.returns() }), { signal });
      for (const online of [true, false])
        addEventListener(online ? 'online' : 'offline', () => report({ type: 'network-changed', online }), { signal });
      // Its other members are estimates that change all the time; desktops have no `type`.
      const network = /** @type {(EventTarget & { type?: string }) | undefined} */ (/** @type {any} */ (navigator).connection);
      let type = network?.type;
      network?.addEventListener('change', () => {
        if (network.type === type) return;
        type = network.type;
        if (type !== 'none') report({ type: 'network-changed', online: true });
      }, { signal });
      addEventListener('pageshow', ({ persisted }) => persisted && report({ type: 'page-shown' }), { signal });
    },

    /** One `time-passed` after `delay` ms; replaces the last. A browser may be early by a fraction and late by a minute. @param {number} delay */
    setAlarm(delay) {
      clearTimeout(alarm);
      alarm = setTimeout(() => report({ type: 'time-passed' }), delay);
    },
    clearAlarm() {
      clearTimeout(alarm);
    },

    /**
     * Some chat pages ring by themselves at an incoming call; their own button stops that and tells nobody. The push
     * that makes them ring comes by a socket of their own, perhaps a moment after ours: it is pressed twice.
     */
    silenceBanner() {
      const press = () => document.getElementById('gcbDecline')?.click();
      setTimeout(() => {
        try {
          press();
        } catch {
          // said at the first press
        }
      }, 250);
      press();
    },

    /** @param {string} state @param {string} reason '' = none */
    stateChanged(state, reason) {
      leaving.watch(state === 'active' || state === 'reconnecting' || state === 'resuming');
      host.stateChanged(state, reason);
    },
    /** Whose calls this person does not want, by the page. @param {number} user @param {boolean} on */
    blockPerson(user, on) {
      report({ type: 'person-blocked', user, on });
    },
    /** @param {number} chatId @param {number} userId @param {string} name @param {boolean} video @param {number} age ms since it began */
    callMissed(chatId, userId, name, video, age) {
      const detail = { chatId, userId, name, video, at: Date.now() - age, age };
      window.dispatchEvent(new CustomEvent('odnix-call-missed', { detail }));
    },
    /** @param {string} code @param {string} text */
    problem(code, text) {
      host.problem(code, text);
    },
    /** Run the inbox in a microtask. */
    wake() {
      host.wake();
    },
    /** The same as a task: the browser draws and answers first. A hidden page draws nothing, and its timers are slow. */
    wakeLater() {
      if (!document.hidden) {
        setTimeout(() => host.wake(), 0);
        return;
      }
      if (!errand) {
        errand = new MessageChannel();
        errand.port1.onmessage = () => host.wake();
      }
      errand.port2.postMessage('');
    },
    /** @param {string} text */
    debug(text) {
      console.debug(`[odnix-call] ${text}`);
    },

    leavePage() {
      listening.abort();
      leaving.watch(false);
      errand?.port1.close();
      clearTimeout(alarm);
    },
  };
};
