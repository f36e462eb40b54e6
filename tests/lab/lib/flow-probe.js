/// <reference path="./types.d.ts" />
/**
 * Runs in every page of the laboratory, after tests/e2e/lib/in-page.js. Ten times a second it notes how much sound and
 * how many pictures of the other person came out of the decoders of all connections, and by which way; and when the
 * client's words change. Clock: the machine's, in milliseconds, which both pages and the runner share.
 */
(() => {
  const e2e = window.__e2e;
  const fox = /Firefox/.test(navigator.userAgent);
  /** @type {LabSample[]} */
  const samples = [];
  /** @type {{ at: number, text: string }[]} */
  const shown = [];
  /** @type {{ at: number, code: number, text: string }[]} */
  const iceErrors = [];
  const heard = new WeakSet();
  /** Last counters by connection and stream: connections come and go, what was heard stays heard. @type {Map<string, number>} */
  const last = new Map();
  const total = { real: 0, made: 0, energy: 0, packets: 0, frames: 0 };

  /** @param {keyof typeof total} what @param {string} stream @param {number} value */
  const count = (what, stream, value) => {
    const before = last.get(what + stream) ?? 0;
    if (value > before) total[what] += value - before;
    last.set(what + stream, value);
  };

  /** @param {Map<string, any>} stats the pair that carries, in words */
  const route = (stats) => {
    for (const stat of stats.values()) {
      if (stat.type !== 'transport' || !stat.selectedCandidatePairId) continue;
      const pair = stats.get(stat.selectedCandidatePairId);
      const [local, remote] = [stats.get(pair?.localCandidateId), stats.get(pair?.remoteCandidateId)];
      if (!local || !remote) return '';
      const by = local.url ? new URL(local.url).pathname : 'a relay'; // Firefox names none
      const relay = local.candidateType === 'relay' ? ` ${local.relayProtocol} ${by}` : '';
      const theirs = remote.candidateType === 'relay' ? ` at ${remote.address}` : '';
      return `${local.candidateType}${relay} ${remote.candidateType}${theirs}`;
    }
    return '';
  };

  /** Firefox never answers about a connection that is closed meanwhile: that hides nothing of the others. @param {RTCPeerConnection} peer @returns {Promise<Map<string, any>>} */
  const statistics = (peer) => {
    const late = new Promise((resolve) => { setTimeout(resolve, 500, new Map()); });
    return /** @type {Promise<any>} */ (Promise.race([peer.getStats(), late]).catch(() => new Map()));
  };

  const look = async () => {
    let way = '';
    for (const [index, peer] of e2e.peers.entries()) {
      if (!heard.has(peer)) {
        heard.add(peer);
        peer.addEventListener('icecandidateerror', ({ errorCode, errorText, url }) =>
          iceErrors.push({ at: e2e.now(), code: errorCode, text: `${errorText} ${url}` }));
      }
      if (peer.connectionState === 'closed') continue;
      const stats = await statistics(peer);
      for (const stat of stats.values()) {
        if (stat.type !== 'inbound-rtp') continue;
        const stream = `${index}/${stat.id}`;
        count('frames', stream, stat.framesDecoded ?? 0);
        if (stat.kind !== 'audio') continue;
        count('packets', stream, stat.packetsReceived ?? 0);
        // Firefox decodes nothing without a sound device: there, what arrived counts, 20 ms a packet.
        count('energy', stream, fox ? stat.packetsReceived : stat.totalAudioEnergy ?? 0);
        count('made', stream, fox ? 0 : (stat.concealedSamples ?? 0) - (stat.silentConcealedSamples ?? 0));
        count('real', stream, fox ? stat.packetsReceived * 960 : (stat.totalSamplesReceived ?? 0) - (stat.concealedSamples ?? 0));
      }
      way = route(stats) || way;
    }
    samples.push({ at: e2e.now(), ...total, route: way });
    if (samples.length > 6000) samples.splice(0, 1000);
    const text = e2e.texts();
    if (text !== shown.at(-1)?.text) shown.push({ at: e2e.now(), text });
  };
  const again = () => void look().catch((error) => console.error(`the laboratory's probe: ${error}`)).then(() => setTimeout(again, 100));
  again();
  Object.defineProperty(window, '__lab', { value: { samples, shown, iceErrors } });
})();
