// A loader over the fake browser with a module that the test plays itself.
// @ts-nocheck see browser.mjs
import { startClient } from '../../../web/loader.js';
import { deferred, fakeSurface, installBrowser } from './browser.mjs';

const key = Symbol.for('odnix-call');

/** The smallest WebAssembly module: magic and version. */
export const tinyWasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

export const response = (body = tinyWasm, { status = 200, type = 'application/wasm' } = {}) =>
  new Response(body, { status, headers: type ? { 'content-type': type } : {} });

/** @param {any} test */
export const loaderFor = (test) => {
  test.mock.timers.enable({ apis: ['setTimeout'] }); // a client that crashed starts again after a second
  const browser = installBrowser();
  test.after(browser.undo);
  const rejections = [];
  const note = (reason) => rejections.push(reason);
  process.on('unhandledRejection', note);
  const realFetch = globalThis.fetch;
  const fetched = [];
  const network = { answer: async () => response() };
  globalThis.fetch = (url, options) => {
    fetched.push(url);
    return network.answer(url, options);
  };
  test.after(() => {
    process.off('unhandledRejection', note);
    globalThis.fetch = realFetch;
  });

  const surface = fakeSurface();
  const module = { calls: [], options: null, version: '1.2.3', instantiated: deferred(), throwing: {}, rehearsed: [], slices: 3 };
  /** What C++ would do: here it only notes how it was entered. */
  const createModule = (options) => {
    module.options = options;
    const entry = (name, result) => (...values) => {
      module.calls.push([name, ...values]);
      if (module.throwing[name]) throw module.throwing[name];
      return result;
    };
    Object.assign(options, {
      start: entry('start'), report: entry('report'), run: entry('run'), command: entry('command'),
      journal: entry('journal', 'lines'), version: () => module.version,
      _odnix_rehearse: (...size) => { module.rehearsed.push(size); return Number(module.rehearsed.length < module.slices); },
    });
    options.instantiateWasm({}, () => module.instantiated.resolve(options));
    return module.instantiated.promise;
  };

  const load = (config, more = {}) =>
    startClient({ config, wasmUrl: () => 'https://chat.example/x.wasm', createModule, createSurface: () => surface, version: '1.2.3', ...more });
  /** One client per page: a fresh page for the next load of the same test. The fake `window` is globalThis. */
  const freshPage = () => {
    delete globalThis[key];
  };
  freshPage();
  test.after(freshPage);
  return {
    browser, surface, module, network, fetched, rejections, load, freshPage,
    errors: () => browser.events.filter(({ type }) => type === 'odnix-call-error').map(({ code, fatal }) => [code, fatal]),
  };
};
