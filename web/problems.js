/**
 * What can be wrong with a page, for its developer: what happened and what to do next. The codes are stable and
 * documented in docs/embedding.md. fatal: the client does not run (any more).
 * @type {Record<string, {fatal: boolean, text: string}>}
 */
export const problems = {
  'config-missing': {
    fatal: true,
    text: 'window.OdnixCallConfig is not set. Set it in a script before this one: window.OdnixCallConfig = { userId: 7, chatId: 12 }.',
  },
  'config-invalid': { fatal: true, text: 'the config is not an object. Write { userId: 7, chatId: 12 }.' },
  'user-id-invalid': { fatal: true, text: 'config.userId must be the signed-in user\'s number, like 7 or "7".' },
  'chat-id-invalid': {
    fatal: false,
    text: 'config.chatId must be a chat\'s number, like 12 or "12". This page can be called but cannot call; leave chatId out if that is meant.',
  },
  'host-invalid': { fatal: true, text: 'config.host must be a host with an optional path, like "chat.example:8443" or "chat.example/app".' },
  'ws-scheme-invalid': { fatal: false, text: 'config.wsScheme must be "ws" or "wss". The page\'s own protocol decides instead.' },
  'preconnect-invalid': { fatal: false, text: 'config.preconnect must be "auto", "always" or "never". "auto" is used.' },
  'ice-servers-invalid': {
    fatal: false,
    text: 'config.iceServers has entries that are no ICE servers; they are left out. Write [{ urls: "turn:turn.example:3478", username: "u", credential: "p" }].',
  },
  'ice-servers-failed': { fatal: false, text: 'config.iceServers failed as a function; what it answered last is used.' },
  'no-relay': { fatal: false, text: 'config.relayOnly needs a TURN server in config.iceServers. Calls on this page will not connect.' },
  'turn-refused': {
    fatal: false,
    text: 'the TURN server refused the username and credential of config.iceServers. If they expire, give iceServers as a function that fetches new ones.',
  },
  'other-client': {
    fatal: true,
    text: 'another script has set window.OdnixCall. Load one call client only: remove the old call.js from this page.',
  },
  'no-webassembly': { fatal: true, text: 'this browser has no WebAssembly (or it is switched off). Calls need a current browser.' },
  'csp-blocks-wasm': {
    fatal: true,
    text: 'the page\'s Content-Security-Policy blocks WebAssembly. Add \'wasm-unsafe-eval\' to script-src.',
  },
  'wasm-not-found': {
    fatal: true,
    text: 'the .wasm file is not there. Serve it beside odnix-call.js, or name it with data-wasm on the script tag or config.wasm.',
  },
  'wasm-unreachable': {
    fatal: true,
    text: 'the .wasm file could not be fetched. Check the network, connect-src in the Content-Security-Policy, and CORS if it is on another host.',
  },
  'wasm-invalid': {
    fatal: true,
    text: 'the .wasm file cannot be used. Check that its address serves the file itself, complete and of the same build as the script.',
  },
  'version-mismatch': {
    fatal: true,
    text: 'the script and the .wasm file are of different versions. Deploy both together and clear caches.',
  },
  'webrtc-unavailable': { fatal: false, text: 'this browser has no WebRTC (or it is switched off). Calls on this page will not connect.' },
  'insecure-origin': {
    fatal: false,
    text: 'this page is not secure, so browsers give it no camera or microphone. Serve it over https or from localhost.',
  },
  'no-chat': { fatal: false, text: 'a call needs config.chatId: the chat to call.' },
  'device-invalid': { fatal: false, text: 'chooseDevice wants "microphone", "camera" or "speaker" and the id of a device, as devices() tells them.' },
  'block-invalid': { fatal: false, text: 'block wants a user\'s number, like 7 or "7".' },
  'not-running': { fatal: false, text: 'the call client does not run on this page; an earlier odnix-call-error says why.' },
  'certificate-changed': {
    fatal: false,
    text: 'somebody named another certificate for a running call; it was refused, and the call goes on. Whoever can do that sits in the chat\'s server or between it and the page: find out who.',
  },
  'client-crashed': {
    fatal: true,
    text: 'the call client stopped; devices and connections are released. It starts anew in a second, three times at most. Report OdnixCall.debug.journal().',
  },
};

/** A reason not to start, on its way up to the loader. */
export class Problem extends Error {
  /** @param {string} code @param {string} [detail] */
  constructor(code, detail = '') {
    super(problems[code]?.text ?? code);
    this.name = 'OdnixCallError';
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Says it once on the console and once as an event.
 * @param {string} code
 * @param {string} text
 * @param {boolean} fatal
 */
export const announce = (code, text, fatal) => {
  const message = text ? `${text[0].toUpperCase()}${text.slice(1)}` : code;
  console.warn(`[odnix-call] ${message} (${code})`);
  window.dispatchEvent(new CustomEvent('odnix-call-error', { detail: { code, message, fatal } }));
};

/** @param {string} code @param {string} [detail] */
export const tell = (code, detail = '') =>
  announce(code, problems[code].text + (detail ? ` [${detail}]` : ''), problems[code].fatal);
