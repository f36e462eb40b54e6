/**
 * A port of 127.0.0.1 from one network namespace into another, by a socket in the file system, which all of them share.
 *
 *   node bring-port.mjs serve <socket> <port>     where the port is
 */
import { connect, createServer } from 'node:net';

/** @param {import('node:net').Server} server @param {() => import('node:net').Socket} open */
function join(server, open) {
  server.on('connection', (here) => {
    const there = open();
    here.pipe(there).pipe(here);
    for (const end of [here, there]) end.on('error', () => { here.destroy(); there.destroy(); });
  });
}

/** Here, what `serve` has there. @param {string} socket @param {number} port @returns {Promise<import('node:net').Server>} */
export function bring(socket, port) {
  const server = createServer();
  join(server, () => connect(socket));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

const [, , word, socket, port] = process.argv;
if (word === 'serve') {
  const server = createServer();
  join(server, () => connect(Number(port), '127.0.0.1'));
  server.listen(socket, () => console.log('serving'));
}
