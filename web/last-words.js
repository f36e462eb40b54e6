/**
 * A module that crashed cannot hang up any more. The sockets remember the offer or answer that they sent last; its
 * header is enough to tell the other side. A call that only rings here says nothing: another tab may still take it.
 * Group calls send neither type, and an `end` there would be wrong.
 */

/** Keeps what the other side must know of to be told of its end. @param {WebSocket} socket */
export const remember = (socket) => {
  const send = socket.send;
  socket.send = (data) => {
    if (typeof data === 'string' && /"webrtc\.(?:offer|answer)"/.test(data)) said.set(socket, data);
    send.call(socket, data);
  };
};

/** @type {WeakMap<WebSocket, string>} */
const said = new WeakMap();
const inCall = new Set(['out-ringing', 'connecting', 'active', 'reconnecting']);

/** @param {WebSocket} socket @param {string} state as the page was told last */
export const lastWords = (socket, state) => {
  const text = said.get(socket);
  if (!text || !inCall.has(state) || socket.readyState !== WebSocket.OPEN) return;
  try {
    const { type, payload } = JSON.parse(text);
    if (!/^webrtc\.(?:offer|answer)$/.test(type)) return;
    const { v, call, from, to } = payload;
    socket.send(JSON.stringify({ type: 'webrtc.end', payload: { v, call, from, to, seq: 0, reason: 'error' } }));
  } catch {
    // nothing more can be said
  }
};
