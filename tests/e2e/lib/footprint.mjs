/** What a page holds: heaps after a collection, and everything that a call opens and must close. */

/** Runs before the page's scripts: finds the module's memory, and what else may be left open. */
export const FOOTPRINT = `(() => {
  const held = { memory: null, contexts: [], longest: 0 };
  Object.defineProperty(window, '__held', { value: held, enumerable: false });
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    for (const one of Object.values((made.instance ?? made).exports)) if (one instanceof WebAssembly.Memory) held.memory = one;
    return made;
  };
  window.AudioContext = new Proxy(window.AudioContext, { construct(target, args) {
    const made = Reflect.construct(target, args);
    held.contexts.push(new WeakRef(made));
    return made;
  } });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) held.longest = Math.max(held.longest, task.duration);
  }).observe({ entryTypes: ['longtask'] });
})();`;

/** The longest main-thread task since the last question, ms; tasks below 50 ms are not told by the browser: 0. @param {import('./person.mjs').Person} person */
export const longestTask = (person) => person.ask(() => {
  const { __held: held } = /** @type {any} */ (window);
  const { longest } = held;
  held.longest = 0;
  return Math.round(longest);
});

/** @param {import('./person.mjs').Person} person a person in Chromium whose page has FOOTPRINT */
export async function footprint(person) {
  const context = /** @type {import('playwright-core').BrowserContext} */ (person.home.context);
  const session = await context.newCDPSession(person.page);
  await session.send('Performance.enable');
  await session.send('Runtime.discardConsoleEntries').catch(() => {});
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (/** @type {string} */ name) => metrics.find((one) => one.name === name)?.value ?? 0;
  const page = await person.ask(() => {
    const { __held: held } = /** @type {any} */ (window);
    const left = window.__e2e.open();
    return {
      wasm: held.memory?.buffer.byteLength ?? 0,
      contexts: held.contexts.filter((/** @type {WeakRef<AudioContext>} */ ref) => ![undefined, 'closed'].includes(ref.deref()?.state)).length,
      sockets: window.__e2e.sockets.filter((socket) => socket.readyState < WebSocket.CLOSING).length,
      peers: left.peers, tracks: left.tracks,
    };
  });
  await session.detach();
  return { heap: metric('JSHeapUsedSize'), nodes: metric('Nodes'), listeners: metric('JSEventListeners'), ...page };
}
