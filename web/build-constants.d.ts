// What the bundler puts in: see tools/bundle.mjs.

/** File name of the .wasm beside the script. */
declare const __ODNIX_WASM__: string;
/** Version of the project; the module was built with the same. */
declare const __ODNIX_VERSION__: string;
/** This is odnix-call-debug.js. */
declare const __ODNIX_DEBUG__: boolean;
