/**
 * odnix-call.js: `<script src="…/odnix-call.js">`; odnix-call-debug.js, the same with faults on purpose. Reads window.OdnixCallConfig, sets window.OdnixCall, and declares no other name.
 */
import createModule from '#odnix-module';

import { createInjector } from './inject.js';
import { startClient } from './loader.js';
import { tell } from './problems.js';
import { createSurface } from './ui/surface.js';

// Known only while the script runs; null if somebody loads this file as a module: then its tag is looked for.
const script =
  /** @type {HTMLScriptElement | null} */ (document.currentScript) ??
  [...document.scripts].find(({ src }) => /\/odnix-call(?:-debug)?\.js(?:[?#]|$)/.test(src));

const wasmUrl = () => {
  const named = script?.dataset.wasm || window.OdnixCallConfig?.wasm;
  return named ? new URL(named, document.baseURI).href : new URL(__ODNIX_WASM__, script?.src || document.baseURI).href;
};

// The script's own parts are fixed before anything else can run; the old client has no version.
if (window.OdnixCall && !window.OdnixCall.version) tell('other-client');
else
  window.OdnixCall = startClient({
    config: window.OdnixCallConfig, wasmUrl, createModule, createSurface, version: __ODNIX_VERSION__,
    createInjector: __ODNIX_DEBUG__ ? createInjector : undefined,
  });
