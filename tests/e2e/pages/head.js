/** The configuration of pages/head.html: the chat is in its address, the person in its path. */
(() => {
  const prefix = /^\/as\/\d+/.exec(location.pathname)?.[0] ?? '';
  const page = /** @type {any} */ (window);
  page.OdnixCallConfig = {
    chatId: Number(new URL(location.href).searchParams.get('chat')), userId: Number(prefix.slice(4)), wsScheme: 'ws',
    host: location.host + prefix, iceServers: [],
  };
  document.addEventListener('DOMContentLoaded', () =>
    document.getElementById('video')?.addEventListener('click', () => page.OdnixCall.startVideoCall()));
})();
