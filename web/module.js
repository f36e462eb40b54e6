/**
 * odnix-call.mjs: `import { createOdnixCall } from './odnix-call.mjs'`. Touches no global name, unless the page set
 * window.OdnixCallConfig before: then `<script type="module" src="…/odnix-call.mjs">` alone does what the classic script does.
 */
import createModule from '#odnix-module';

import { startClient } from './loader.js';
import { createSurface } from './ui/surface.js';

/** @type {typeof import('./odnix-call.js').createOdnixCall} */
export const createOdnixCall = (config) =>
  startClient({
    config,
    wasmUrl: () =>
      config?.wasm ? new URL(config.wasm, document.baseURI).href : new URL(__ODNIX_WASM__, import.meta.url).href,
    createModule,
    createSurface,
    version: __ODNIX_VERSION__,
  });

export default createOdnixCall;

if (window.OdnixCallConfig && !window.OdnixCall) window.OdnixCall = createOdnixCall(window.OdnixCallConfig);
