/**
 * Does anything come in? Once a second the packets of each connected peer are counted, and only a change is told: a quiet
 * call costs one getStats() of its audio and video receivers per second, and nothing of the module.
 */
const period = 1000;

/**
 * @param {import('./types.js').Report} report
 * @param {Map<number, { connection: RTCPeerConnection }>} peers
 */
export const createFlow = (report, peers) => {
  /** @type {WeakMap<RTCPeerConnection, { packets: number, flowing: boolean }>} */
  const seen = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} id @param {RTCPeerConnection} connection */
  const look = async (id, connection) => {
    let packets = 0;
    for (const stat of (await connection.getStats()).values()) if (stat.type === 'inbound-rtp') packets += stat.packetsReceived ?? 0;
    if (peers.get(id)?.connection !== connection) return;
    const before = seen.get(connection) ?? { packets, flowing: false };
    const flowing = packets > before.packets;
    seen.set(connection, { packets, flowing });
    if (flowing !== before.flowing) report({ type: 'media-flow-changed', peer: id, flowing });
  };

  const round = async () => {
    timer = undefined;
    const ready = [...peers].filter(([, { connection }]) => !['new', 'connecting', 'closed'].includes(connection.connectionState));
    await Promise.allSettled(ready.map(([id, { connection }]) => look(id, connection)));
    watch();
  };

  /** Goes on while there are peers. */
  const watch = () => {
    if (!timer && peers.size > 0) timer = setTimeout(() => void round(), period);
  };
  return { watch };
};
