/**
 * The page's call socket, opened while the module is still on its way: whoever calls in this tenth of a second is heard.
 * What comes is kept until the module opens the same address (src/platform/web/sockets.cpp): it gets this socket instead
 * of a new one, and hears it all.
 * @param {string} url '' = this page has no chat
 */
export const openEarly = (url) => {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {WebSocket | null} */
  let given = null;
  /** @type {MessageEvent[]} */
  const heard = [];
  try {
    if (url) socket = new WebSocket(url);
    if (socket) socket.onmessage = (event) => heard.length < 64 && heard.push(event);
  } catch {
    // a refused address: the module will find the same, and say so
  }
  return {
    /** The socket, once, if it is good. @param {string} wanted */
    take(wanted) {
      const taken = socket;
      if (!taken || wanted !== url || taken.readyState > WebSocket.OPEN) return null;
      [socket, given] = [null, taken];
      taken.binaryType = 'arraybuffer';
      return taken;
    },
    /** Tells its new listeners what they missed; any other socket missed nothing. @param {WebSocket} taken */
    replay(taken) {
      if (taken !== given) return;
      given = null;
      if (taken.readyState === WebSocket.OPEN) taken.onopen?.(new Event('open'));
      for (const event of heard.splice(0)) taken.onmessage?.(event);
    },
    /** Nobody took it. */
    close() {
      socket?.close();
      socket = null;
    },
  };
};
