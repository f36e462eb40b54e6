/**
 * RTCPeerConnections by integer handle. Mechanism only: what to do when, and what a state means, is decided in C++.
 *
 * Handles are never reused. An operation on a handle that is closed or never came to be is stale and does nothing; a
 * promise that settles after close() reports nothing. Every other promise ends in exactly one report.
 */
import { errorText, ignore } from './errors.js';
import { createFlow } from './flow.js';
import { createPlayback } from './playback.js';
import { screenBit } from './share.js';
import { inStretches } from './stretches.js';

/** @type {RTCSessionDescriptionInit} */
const back = { 'type': 'rollback' };

/**
 * Their next offer leaves open who begins DTLS, but that is settled for as long as the connection lasts. Firefox forgets it
 * with an offer of its own that it takes back, and its answer would be refused over there.
 * @param {RTCPeerConnection} connection @param {string} sdp
 */
const settled = ({ currentLocalDescription: ours, currentRemoteDescription: theirs }, sdp) => {
  const answer = ours?.type === 'answer' ? ours : theirs;
  const [, role] = /a=setup:(active|passive)/.exec(answer?.sdp ?? '') ?? [];
  return role ? sdp.replace(/a=setup:actpass/g, `a=setup:${(role === 'active') === (answer === theirs) ? 'active' : 'passive'}`) : sdp;
};

/**
 * Before an offer of our own, when we answered last, their offer is answered once more, between us and the browser. Without it
 * Chromium 156 takes the lines that came with it down as well when our offer is taken back (both sides change something at
 * once): what comes by them is decoded and never shown again. The answer is the one they have: nothing need be said.
 * @param {Peer} peer
 */
const answerAgain = async (peer) => {
  const { connection } = peer;
  if (!peer.again || connection.signalingState !== 'stable') return;
  peer.again = false;
  const sdp = settled(connection, connection.currentRemoteDescription?.sdp ?? '');
  await connection.setRemoteDescription({ 'type': 'offer', sdp });
  await connection.setLocalDescription(await connection.createAnswer());
};

/** The certificates that a description names. @param {string} [sdp] */
const certificates = (sdp) => [...new Set(sdp?.match(/a=fingerprint:.*/g))].sort().join();

/**
 * Sound in packets that carry the one before as well (RED, RFC 2198): one that is lost alone is not missed. Chromium knows it.
 * @param {RTCRtpTransceiver} line
 */
const preferTwice = (line) => {
  const codecs = line.receiver.track.kind === 'audio' ? globalThis.RTCRtpReceiver?.getCapabilities?.('audio')?.codecs ?? [] : [];
  const [twice, others] = [true, false].map((wanted) => codecs.filter(({ mimeType }) => (mimeType === 'audio/red') === wanted));
  if (twice.length > 0) line.setCodecPreferences([...twice, ...others]);
};

/**
 * @typedef {object} Peer
 * @property {RTCPeerConnection} connection
 * @property {AbortController} listening  ends every listener of this peer at once
 * @property {MediaStream | null} stream  everything that comes from the other side
 * @property {MediaStream | null} screen   their screen and its sound
 * @property {RTCRtpTransceiver[]} share    the lines of ours
 * @property {boolean} alarmed            somebody named another certificate for it
 * @property {boolean} attached           our tracks belong on its senders
 * @property {{ kbit: number, shrink: number, video: boolean, lean: boolean, rate: number }} [limits]  what may be sent, once it is known
 * @property {boolean} again              their offer is to be answered once more (answerAgain)
 * @property {boolean} rings              nobody has accepted yet: nothing of it is shown or played
 * @property {boolean} relayed            and it uses nothing but relays
 * @property {ReturnType<typeof inStretches>} candidates  those of the other side: the browser takes a millisecond or two to take one in
 * @property {(() => Promise<void>)[]} waiting  operations on its descriptions: the first runs, the others wait
 */

/**
 * @param {import('./types.js').Report} report
 * @param {import('./types.js').Host} host
 * @param {ReturnType<typeof import('./media.js').createMedia>} media
 * @param {Pick<ReturnType<typeof import('./devices.js').createDevices>, 'addSink' | 'dropSink'>} devices
 * @param {Pick<ReturnType<typeof import('./share.js').createShare>, 'track'>} share
 */
export const createRtc = (report, host, media, devices, share) => {
  /** @type {Map<number, Peer>} */
  const peers = new Map();

  /**
   * One asynchronous operation on a live peer: its outcome is one report, unless the peer is closed by then.
   * @param {number} id
   * @param {(peer: Peer) => Promise<import('./types.js').Message | void>} operation
   * @param {(error: string) => import('./types.js').Message | void} failed
   */
  const run = async (id, operation, failed) => {
    const peer = peers.get(id);
    if (!peer) return;
    /** @type {import('./types.js').Message | void} */
    let outcome;
    try {
      outcome = await operation(peer);
    } catch (error) {
      outcome = failed(errorText(error));
    }
    if (outcome && peers.get(id) === peer) report({ ...outcome, peer: id });
  };

  /**
   * The same for what touches descriptions, one after the other: an offer is made and set before theirs is applied.
   * @type {typeof run}
   */
  const inTurn = async (id, operation, failed) => {
    const waiting = peers.get(id)?.waiting;
    if (waiting?.push(() => run(id, operation, failed)) !== 1) return;
    for (; waiting.length > 0; waiting.shift()) await waiting[0]();
  };

  /** What it may be configured with while it rings. @param {boolean} relayed @param {RTCConfiguration} config @returns {RTCConfiguration} */
  const fit = (relayed, config) => (relayed ? { ...config, iceTransportPolicy: 'relay' } : config);

  /** Some browsers write our own address beside that of the relay (RFC 8839, section 5.1). @param {Peer} peer @param {string} text */
  const unrelated = ({ relayed }, text) =>
    fit(relayed, host.ice.now()).iceTransportPolicy === 'relay' ? text.replace(/ raddr \S+ rport \d+/g, ' raddr 0.0.0.0 rport 9') : text;

  /** @param {Peer} peer @param {'offer' | 'answer'} kind @param {RTCSessionDescriptionInit} description */
  const setLocal = async (peer, kind, description) => {
    const { connection } = peer;
    await connection.setLocalDescription(description);
    return { type: 'local-description-ready', kind, sdp: unrelated(peer, connection.localDescription?.sdp ?? description.sdp ?? '') };
  };

  /**
   * The transceiver of our microphone or camera: of two, which glare can make, the one that was negotiated.
   * @param {Peer} peer @param {string} kind
   */
  const main = ({ connection, share: own }, kind) => {
    const fit = connection.getTransceivers().filter((one) => one.receiver.track.kind === kind && one.currentDirection !== 'stopped' && !own.includes(one));
    return fit.find(({ mid }) => mid) ?? fit[0];
  };

  /** Our tracks onto their senders. @param {number} id @param {Peer} peer */
  const attach = (id, peer) => {
    /** @param {RTCRtpSender | undefined} sender @param {MediaStreamTrack | null} track */
    const put = (sender, track) => {
      if (!sender || sender.track === track) return;
      sender.replaceTrack(track).catch((error) => {
        if (peers.get(id) === peer) report({ type: 'glue-failed', where: 'replaceTrack', error: errorText(error) });
      });
    };
    for (const kind of ['audio', 'video']) put(main(peer, kind)?.sender, media.track(kind));
    for (const { sender, receiver } of peer.share) put(sender, share.track(receiver.track.kind));
  };

  /** @param {RTCRtpTransceiver | undefined} line @param {Partial<RTCRtpEncodingParameters>} change @param {RTCSetParameterOptions} [options] */
  const adjust = (line, change, options) => {
    const parameters = line?.sender.getParameters();
    const [encoding] = parameters?.encodings ?? [];
    if (!line || !parameters || !encoding) return; // nothing is negotiated on it
    Object.assign(encoding, change);
    line.sender.setParameters(parameters, options).catch(ignore); // nothing waits for it: it may never settle
  };

  /**
   * Sound goes first, then the screen, then the face; beside a screen the face takes a quarter. A screen is not made
   * smaller: its words would be lost. Lines that come later are met when they are agreed upon.
   * @param {Peer} peer
   */
  const limit = (peer) => {
    if (!peer.limits) return;
    const { kbit, shrink, video: active, lean, rate } = peer.limits;
    /** @param {RTCRtpTransceiver | undefined} line @param {RTCPriorityType} priority @param {RTCRtpEncodingParameters} [more] */
    const set = (line, priority, more) => adjust(line, { priority, networkPriority: priority, ...more });
    const [screen, itsSound] = peer.share;
    const sound = main(peer, 'audio');
    const twice = sound?.sender.getParameters().codecs?.[0]?.mimeType === 'audio/red';
    set(sound, 'high', { maxBitrate: lean && twice ? 16000 : undefined });
    set(itsSound, 'high');
    set(main(peer, 'video'), 'low', { active, maxBitrate: kbit * (share.track('video') ? 250 : 1000), scaleResolutionDownBy: shrink / 100, maxFramerate: rate || undefined });
    set(screen, 'medium', { active, maxBitrate: kbit * 750, maxFramerate: rate || undefined });
  };

  /**
   * A browser whose pictures broke off waits up to 3 s before it asks for a whole one. Where the path came back for one, it
   * mostly did for the other: give one unasked. A browser that does not know the option does nothing.
   * @param {number} id
   */
  const freshPicture = (id) => {
    const peer = peers.get(id);
    for (const line of peer ? [main(peer, 'video'), peer.share[0]] : [])
      adjust(line, {}, /** @type {RTCSetParameterOptions} */ ({ encodingOptions: [{ keyFrame: true }] }));
  };

  const flow = createFlow(report, peers, freshPicture);
  const playback = createPlayback(report, host, devices, peers);

  /** What is neither their microphone nor their camera is their screen. @param {number} id @param {Peer} peer @param {MediaStreamTrack} track */
  const screenArrived = (id, peer, track) => {
    peer.screen ??= new MediaStream();
    peer.screen.addTrack(track); // one that is there already changes nothing
    playback.show(id + screenBit, peer, peer.screen);
  };

  /** @param {number} id @param {Peer} peer @param {MediaStreamTrack} track */
  const trackArrived = (id, peer, track) => {
    peer.stream ??= new MediaStream();
    if (peer.stream.getTracks().includes(track)) return; // a renegotiation shows known tracks again
    peer.stream.addTrack(track);
    const { signal } = peer.listening;
    const kind = track.kind;
    const flows = (/** @type {boolean} */ flowing) => () => report({ type: 'remote-track-changed', peer: id, kind, flowing });
    track.addEventListener('unmute', flows(true), { signal });
    track.addEventListener('mute', flows(false), { signal });
    track.addEventListener('ended', flows(false), { signal });
    report({ type: 'remote-track-added', peer: id, kind });
    if (!track.muted) flows(true)();
    playback.show(id, peer, peer.stream);
  };

  /** @param {number} id @param {Peer} peer */
  const listen = (id, peer) => {
    const { connection, listening } = peer;
    const { signal } = listening;
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate) return; // the end of gathering: nothing waits for it
      report({
        type: 'candidate-gathered', peer: id, line: unrelated(peer, candidate.candidate), mid: candidate.sdpMid ?? '',
        mLineIndex: candidate.sdpMLineIndex ?? -1, ufrag: candidate.usernameFragment ?? '',
      });
    }, { signal });
    // In some browsers only one of the two states ever says "failed".
    const states = () => report({
      type: 'connection-changed', peer: id, connection: connection.connectionState ?? '', ice: connection.iceConnectionState ?? '',
    });
    connection.addEventListener('icecandidateerror', async ({ errorCode, url }) => {
      if (errorCode !== 401 && errorCode !== 403) return; // no answer is no news: other servers may
      if (await host.ice.refused(url) && peers.get(id) === peer) report({ type: 'relay-renewed', peer: id });
    }, { signal });
    connection.addEventListener('connectionstatechange', states, { signal });
    connection.addEventListener('connectionstatechange', () => connection.connectionState === 'connected' && flow.watch(), { signal });
    connection.addEventListener('iceconnectionstatechange', states, { signal });
    connection.addEventListener('track', ({ track, transceiver }) =>
      (transceiver === main(peer, track.kind) ? trackArrived : screenArrived)(id, peer, track), { signal });
  };

  /** @param {number} id */
  const closePeer = (id) => {
    const peer = peers.get(id);
    if (!peer) return;
    peers.delete(id);
    peer.listening.abort();
    try {
      peer.connection.close();
    } finally {
      playback.drop(id, peer);
    }
  };

  return {
    /** @param {number} id @param {boolean} offerer @param {boolean} video @param {boolean} rings @param {boolean} relayed */
    createPeer(id, offerer, video, rings, relayed) {
      let connection;
      try {
        connection = new RTCPeerConnection(fit(relayed, host.ice.now()));
        // Track-less: nothing is captured or sent before the tracks are attached, and attaching needs no negotiation.
        // The stream makes an old peer's `ontrack` carry one.
        if (offerer)
          for (const kind of video ? ['audio', 'video'] : ['audio'])
            preferTwice(connection.addTransceiver(kind, { direction: 'sendrecv', streams: [media.stream()] }));
      } catch (error) {
        connection?.close();
        report({ type: 'peer-failed', peer: id, error: errorText(error) });
        return;
      }
      const peer = {
        connection, listening: new AbortController(), stream: null, screen: null, share: [], alarmed: false, attached: false, again: false,
        rings, relayed, candidates: inStretches(), waiting: [],
      };
      peers.set(id, peer);
      listen(id, peer);
    },

    /** @param {number} id @param {boolean} iceRestart @param {boolean} camera with a line for it, if there is none @param {boolean} screen likewise, two */
    createOffer(id, iceRestart, camera, screen) {
      void inTurn(id, async (peer) => {
        const newest = host.ice.next(iceRestart);
        if (newest) peer.connection.setConfiguration(fit(peer.relayed, await newest));
        if (peer.again) await answerAgain(peer);
        if (camera && !main(peer, 'video')) peer.connection.addTransceiver('video', { direction: 'sendrecv', streams: [media.stream()] });
        if (screen && peer.share.length === 0) {
          const streams = [new MediaStream()];
          peer.share = ['video', 'audio'].map((kind) => peer.connection.addTransceiver(kind, { direction: 'sendonly', streams }));
        }
        if (peer.attached) attach(id, peer);
        return setLocal(peer, 'offer', await peer.connection.createOffer({ iceRestart }));
      }, (error) => ({ type: 'description-failed', step: 'offer', error }));
    },

    /** Back to the stable descriptions, from either side's offer. @param {number} id */
    rollback(id) {
      void inTurn(id, async ({ connection }) => {
        if (connection.signalingState === 'have-local-offer') await connection.setLocalDescription(back);
        if (connection.signalingState === 'have-remote-offer') await connection.setRemoteDescription(back);
      }, ignore);
    },

    /** @param {number} id @param {RTCSdpType} kind @param {string} sdp */
    applyRemote(id, kind, sdp) {
      let step = 'remote';
      void inTurn(id, async (peer) => {
        const { connection } = peer;
        const known = certificates(connection.currentRemoteDescription?.sdp);
        if (known && known !== certificates(sdp)) { // whoever says this is not whom we are connected with
          if (!peer.alarmed) host.alarm('certificate-changed');
          peer.alarmed = true; // said once
          step = 'certificate';
          throw new Error('another certificate in the same connection');
        }
        await connection.setRemoteDescription({ type: kind, sdp: kind === 'offer' ? settled(connection, sdp) : sdp });
        limit(peer);
        return { type: 'remote-description-applied' };
      }, (error) => ({ type: 'description-failed', step, error }));
    },

    /** @param {number} id */
    createAnswer(id) {
      void inTurn(id, async (peer) => {
        const newest = host.ice.next(false);
        if (newest) peer.connection.setConfiguration(fit(peer.relayed, await newest));
        const all = peer.connection.getTransceivers();
        for (const transceiver of all) {
          if (transceiver.currentDirection === 'stopped' || peer.share.includes(transceiver)) continue;
          // Our own line for the camera met theirs: one is enough.
          const { kind } = transceiver.receiver.track;
          if (!transceiver.mid && all.some(({ mid, receiver }) => mid && receiver.track.kind === kind)) {
            transceiver.stop();
            continue;
          }
          if (transceiver !== main(peer, kind)) continue; // their screen: we only look
          transceiver.direction = 'sendrecv';
          transceiver.sender.setStreams?.(media.stream());
          preferTwice(transceiver);
        }
        if (peer.attached) attach(id, peer);
        const answered = await setLocal(peer, 'answer', await peer.connection.createAnswer());
        // Soon, in a quiet moment: it takes a while, and a lost path has none to lose.
        peer.again = true;
        setTimeout(() => void inTurn(id, answerAgain, ignore), 3000);
        return answered;
      }, (error) => ({ type: 'description-failed', step: 'answer', error }));
    },

    /** @param {number} id @param {string} line @param {string} mid @param {number} mLineIndex @param {string} ufrag */
    addCandidate(id, line, mid, mLineIndex, ufrag) {
      /** @param {Peer} peer */
      const add = async ({ connection }) => connection.addIceCandidate({
        candidate: line, sdpMid: mid || null, sdpMLineIndex: mLineIndex < 0 ? null : mLineIndex, usernameFragment: ufrag || null,
      });
      void peers.get(id)?.candidates(() => void run(id, add, (error) => ({ type: 'candidate-refused', error })));
    },

    /** @param {number} id */
    attachMedia(id) {
      const peer = peers.get(id);
      if (!peer) return;
      peer.attached = true;
      attach(id, peer);
      limit(peer);
    },

    /** What may be sent by it from now on. @param {number} id @param {number} kbit @param {number} shrink percent @param {boolean} video @param {boolean} lean sound with half its bits @param {number} rate of pictures a second, or 0 */
    limitMedia(id, kbit, shrink, video, lean, rate) {
      void inTurn(id, async (peer) => {
        peer.limits = { kbit, shrink, video, lean, rate };
        limit(peer);
      }, ignore);
    },

    /** Somebody accepted: from now on it is shown, and from its next offer on it goes by any way. @param {number} id */
    admitPeer(id) {
      const peer = peers.get(id);
      if (!peer) return;
      const { relayed } = peer;
      peer.rings = peer.relayed = false;
      if (peer.stream) playback.show(id, peer, peer.stream);
      if (relayed) peer.connection.setConfiguration(host.ice.now());
    },

    closePeer,

    /** For the other parts of the glue. @param {number} id */
    peerOf: (id) => peers.get(id),
    peers: () => peers,

    /** Inside a gesture: whatever does not play yet. */
    retryPlayback: playback.retry,

    closeAllPeers() {
      for (const id of [...peers.keys()])
        try {
          closePeer(id);
        } catch (error) {
          ignore();
        }
    },
  };
};
