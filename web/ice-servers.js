/** What the page gets when it names no server: the three that the chat's old client used. */
const builtIn = ['stun', 'stun1', 'stun2'].map((name) => ({ urls: `stun:${name}.l.google.com:19302` }));

const address = /^(?:stuns?:[^\s/?#@]+|turns?:[^\s/?#@]+(?:\?transport=(?:udp|tcp))?)$/i;

/** One entry as RTCPeerConnection takes it, or null: a single bad one would make its constructor throw. @param {unknown} entry */
const checked = (entry) => {
  if (!entry || typeof entry !== 'object') return null;
  const { urls, url, username, credential } = /** @type {Record<string, unknown>} */ (entry);
  const list = [urls ?? url].flat();
  if (list.length === 0 || !list.every((item) => typeof item === 'string' && address.test(item))) return null;
  const relays = list.some((item) => /^turn/i.test(/** @type {string} */ (item)));
  if (relays && (typeof username !== 'string' || typeof credential !== 'string')) return null;
  /** @type {RTCIceServer} */
  const server = { urls: /** @type {string[]} */ (list) };
  if (typeof username === 'string') server.username = username;
  if (typeof credential === 'string') server.credential = credential;
  return server;
};

/**
 * @param {unknown} wanted  config.iceServers; absent or empty = the built-in list
 * @returns {{servers: RTCIceServer[], dropped: number}} dropped: how many entries were no ICE servers
 */
export const readIceServers = (wanted) => {
  if (wanted === undefined || wanted === null) return { servers: builtIn, dropped: 0 };
  const list = Array.isArray(wanted) ? wanted : [wanted];
  const servers = /** @type {RTCIceServer[]} */ (list.map(checked).filter(Boolean));
  return { servers: servers.length ? servers : builtIn, dropped: list.length - list.map(checked).filter(Boolean).length };
};
