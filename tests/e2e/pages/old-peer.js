/**
 * A peer that behaves like the client this project replaces, rule by rule ("The old peer" in the protocol notes), its
 * faults included: they are what the new client has to live with.
 *
 *  1. Calls by one offer, then the same again every 2 s, 8 times, with the candidates known by then; rings for ever;
 *     a second answer throws.
 *  2. Prompts for the first offer it sees; ignores offers while a prompt or call is up, a description it has just
 *     seen, everything for 5 s after a call and for 20 s after declining.
 *  3. Having called once, it ignores every offer until the page is loaded anew.
 *  4. Hence two calls at the same moment: ours is ignored.
 *  5. Ignores offers inside a call.
 *  6. Ends at the first `disconnected`, telling nobody; declines with an empty `webrtc.end`.
 *  7. Keeps early candidates until the description is there.
 *  8. Ignores payload fields and types it does not know.
 * An `end` during the prompt forgets the offer but leaves the prompt standing.
 *
 * A classic script on purpose, like its model. `window.OldPeer.log` tells a test what happened.
 */
(() => {
  const RESEND_MS = 2000;
  const RESENDS = 8;
  const RECONNECT_MS = 2000;
  const DEAF_AFTER_END_MS = 5000;
  const DEAF_AFTER_DECLINE_MS = 20000;

  const chat = new URL(location.href).searchParams.get('chat') ?? '1';
  const prefix = /^\/as\/\d+/.exec(location.pathname)?.[0] ?? '';
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  /** @param {string} id */
  const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @param {string} name */
  const video = (name) => /** @type {HTMLVideoElement} */ (document.querySelector(`video.${name}`));

  /** @type {{ what: string, at: number, [more: string]: unknown }[]} */
  const log = [];
  /** @param {string} what @param {object} [more] */
  const note = (what, more = {}) => {
    log.push({ what, at: Date.now(), ...more });
    part('state').textContent = what;
    console.debug(`@e2e ${JSON.stringify({ kind: 'old', state: what, at: Date.now(), ...more })}`);
  };

  /** @type {RTCPeerConnection | null} */
  let peer = null;
  /** @type {MediaStream | null} */
  let mine = null;
  /** @type {any} the offer that the prompt is about */
  let pending = null;
  /** @type {RTCIceCandidateInit[]} */
  let early = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let resending;
  let seen = '';
  let deafUntil = 0;
  let isCaller = false; // never false again: rule 3
  let inCall = false;

  /** @type {WebSocket} */
  let socket;
  function connect() {
    socket = new WebSocket(`${scheme}://${location.host}${prefix}/ws/call/${chat}/`);
    socket.onopen = () => note('online');
    socket.onmessage = ({ data }) => void handle(JSON.parse(data));
    socket.onclose = () => setTimeout(connect, RECONNECT_MS);
  }
  connect();
  /** What is said while the socket is away is lost. @param {string} type @param {unknown} payload */
  const send = (type, payload) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type, payload }));
  };

  /** @param {boolean} withVideo */
  async function prepare(withVideo) {
    mine = await navigator.mediaDevices.getUserMedia({ audio: true, video: withVideo });
    video('local').srcObject = mine;
    const made = new RTCPeerConnection({ iceServers: [] });
    peer = made;
    for (const track of mine.getTracks()) made.addTrack(track, mine);
    made.onicecandidate = ({ candidate }) => candidate && send('webrtc.ice', { candidate: candidate.toJSON() });
    made.ontrack = ({ streams }) => {
      if (video('remote').srcObject !== streams[0]) video('remote').srcObject = streams[0];
    };
    made.onconnectionstatechange = () => {
      note(`pc-${made.connectionState}`);
      if (['disconnected', 'failed'].includes(made.connectionState)) finish('lost'); // rule 6: says nothing
    };
    return made;
  }

  /** @param {boolean} withVideo */
  async function call(withVideo) {
    isCaller = true;
    inCall = true;
    note('calling');
    const made = await prepare(withVideo);
    await made.setLocalDescription(await made.createOffer());
    let sent = 0;
    const offer = () => {
      const description = made.localDescription;
      if (description) send('webrtc.offer', { sdp: description.sdp, type: 'offer', audioOnly: !withVideo });
      note('offered', { sent: (sent += 1) });
      if (sent > RESENDS) clearInterval(resending);
    };
    offer();
    resending = setInterval(offer, RESEND_MS);
  }

  async function accept() {
    part('prompt').hidden = true;
    const offer = pending;
    inCall = true;
    note('accepted');
    const made = await prepare(!offer?.audioOnly);
    await made.setRemoteDescription(offer && { type: 'offer', sdp: offer.sdp });
    await flush();
    await made.setLocalDescription(await made.createAnswer());
    send('webrtc.answer', { sdp: made.localDescription?.sdp, type: 'answer' });
    note('answered');
  }

  function decline() {
    part('prompt').hidden = true;
    pending = null;
    deafUntil = Date.now() + DEAF_AFTER_DECLINE_MS;
    send('webrtc.end', {});
    note('declined');
  }

  function end() {
    send('webrtc.end', {});
    finish('hung up');
  }

  /** @param {string} why */
  function finish(why) {
    clearInterval(resending);
    peer?.close();
    for (const track of mine?.getTracks() ?? []) track.stop();
    if (inCall) deafUntil = Date.now() + DEAF_AFTER_END_MS;
    [peer, mine, pending, inCall, early] = [null, null, null, false, []];
    video('remote').srcObject = null;
    video('local').srcObject = null;
    note('ended', { why });
  }

  async function flush() {
    for (const candidate of early.splice(0)) await peer?.addIceCandidate(candidate);
  }

  /** @param {{ type: string, payload: any }} message */
  async function handle({ type, payload }) {
    if (type === 'webrtc.offer') {
      const ignored = isCaller || inCall || !part('prompt').hidden || payload.sdp === seen || Date.now() < deafUntil;
      note(ignored ? 'ignored offer' : 'prompt', { audioOnly: payload.audioOnly });
      if (ignored) return;
      seen = payload.sdp;
      pending = payload;
      part('prompt-text').textContent = payload.audioOnly ? 'Audio call' : 'Video call';
      part('prompt').hidden = false;
    } else if (type === 'webrtc.answer') {
      clearInterval(resending);
      note('got answer');
      await peer?.setRemoteDescription({ type: 'answer', sdp: payload.sdp }); // a second one throws: rule 1
      await flush();
    } else if (type === 'webrtc.ice') {
      if (peer?.remoteDescription) await peer.addIceCandidate(payload.candidate);
      else early.push(payload.candidate);
    } else if (type === 'webrtc.end') {
      note('got end');
      if (inCall) finish('other side ended');
      pending = null; // the prompt stays, as it did
    } else {
      note('ignored message', { type });
    }
  }

  part('video').onclick = () => void call(true);
  part('audio').onclick = () => void call(false);
  part('end').onclick = end;
  part('accept').onclick = () => void accept();
  part('decline').onclick = decline;
  Object.defineProperty(window, 'OldPeer', { value: { log } });
})();
