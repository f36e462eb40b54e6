/**
 * Does anything come in, and how much could go out? Twice a second the statistics of each connected peer are looked at,
 * and only a change is told: a quiet call costs two getStats() per second, and nothing of the module. Packets that come
 * no more are told at the second look in a row: 0.5 to 1 s after the last one, which no pause of a sound line is.
 */
import { ignore } from './errors.js';

const period = 500;

/** Looks that an answer may take; who takes longer is asked again. */
const patience = 4;

/** kbit/s, in steps that are worth telling: of 10 up to 100, then none. 0 is "not known". @param {number} [bits] per second */
const coarse = (bits) => (bits === undefined ? 0 : Math.max(1, Math.min(100, 10 * Math.floor(bits / 10000))));

/**
 * @param {import('./types.js').Report} report
 * @param {Map<number, { connection: RTCPeerConnection }>} peers
 */
export const createFlow = (report, peers) => {
  /** @type {WeakMap<RTCPeerConnection, { packets: number, silent: number, flowing: boolean, line: string }>} */
  const seen = new WeakMap();
  /** @type {WeakMap<RTCPeerConnection, number>} looks that an answer has been waited for */
  const asked = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} id @param {RTCPeerConnection} connection */
  const look = async (id, connection) => {
    let packets = 0;
    let line = '';
    const stats = await connection.getStats();
    asked.delete(connection);
    for (const stat of stats.values()) {
      if (stat.type === 'inbound-rtp') packets += stat.packetsReceived ?? 0;
      const pair = stat.type === 'transport' ? stats.get(stat.selectedCandidatePairId) : stat.type === 'candidate-pair' && stat.selected && stat;
      if (pair) line = `${coarse(pair.availableOutgoingBitrate)} ${stats.get(pair.localCandidateId)?.candidateType === 'relay'}`;
    }
    if (peers.get(id)?.connection !== connection) return;
    const before = seen.get(connection) ?? { packets, silent: 0, flowing: false, line: '' };
    const silent = packets > before.packets ? 0 : before.silent + 1;
    const flowing = silent === 0 || (before.flowing && silent < 2);
    seen.set(connection, { packets, silent, flowing, line });
    if (flowing !== before.flowing) report({ type: 'media-flow-changed', peer: id, flowing });
    if (line && line !== before.line) report({ type: 'line-measured', peer: id, kbit: parseInt(line, 10), relayed: line.endsWith('true') });
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
