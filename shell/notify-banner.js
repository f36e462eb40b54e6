/**
 * What every page of such a site already has: its own notify socket and its own banner for incoming calls, with its own
 * tone. Accept goes to the chat, Decline tells nobody. A page that sets window.odnixNotifyInitialized beforehand gets
 * none of it.
 */
(() => {
  /** @typedef {{ type: string, chat_id: number, audioOnly: boolean, from_full_name: string | null, from_avatar: string | null }} Push */
  const page = /** @type {{ odnixNotifyInitialized?: boolean }} */ (/** @type {unknown} */ (window));
  if (page.odnixNotifyInitialized) return;
  page.odnixNotifyInitialized = true;

  const LIFE_MS = 20000;
  const RECONNECT_MS = 2000;
  const prefix = /^\/as\/\d+/.exec(location.pathname)?.[0] ?? '';

  const banner = document.createElement('div');
  banner.id = 'globalCallBanner';
  banner.setAttribute('role', 'alertdialog');
  banner.hidden = true;
  const picture = document.createElement('img');
  picture.alt = '';
  const text = document.createElement('span');
  const accept = document.createElement('button');
  accept.id = 'gcbAccept';
  accept.className = 'button primary';
  accept.textContent = 'Accept';
  const decline = document.createElement('button');
  decline.id = 'gcbDecline';
  decline.className = 'button';
  decline.textContent = 'Decline';
  banner.append(picture, text, accept, decline);
  document.body.append(banner);

  let timer = 0;
  let beep = 0;
  /** @type {AudioContext | undefined} */
  let audio;

  function ring() {
    audio = audio ?? new AudioContext();
    const start = audio.currentTime;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 520;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.6);
  }

  function hide() {
    banner.hidden = true;
    clearTimeout(timer);
    clearInterval(beep);
  }

  /** @param {Push} push */
  function show(push) {
    hide();
    text.textContent = `${push.from_full_name ?? 'Somebody'}: incoming ${push.audioOnly ? 'audio' : 'video'} call`;
    picture.hidden = !push.from_avatar;
    if (push.from_avatar) picture.src = push.from_avatar;
    accept.onclick = () => location.assign(`${prefix}/chat/${push.chat_id}/`);
    banner.hidden = false;
    timer = window.setTimeout(hide, LIFE_MS);
    ring();
    beep = window.setInterval(ring, 2000);
  }

  decline.onclick = hide;

  function listen() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${prefix}/ws/notify/`);
    socket.onmessage = (event) => {
      const push = /** @type {Push} */ (JSON.parse(event.data));
      if (push.type === 'incoming.call') show(push);
    };
    socket.onclose = () => setTimeout(listen, RECONNECT_MS);
  }
  listen();
})();
