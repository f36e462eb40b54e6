/**
 * A module that crashed cannot hang up any more. What is to be said for it then, and by which socket, it has said
 * beforehand (src/app/last_words.hpp).
 */
export const createLastWords = () => {
  let address = '';
  let words = '';
  return {
    /** @param {string} url of a socket @param {string} text '' = nothing */
    keep(url, text) {
      address = new URL(url).href;
      words = text;
    },
    /** @param {Iterable<WebSocket>} sockets */
    say(sockets) {
      for (const socket of sockets) if (words && socket.url === address && socket.readyState === WebSocket.OPEN) socket.send(words);
      words = '';
    },
  };
};
