/**
 * The local microphone and camera: one track of each kind at most, kept in one stream whose id names us to the other side.
 * Every openMedia() ends in one report, unless closeMedia() came first: then its tracks are stopped when they arrive.
 */
import { errorText, ignore } from './errors.js';

const audioWish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const videoWish = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** The Permissions API's word, or '' where the browser does not tell. @param {string} name */
const permission = async (name) => {
  try {
    return (await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) })).state;
  } catch {
    return '';
  }
};

/**
 * @param {import('./types.js').Report} report
 * @param {import('./types.js').VideoHost} host
 * @param {Pick<ReturnType<typeof import('./devices.js').createDevices>, 'watchDevices' | 'numbersOf' | 'idOf'>} devices
 */
export const createMedia = (report, host, devices) => {
  /** @type {MediaStream | null} */
  let stream = null;
  /** @type {Set<number>} */
  const pending = new Set();
  let microphoneOn = true;
  /** @type {HTMLVideoElement | null} */
  let shown = null;

  const ours = () => (stream ??= new MediaStream());
  /** @param {string} kind @returns {MediaStreamTrack | null} */
  const trackOf = (kind) => stream?.getTracks().find((track) => track.kind === kind) ?? null;

  /** @param {string} kind */
  const drop = (kind) => {
    const track = trackOf(kind);
    if (!track) return;
    ours().removeTrack(track);
    track.stop();
  };

  /** @param {MediaStreamTrack} track */
  const keep = (track) => {
    drop(track.kind);
    ours().addTrack(track);
    if (track.kind === 'audio') track.enabled = microphoneOn;
    // Our own stop() does not fire it: the device vanished or the permission was taken back.
    track.addEventListener('ended', async () => {
      const owner = stream;
      if (trackOf(track.kind) !== track) return;
      ours().removeTrack(track);
      const state = await permission(track.kind === 'audio' ? 'microphone' : 'camera');
      if (stream === owner && !trackOf(track.kind)) report({ type: 'device-lost', kind: track.kind, permission: state });
    });
    const held = () => trackOf(track.kind) === track && report({ type: 'device-held', kind: track.kind, held: track.muted });
    track.addEventListener('mute', held);
    track.addEventListener('unmute', held);
  };

  /** `exact`: Chromium does not care for an ideal device. @param {number} device */
  const exactly = (device) => device && { deviceId: { exact: devices.idOf(device) } };

  const preview = () => {
    shown = host.localVideo();
    if (shown.srcObject !== stream) shown.srcObject = stream;
    Promise.resolve(shown.play()).catch(ignore); // muted: only its removal can stop it
  };

  /** @param {number} request @param {unknown} error */
  const failed = async (request, error) => {
    const [microphone, camera] = await Promise.all([permission('microphone'), permission('camera')]);
    if (!pending.delete(request)) return;
    const { name = 'unknown', message = '' } = /** @type {Partial<Error>} */ (error ?? {});
    report({ type: 'media-failed', request, error: name, message, microphone, camera });
  };

  /** @param {number} request @param {object | false} audio @param {object | false} video */
  const open = async (request, audio, video) => {
    /** @type {MediaStreamTrack[]} */
    let tracks;
    try {
      // Browsers hide mediaDevices from pages that are not secure.
      if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error('no mediaDevices'), { name: 'InsecureContext' });
      tracks = (await navigator.mediaDevices.getUserMedia({ audio, video })).getTracks();
    } catch (error) {
      await failed(request, error);
      return;
    }
    if (!pending.delete(request)) {
      for (const track of tracks) track.stop();
      return;
    }
    tracks.forEach(keep);
    const kinds = tracks.map((track) => track.kind);
    report({
      type: 'media-opened', request, audio: kinds.includes('audio'), video: kinds.includes('video'),
      devices: tracks.map(devices.numbersOf).join(''), label: tracks[0]?.label ?? '',
    });
    for (const { kind, muted } of tracks) if (muted) report({ type: 'device-held', kind, held: muted });
    try {
      if (kinds.includes('video')) preview();
    } catch (error) {
      report({ type: 'glue-failed', where: 'preview', error: errorText(error) });
    }
  };

  return {
    /** The stream that names us; made at the first question. */
    stream: ours,
    /** The open track of a kind, or null. */
    track: trackOf,

    /** @param {number} request @param {boolean} audio @param {boolean} video @param {number} microphone 0 = any @param {number} camera */
    openMedia(request, audio, video, microphone, camera) {
      pending.add(request);
      devices.watchDevices();
      void open(
        request,
        audio && { ...audioWish, ...exactly(microphone) },
        video && { ...videoWish, ...exactly(camera), ...(!camera && { facingMode: 'user' }) },
      );
    },

    closeMedia() {
      pending.clear();
      microphoneOn = true;
      if (!stream) return;
      for (const track of stream.getTracks()) drop(track.kind);
      stream = null; // the next call has a name of its own
      if (shown) shown.srcObject = null;
      shown = null;
    },

    /** @param {boolean} on */
    setMicrophone(on) {
      microphoneOn = on;
      const track = trackOf('audio');
      if (track) track.enabled = on;
    },

    closeCamera() {
      drop('video');
    },
  };
};
