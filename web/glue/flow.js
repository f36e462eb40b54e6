/**
 * Does anything come in, and how much could go out? Twice a second the statistics of each connected peer are looked at, and
 * only a change is told, and every 10 s how it went, for the journal: a quiet call costs two getStats() per second, and next to
 * nothing of the module. Packets that come no more are told at the second look in a row: 0.5 to 1 s after the last one, which
 * no pause of a sound line is.
 */
import { addPictures, crowdOf, noPictures } from './crowd.js';
import { ignore } from './errors.js';

const period = 500;

/** Looks that an answer may take; who takes longer is asked again. */
const patience = 4;

/** Looks after media came again: the first picture that is given may be lost, for the ways of the two do not return at once. */
const wholePictures = [0, 2];

/** Between two words to the journal, ms: every twentieth look. */
const wordy = 19.5 * period;

/**
 * What is counted from the beginning of a connection, and the newest of what is measured.
 * @typedef {{ at: number, received: number, lost: number, jitter: number, frames: number, came: number, went: number, roundTrip: number }} Counts
 * `at` in ms, `jitter` and `roundTrip` in s, `came` and `went` in bytes
 */

/** How it went between two counts. @param {Counts} before @param {Counts} now */
const between = (before, now) => {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const lost = Math.max(0, now.lost - before.lost); // what comes late after all is taken back
  const due = lost + Math.max(0, now.received - before.received);
  /** Of one second; another pair of addresses counts anew. @param {number} from @param {number} to */
  const rate = (from, to) => Math.max(0, to - from) / seconds;
  return {
    roundTrip: Math.round(now.roundTrip * 1000), lost: Math.round(1000 * lost / Math.max(1, due)), jitter: Math.round(now.jitter * 1000),
    kbitIn: Math.round(rate(before.came, now.came) / 125), kbitOut: Math.round(rate(before.went, now.went) / 125), pictures: Math.round(rate(before.frames, now.frames)),
  };
};

/** kbit/s, in steps that are worth telling: of 10 up to 100, then none. 0 is "not known". @param {number} [bits] per second */
const coarse = (bits) => (bits === undefined ? 0 : Math.max(1, Math.min(100, 10 * Math.floor(bits / 10000))));

/**
 * @param {import('./types.js').Report} report
 * @param {Map<number, { connection: RTCPeerConnection }>} peers
 * @param {(id: number) => void} givePicture  media of this peer comes again after it had ceased: it needs a whole picture
 */
export const createFlow = (report, peers, givePicture) => {
  /** @type {WeakMap<RTCPeerConnection, { packets: number, silent: number, flowing: boolean, back: number, line: string, counts: Counts, crowd: import('./crowd.js').Crowd }>} */
  const seen = new WeakMap();
  /** @type {WeakMap<RTCPeerConnection, number>} looks that an answer has been waited for */
  const asked = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} id @param {RTCPeerConnection} connection */
  const look = async (id, connection) => {
    let packets = 0;
    /** @type {{ bits?: number, relayed: boolean } | undefined} */
    let way;
    const pictures = noPictures();
    /** @type {Counts} */
    const counts = { at: 0, received: 0, lost: 0, jitter: 0, frames: 0, came: 0, went: 0, roundTrip: 0 };
    const stats = await connection.getStats();
    asked.delete(connection);
    for (const stat of stats.values()) {
      if (stat.type === 'inbound-rtp') {
        packets += stat.packetsReceived ?? 0;
        counts.frames += stat.framesDecoded ?? 0;
        if (stat.kind === 'audio') {
          counts.received += stat.packetsReceived ?? 0;
          counts.lost += stat.packetsLost ?? 0;
          counts.jitter = Math.max(counts.jitter, stat.jitter ?? 0);
        }
      }
      addPictures(pictures, stat);
      const pair = stat.type === 'transport' ? stats.get(stat.selectedCandidatePairId) : stat.type === 'candidate-pair' && stat.selected && stat;
      if (!pair) continue;
      const relayed = [pair.localCandidateId, pair.remoteCandidateId].some((id) => stats.get(id)?.candidateType === 'relay');
      way = { bits: pair.availableOutgoingBitrate, relayed };
      Object.assign(counts, { at: pair.timestamp, came: pair.bytesReceived ?? 0, went: pair.bytesSent ?? 0, roundTrip: pair.currentRoundTripTime ?? 0 });
    }
    if (peers.get(id)?.connection !== connection) return;
    const known = seen.get(connection);
    const before = known ?? { packets, silent: 0, flowing: false, back: Infinity, line: '', counts };
    const crowd = crowdOf(known?.crowd, pictures);
    const measured = way && { kbit: coarse(way.bits), relayed: way.relayed, overfull: way.bits === undefined && crowd.overfull };
    const line = measured ? Object.values(measured).join() : '';
    const silent = packets > before.packets ? 0 : before.silent + 1;
    const flowing = silent === 0 || (before.flowing && silent < 2);
    const since = before.counts.at > 0 ? before.counts : counts;
    const speaks = counts.at > 0 && (flowing !== before.flowing || counts.at - since.at >= wordy);
    if (speaks) report({ type: 'statistics-taken', peer: id, ...between(since, counts) });
    const back = flowing ? before.back + 1 : before.flowing ? -1 : before.back;
    if (wholePictures.includes(back)) givePicture(id);
    seen.set(connection, { packets, silent, flowing, back, line, crowd, counts: speaks ? counts : since });
    if (flowing !== before.flowing) report({ type: 'media-flow-changed', peer: id, flowing });
    if (measured && line !== before.line) report({ type: 'line-measured', peer: id, ...measured });
  };

  // No connection waits for another's answer: Firefox gives none about one that is closed meanwhile. But a connection is
  // not asked twice at once: two answers that come together, with the same packets, would look like a silence.
  const round = () => {
    timer = undefined;
    const ready = [...peers].filter(([, { connection }]) => !['new', 'connecting', 'closed'].includes(connection.connectionState));
    for (const [id, { connection }] of ready) {
      const waited = asked.get(connection) ?? patience;
      asked.set(connection, waited < patience ? waited + 1 : 1);
      if (waited >= patience) look(id, connection).catch(ignore);
    }
    watch();
  };

  /** Goes on while there are peers. */
  const watch = () => {
    if (!timer && peers.size > 0) timer = setTimeout(round, period);
  };
  return { watch };
};
