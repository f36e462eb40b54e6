/**
 * The data channel of each peer: a second way for messages, without a server. The other side is not trusted: whatever
 * floods the channel closes it, before anything is parsed. The call goes on without.
 */

/** What one peer may send: so much at once, and so much per second after that. */
const most = { messages: 200, bytes: 262144 };
const perSecond = { messages: 50, bytes: 65536 };
/** UTF-16 units; what is longer is not even handed on. */
const longest = 65536;

/**
 * @param {import('./types.js').Report} report
 * @param {(id: number) => {connection: RTCPeerConnection, listening: AbortController} | undefined} peerOf
 */
export const createChannels = (report, peerOf) => {
  /** Of peers that may be gone by now. @type {WeakMap<RTCPeerConnection, RTCDataChannel>} */
  const channels = new WeakMap();

  /** May it pass? Spends from its peer's budget. */
  const createBudget = () => {
    let { messages, bytes } = most;
    let last = performance.now();
    return (/** @type {number} */ size) => {
      const seconds = (performance.now() - last) / 1000;
      last += seconds * 1000;
      messages = Math.min(most.messages, messages + seconds * perSecond.messages) - 1;
      bytes = Math.min(most.bytes, bytes + seconds * perSecond.bytes) - size;
      return messages >= 0 && bytes >= 0;
    };
  };

  return {
    /** @param {number} id */
    openChannel(id) {
      const peer = peerOf(id);
      if (!peer) return;
      const { signal } = peer.listening;
      const channel = peer.connection.createDataChannel('odnix-call', { negotiated: true, id: 0 });
      channels.set(peer.connection, channel);
      const passes = createBudget();
      let open = false;
      const closed = () => {
        if (open) report({ type: 'channel-closed', peer: id });
        open = false;
      };
      const opened = () => {
        open = true;
        report({ type: 'channel-opened', peer: id });
      };
      /** @param {string} reason */
      const refuse = (reason) => report({ type: 'channel-refused', reason });
      channel.addEventListener('open', opened, { signal });
      channel.addEventListener('close', closed, { signal });
      channel.addEventListener('message', ({ data }) => {
        if (!open) return;
        const text = typeof data === 'string';
        if (!passes(text ? data.length : data.byteLength ?? data.size)) {
          refuse('flood');
          closed();
          channel.close();
        } else if (!text) refuse('binary');
        else if (data.length > longest) refuse('too-large');
        else report({ type: 'channel-message', peer: id, text: data });
      }, { signal });
    },

    /** @param {number} id @param {string} text */
    sendByChannel(id, text) {
      const peer = peerOf(id);
      const channel = peer && channels.get(peer.connection);
      if (channel?.readyState === 'open') channel.send(text);
    },
  };
};
