/** The site's own banner (shell/notify-banner.js) on a page without any client; its Accept leads to the old chat page. */
(() => {
  const chat = new URL(location.href).searchParams.get('chat') ?? '1';
  const prefix = /^\/as\/\d+/.exec(location.pathname)?.[0] ?? '';
  const banner = /** @type {HTMLElement} */ (document.getElementById('globalCallBanner'));
  new MutationObserver(() =>
    console.debug(`@e2e ${JSON.stringify({ kind: 'banner', state: banner.hidden ? 'gone' : 'shown', at: Date.now() })}`))
    .observe(banner, { attributes: true, attributeFilter: ['hidden'] });
  document.addEventListener('click', (event) => {
    if (/** @type {HTMLElement} */ (event.target).id !== 'gcbAccept') return;
    event.stopImmediatePropagation();
    location.assign(`${prefix}/old-peer.html?chat=${chat}`);
  }, true);
})();
