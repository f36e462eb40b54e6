/**
 * The least JavaScript that makes the same call over the same server: the yardstick of the benchmark. No retries, no
 * messages for the person, no error handling; the same media constraints as the client. Devices, connection and
 * description are started as early as the person's own click allows.
 */
(() => {
  const { chatId, host, iceServers } = /** @type {any} */ (window).OdnixCallConfig;
  const MEDIA = {
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    video: { width: { ideal: 1280 }, height: { ideal: 720 } },
  };
  const view = document.createElement('p');
  view.append(...['accept', 'hang-up'].map((id) => {
    const button = Object.assign(document.createElement('button'), { hidden: true, textContent: id });
    button.dataset.control = id;
    return button;
  }), ...['remote', 'local'].map((className) =>
    Object.assign(document.createElement('video'), { className, autoplay: true, playsInline: true, muted: className === 'local' })));
  /** @param {string} id */
  const control = (id) => /** @type {HTMLButtonElement} */ (view.querySelector(`[data-control="${id}"]`));
  /** @param {string} name */
  const video = (name) => /** @type {HTMLVideoElement} */ (view.querySelector(`video.${name}`));

  /** @type {RTCPeerConnection | undefined} */
  let peer;
  /** @type {MediaStream | undefined} */
  let mine;
  /** @type {RTCSessionDescriptionInit | undefined} */
  let offered;
  /** @type {RTCIceCandidateInit[]} */
  let early = [];

  const socket = new WebSocket(`ws://${host}/ws/call/${chatId}/`);
  document.body.append(view);
  /** @param {string} type @param {unknown} payload */
  const send = (type, payload) => socket.send(JSON.stringify({ type, payload }));

  async function open() {
    const made = new RTCPeerConnection({ iceServers });
    peer = made;
    made.onicecandidate = ({ candidate }) => candidate && send('webrtc.ice', { candidate: candidate.toJSON() });
    made.ontrack = ({ streams }) => {
      if (video('remote').srcObject !== streams[0]) video('remote').srcObject = streams[0];
    };
    control('hang-up').hidden = false;
    const stream = await navigator.mediaDevices.getUserMedia(MEDIA);
    mine = stream;
    video('local').srcObject = stream;
    return { made, stream };
  }

  function close() {
    peer?.close();
    for (const track of mine?.getTracks() ?? []) track.stop();
    video('remote').srcObject = null;
    video('local').srcObject = null;
    control('hang-up').hidden = true;
    control('accept').hidden = true;
    [peer, mine, offered, early] = [undefined, undefined, undefined, []];
  }

  /** @param {RTCSessionDescriptionInit} description */
  async function apply(description) {
    await peer?.setRemoteDescription(description);
    for (const candidate of early.splice(0)) void peer?.addIceCandidate(candidate);
  }

  document.getElementById('video')?.addEventListener('click', async () => {
    const { made, stream } = await open();
    for (const track of stream.getTracks()) made.addTrack(track, stream);
    await made.setLocalDescription();
    send('webrtc.offer', { sdp: made.localDescription?.sdp, type: 'offer', audioOnly: false });
  });

  control('accept').onclick = async () => {
    control('accept').hidden = true;
    const opening = open();
    const applied = offered && apply(offered);
    const { made, stream } = await opening;
    await applied;
    for (const track of stream.getTracks()) made.addTrack(track, stream);
    await made.setLocalDescription();
    send('webrtc.answer', { sdp: made.localDescription?.sdp, type: 'answer' });
  };

  control('hang-up').onclick = () => {
    send('webrtc.end', {});
    close();
  };

  socket.onmessage = ({ data }) => {
    const { type, payload } = JSON.parse(data);
    if (type === 'webrtc.offer') {
      offered = { type: 'offer', sdp: payload.sdp };
      control('accept').hidden = false;
    } else if (type === 'webrtc.answer') void apply({ type: 'answer', sdp: payload.sdp });
    else if (type === 'webrtc.ice') {
      if (peer?.remoteDescription) void peer.addIceCandidate(payload.candidate);
      else early.push(payload.candidate);
    } else if (type === 'webrtc.end') close();
  };
})();
