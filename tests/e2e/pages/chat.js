/**
 * A chat page that embeds the client the way the existing templates do, with every choice in its address:
 *   chat=N       the chat
 *   config=JSON  laid over the usual configuration; a value of null removes the key; "none" sets no configuration
 *   load=…       script (default: appended from JavaScript, with ?v=), debug, twice, module, none, bare (tools/bench/bare.js instead)
 *   early=video|audio  the call is asked for in the same turn in which the script has run
 * Its own names stay inside a function; the buttons are wired as in those templates.
 */
(() => {
  const asked = new URL(location.href).searchParams;
  const prefix = /^\/as\/\d+/.exec(location.pathname)?.[0] ?? '';
  const page = /** @type {any} */ (window);

  /** @type {Record<string, unknown>} */
  const config = {
    chatId: Number(asked.get('chat') ?? 1),
    userId: Number(prefix.slice(4)),
    wsScheme: location.protocol === 'https:' ? 'wss' : 'ws',
    host: location.host + prefix,
    iceServers: [],
  };
  const other = asked.get('config');
  if (other !== 'none') {
    Object.assign(config, JSON.parse(other ?? '{}'));
    for (const key of Object.keys(config)) if (config[key] === null) delete config[key];
    page.OdnixCallConfig = config;
  }

  const policy = page.trustedTypes?.createPolicy('e2e-page', { createScriptURL: (/** @type {string} */ url) => url });
  /** @param {string} file @returns {Promise<void>} */
  const append = (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = policy ? policy.createScriptURL(file) : file;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${file} did not load`));
      document.body.append(script);
    });
  page.load = append;

  const load = asked.get('load') ?? 'script';
  const early = asked.get('early');
  const loaded = (async () => {
    if (load === 'none') return;
    if (load === 'module') {
      const file = '/odnix-call.mjs'; // a variable: the type checker has no such file
      page.OdnixCall = (await import(file)).createOdnixCall(page.OdnixCallConfig);
    } else await append({ bare: '/bare.js', debug: '/odnix-call-debug.js' }[load] ?? '/odnix-call.js?v=20251219#x');
    page.first = page.OdnixCall;
    if (load === 'twice') await append('/odnix-call.js?v=20251219');
    if (early === 'video') page.OdnixCall.startVideoCall();
    if (early === 'audio') page.OdnixCall.startAudioCall();
  })();
  page.loaded = loaded;

  /** @param {string} id @param {() => void} run */
  const on = (id, run) => document.getElementById(id)?.addEventListener('click', run);
  on('video', () => page.OdnixCall && page.OdnixCall.startVideoCall());
  on('audio', () => page.OdnixCall && page.OdnixCall.startAudioCall());
  on('end', () => page.OdnixCall && page.OdnixCall.endCall());
  on('count', () => {
    const count = /** @type {HTMLElement} */ (document.getElementById('clicks'));
    count.textContent = String(Number(count.textContent) + 1);
  });
})();
