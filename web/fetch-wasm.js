/** Fetches and compiles the .wasm file, while it streams in if the server names its type. */
import { errorText } from './glue/errors.js';
import { Problem } from './problems.js';

/** @param {Response} response */
const compile = async (response) => {
  // compileStreaming() refuses every other type; asking first keeps the console quiet.
  if (/^application\/wasm$/i.test(response.headers.get('content-type') ?? '') && WebAssembly.compileStreaming)
    return WebAssembly.compileStreaming(response);
  const bytes = await response.arrayBuffer();
  const magic = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (String.fromCharCode(...magic) !== '\0asm') throw new Error('it does not begin like WebAssembly (an HTML page?)');
  return WebAssembly.compile(bytes);
};

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>} rejects with a Problem
 */
export const fetchWasm = async (url) => {
  if (typeof WebAssembly !== 'object') throw new Problem('no-webassembly');
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { credentials: 'same-origin' });
  } catch (error) {
    throw new Problem('wasm-unreachable', `${url}: ${errorText(error)}`);
  }
  if (!response.ok) throw new Problem('wasm-not-found', `${url}: HTTP ${response.status}`);
  try {
    return await compile(response);
  } catch (error) {
    const reason = errorText(error);
    // Chromium names the directive, Firefox says "blocked by CSP".
    throw new Problem(/unsafe-eval|content security policy|\bCSP\b/i.test(reason) ? 'csp-blocks-wasm' : 'wasm-invalid', `${url}: ${reason}`);
  }
};
