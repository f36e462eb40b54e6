/**
 * The person's other tabs on this site: a BroadcastChannel to talk to them, a Web Lock so that one of them makes the
 * sounds. Both are named by the user, for two people may share one browser. Messages come from our own origin only.
 * @param {import('./types.js').Report} report
 */
export const createTabs = (report) => {
  let user = '';
  /** @type {BroadcastChannel | undefined} */
  let channel;
  /** Ends the wait for the lock, or lets it go. @type {(() => void) | undefined} */
  let release;

  const join = () => {
    if (channel || !globalThis.BroadcastChannel) return;
    channel = new BroadcastChannel(`odnix-call:${user}`);
    channel.onmessage = ({ data }) => {
      if (data && typeof data === 'object') report({ ...data, type: 'tab-said' });
    };
  };

  const leave = () => {
    release?.();
    release = undefined;
    channel?.close();
    channel = undefined;
  };

  return {
    /** @param {string} name the user that these tabs belong to */
    joinTabs(name) {
      user = name;
      join();
    },

    /** Ids are texts: the numbers of a call do not fit into a double. @param {string} news @param {string} call @param {number} chat @param {number} from @param {string} session */
    tellTabs(news, call, chat, from, session) {
      join();
      channel?.postMessage({ news, call, chat, user: from, session });
    },

    requestRingRight() {
      join();
      if (release) return;
      const granted = () => report({ type: 'ring-right-granted' });
      if (!navigator.locks) {
        release = () => {};
        granted();
        return;
      }
      const wait = new AbortController();
      /** @type {() => void} */
      let letGo = () => {};
      release = () => {
        wait.abort();
        letGo();
      };
      navigator.locks
        .request(`odnix-call-ring:${user}`, { signal: wait.signal }, () => {
          granted();
          return new Promise((done) => (letGo = () => done(undefined)));
        })
        .catch((error) => {
          // A document without an origin has no locks: it rings by itself. Let go of before it was granted: nothing to say.
          if (error?.name !== 'AbortError') granted();
        });
    },

    leaveTabs: leave,
  };
};
