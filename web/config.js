/** The page's config, checked and brought into the module's form. Nothing here throws but Problem. */
import { Problem } from './problems.js';

/** A positive whole number that a double holds exactly, from 7 or "7"; else 0. @param {unknown} value */
export const number = (value) => {
  const text = typeof value === 'string' ? value.trim() : String(value);
  const parsed = /^\d{1,16}$/.test(text) && (typeof value === 'string' || typeof value === 'number') ? Number(text) : 0;
  return Number.isSafeInteger(parsed) ? parsed : 0;
};

/** @param {unknown} value */
const given = (value) => value !== undefined && value !== null && value !== '';

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value.slice(0, 4096) : '');

/** Whoever the page knows in its group, up to 64; entries that are no people are left out. @param {unknown} list */
const people = (list) =>
  (Array.isArray(list) ? list : []).slice(0, 64).flatMap((entry) => {
    const user = number(entry?.id);
    return user ? [{ user, name: text(entry.name), avatar: text(entry.avatar) }] : [];
  });

/** How many of them count: core::max_blocked. */
const mostBlocked = 256;

/** Whose calls are not wanted; entries that are no people are left out. @param {unknown} list */
const blockedOf = (list) => (Array.isArray(list) ? list : []).map(number).filter(Boolean).slice(0, mostBlocked);

/** What the page may do for a call that rings, in the order of core::Preconnect. */
const modes = ['never', 'auto', 'always'];

/** "wss://host/prefix" without a slash at the end. @param {string} scheme @param {unknown} host */
const socketBase = (scheme, host) => {
  const named = given(host) ? host : location.host;
  const plain = typeof named === 'string' && /^[^\s\\/?#@]+(?:\/[^\s\\/?#]+)*\/?$/.test(named);
  try {
    const base = `${scheme}://${named}`.replace(/\/$/, '');
    if (plain && new URL(base).hostname) return base;
  } catch {
    // said below
  }
  throw new Problem('host-invalid', String(named).slice(0, 100));
};

/**
 * @param {unknown} config
 * @returns {{module: import('./odnix-module.js').ModuleConfig, iceServers: unknown, relayOnly: boolean, warnings: string[]}}
 *   warnings: codes of problems that do not keep the client from running
 */
export const readConfig = (config) => {
  if (config === undefined || config === null) throw new Problem('config-missing');
  if (typeof config !== 'object' || Array.isArray(config)) throw new Problem('config-invalid', typeof config);
  const { userId, chatId, wsScheme, host, iceServers, iceTransportPolicy, relayOnly, peerName, peerAvatar, notify, debug, group, members, preconnect, blocked } =
    /** @type {Record<string, unknown>} */ (config);
  const warnings = [];

  const user = number(userId);
  if (!user) throw new Problem('user-id-invalid', String(userId).slice(0, 100));
  const chat = number(chatId);
  if (!chat && given(chatId)) warnings.push('chat-id-invalid');

  const own = location.protocol === 'https:' ? 'wss' : 'ws';
  const schemeKnown = wsScheme === 'ws' || wsScheme === 'wss';
  if (!schemeKnown && given(wsScheme)) warnings.push('ws-scheme-invalid');

  const wish = given(preconnect) ? modes.indexOf(String(preconnect)) : 1;
  if (wish < 0) warnings.push('preconnect-invalid');

  const canCall = typeof RTCPeerConnection === 'function';
  if (!canCall) warnings.push('webrtc-unavailable');
  if (!navigator.mediaDevices) warnings.push('insecure-origin');

  return {
    module: {
      user,
      chat,
      socketBase: socketBase(schemeKnown ? wsScheme : own, host),
      notify: notify !== false,
      canCall,
      canShare: typeof navigator.mediaDevices?.getDisplayMedia === 'function',
      peerName: text(peerName),
      peerAvatar: text(peerAvatar),
      debug: Boolean(debug),
      group: group === true,
      members: people(members),
      blocked: blockedOf(blocked),
      preconnect: wish < 0 ? 1 : wish,
    },
    iceServers,
    relayOnly: Boolean(relayOnly) || iceTransportPolicy === 'relay',
    warnings,
  };
};
