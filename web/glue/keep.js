/**
 * What this tab keeps of a running call from one page to the next: in sessionStorage, which is this tab's own and
 * survives a reload and a click to another page of the site. And proofs that a page knows the token in it.
 */
import { ignore } from './errors.js';

const key = 'odnix-call-kept';

/** @param {import('./types.js').Report} report */
export const createKeep = (report) => ({
  /** @param {object} record */
  keepCall(record) {
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), record }));
  },

  /** It is found once: a tab that is duplicated, or a page opened from here, must not find it too. */
  findKept() {
    try {
      const text = sessionStorage.getItem(key);
      if (!text) return;
      sessionStorage.removeItem(key);
      const { at, record } = JSON.parse(text);
      report({ type: 'kept-found', age: Date.now() - at, record });
    } catch {
      ignore(); // no storage here, or not ours
    }
  },

  /** HMAC-SHA-256 in hex; '' where the browser has none. @param {number} ticket @param {string} token @param {string} text */
  prove(ticket, token, text) {
    const bytes = (/** @type {string} */ words) => new TextEncoder().encode(words);
    const made = async () => {
      const hash = { name: 'HMAC', hash: 'SHA-256' };
      const secret = await crypto.subtle.importKey('raw', bytes(token), hash, false, ['sign']);
      return [...new Uint8Array(await crypto.subtle.sign('HMAC', secret, bytes(text)))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    };
    const tell = (/** @type {string} */ proof) => report({ type: 'proved', ticket, proof });
    made().then(tell, () => tell(''));
  },
});
