/**
 * The standalone call page: finds out who I am and whom this chat joins, configures the client as any page would and
 * loads it. Parameters for tests: `?ice=<JSON list of ICE servers>`, `?build=module` (the ES module instead of the
 * classic script).
 */
import { avatar, nameOf, others, titleOf } from './people.js';

/** @typedef {import('./people.js').Account} Account */
/** @typedef {{ startAudioCall(): void, startVideoCall(): void, endCall(): void }} Api */
/** @typedef {{ createScriptURL(url: string): any }} ScriptPolicy */

/** The client's and the browser's globals that the DOM types do not know. */
const page = /** @type {{ OdnixCall?: Api, OdnixCallConfig?: object,
  trustedTypes?: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } }} */ (/** @type {unknown} */ (window));

const SENTENCES = /** @type {Record<string, string>} */ ({
  idle: 'Ready to call',
  preparing: 'Opening microphone and camera…',
  'out-ringing': 'Calling…',
  'in-ringing': 'Incoming call',
  connecting: 'Connecting…',
  active: 'In a call',
  reconnecting: 'Connection lost, reconnecting…',
  resuming: 'Resuming the call…',
  ended: 'Call ended',
});

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const buttons = ['call-video', 'call-audio'].map((id) => /** @type {HTMLButtonElement} */ (element(id)));

/** @param {string} message '' hides it */
function showError(message) {
  element('error').textContent = message;
  element('error').hidden = message === '';
}

/** @param {string} state @param {string} [reason] */
function showState(state, reason) {
  element('status').textContent = (SENTENCES[state] ?? state) + (state === 'ended' && reason ? ` (${reason})` : '');
  for (const button of buttons) button.disabled = !['idle', 'ended'].includes(state);
  if (state === 'preparing' || state === 'in-ringing') showError('');
}

/** The two parts of this page's address that matter: "/as/1" or "", and the chat. */
function address() {
  const found = /^(\/as\/\d+)?\/chat\/(\d+)\//.exec(location.pathname);
  if (!found) throw new Error('this address names no chat');
  return { prefix: found[1] ?? '', chatId: Number(found[2]) };
}

/** @param {string} prefix @param {number} chatId */
async function configure(prefix, chatId) {
  const answer = await fetch(`${prefix}/api/me.json`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const me = /** @type {Account} */ (await answer.json());
  const chat = me.chats.find((candidate) => candidate.id === chatId);
  if (!chat) throw new Error('you are not in this chat');
  const peers = others(chat, me.id);
  const title = titleOf(chat, me.id);

  document.title = `${title} – odnix-call`;
  element('me').textContent = `You are ${nameOf(me)}`;
  element('peer').textContent = title;
  element('picture').replaceChildren(...peers.slice(0, 3).map(avatar));

  page.OdnixCallConfig = {
    chatId,
    userId: me.id,
    wsScheme: location.protocol === 'https:' ? 'wss' : 'ws',
    host: location.host + prefix,
    iceServers: JSON.parse(new URLSearchParams(location.search).get('ice') ?? '[]'),
    peerName: title,
    peerAvatar: peers.length === 1 ? peers[0].avatar : null,
    group: chat.kind === 'group',
    members: chat.kind === 'group' ? chat.members : [],
  };
}

/** The policy that this page's CSP allows: only our own two files. */
const policy = page.trustedTypes?.createPolicy('odnix-shell', {
  createScriptURL(url) {
    if (!/^(\/as\/\d+)?\/odnix-call\.js\?v=\d+$/.test(url)) throw new TypeError(`not a script of ours: ${url}`);
    return url;
  },
});

/** Appends the script from JavaScript, as existing pages do. @param {string} prefix @returns {Promise<void>} */
function loadClassic(prefix) {
  return new Promise((resolve, reject) => {
    const url = `${prefix}/odnix-call.js?v=1`;
    const script = document.createElement('script');
    script.src = policy ? policy.createScriptURL(url) : url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('odnix-call.js did not load; is it built and in a --www directory?'));
    document.head.append(script);
  });
}

window.addEventListener('odnix-call-state', (event) => {
  const { state, reason } = /** @type {CustomEvent<{ state: string, reason?: string }>} */ (event).detail;
  showState(state, reason);
});
window.addEventListener('odnix-call-error', (event) => {
  showError(/** @type {CustomEvent<{ message: string }>} */ (event).detail.message);
});
buttons[0].addEventListener('click', () => page.OdnixCall && page.OdnixCall.startVideoCall());
buttons[1].addEventListener('click', () => page.OdnixCall && page.OdnixCall.startAudioCall());

try {
  const { prefix, chatId } = address();
  await configure(prefix, chatId);
  if (new URLSearchParams(location.search).get('build') === 'module') {
    const { createOdnixCall } = await import(`${prefix}/odnix-call.mjs`);
    page.OdnixCall = createOdnixCall(page.OdnixCallConfig);
  } else {
    await loadClassic(prefix);
  }
  if (element('status').textContent === 'Loading…') showState('idle');
} catch (reason) {
  element('status').textContent = 'Calls are not available';
  showError(reason instanceof Error ? reason.message : String(reason));
}
