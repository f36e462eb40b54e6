/**
 * A signalling and page server in JavaScript that a test scripts: it can be as rude as it likes to the client, which
 * the development server cannot. By itself it relays like the real one (protocol.md, "Server").
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import { webRoots } from './dev-server.mjs';

const RELAYED = new Set(['webrtc.offer', 'webrtc.answer', 'webrtc.ice', 'webrtc.end', 'webrtc.ringing']);
const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.wasm': 'application/wasm', '.json': 'application/json',
});
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws: wss:; style-src 'self'; " +
  "media-src 'self' blob:; img-src 'self' blob: data:; require-trusted-types-for 'script'; trusted-types e2e-page";

/** @typedef {{ user: number, path: string, socket: import('ws').WebSocket }} Member */

export class ScriptedServer {
  /** @type {Member[]} */ members = [];
  /** @type {{ user: number, path: string, text: string }[]} everything received */ heard = [];
  /**
   * When each copy of a message is relayed, in ms from now; none: it is lost.
   * @type {(message: { type: string, payload: any }, from: Member) => number[]}
   */
  copies = () => [0];
  /** What is relayed instead of a message's payload. @type {(message: { type: string, payload: any }) => unknown} */
  alter = ({ payload }) => payload;
  /** @type {((member: Member) => void)[]} */ #waiting = [];

  /** @param {import('node:http').Server} http @param {string} csp @param {string} cache */
  constructor(http, csp, cache) {
    this.http = http;
    this.csp = csp;
    this.cache = cache;
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (socket, request) => this.#join(socket, request.url ?? ''));
    http.on('request', (request, response) => this.#serve(request, response));
  }

  /** @param {{ csp?: string, port?: number, cache?: string }} [options] cache: a page that is not stored is not kept for "back" either */
  static async start({ csp = STRICT, port = 0, cache = 'no-store' } = {}) {
    const http = createServer();
    await new Promise((resolve) => http.listen(port, '127.0.0.1', () => resolve(undefined)));
    return new ScriptedServer(http, csp, cache);
  }

  get port() {
    return /** @type {import('node:net').AddressInfo} */ (this.http.address()).port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The sockets of one user, call sockets by default. @param {number} user @param {string} [kind] */
  sockets(user, kind = '/ws/call/') {
    return this.members.filter((member) => member.user === user && member.path.startsWith(kind)).map((m) => m.socket);
  }

  /** Sends raw text or bytes to one user's call sockets. @param {number} user @param {string | Buffer} data */
  say(user, data) {
    for (const socket of this.sockets(user)) socket.send(data);
  }

  /** Sends a message as the server would word it. @param {number} to @param {number} from @param {string} type @param {unknown} payload */
  relay(to, from, type, payload) {
    this.say(to, JSON.stringify({ type, from_user_id: from, payload }));
  }

  /** Resolves when this user's call socket is open. @param {number} user @returns {Promise<Member>} */
  joined(user) {
    const here = this.members.find((member) => member.user === user && member.path.startsWith('/ws/call/'));
    if (here) return Promise.resolve(here);
    return new Promise((resolve) => {
      this.#waiting.push((member) => member.user === user && member.path.startsWith('/ws/call/') && resolve(member));
    });
  }

  async stop() {
    for (const { socket } of this.members) socket.terminate();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  /** @param {import('ws').WebSocket} socket @param {string} url */
  #join(socket, url) {
    const found = /^\/as\/(\d+)(\/ws\/(?:call\/\d+|notify)\/)/.exec(url);
    if (!found) {
      socket.close();
      return;
    }
    const member = { user: Number(found[1]), path: found[2], socket };
    this.members.push(member);
    socket.on('close', () => this.members.splice(this.members.indexOf(member), 1));
    socket.on('error', () => {});
    socket.on('message', (data) => this.#hear(member, data.toString()));
    for (const tell of this.#waiting) tell(member);
  }

  /** @param {Member} member @param {string} text */
  #hear(member, text) {
    this.heard.push({ user: member.user, path: member.path, text });
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (!RELAYED.has(message?.type)) return;
    const out = JSON.stringify({ type: message.type, from_user_id: member.user, payload: this.alter(message) });
    const relay = () => {
      for (const other of this.members) if (other.user !== member.user && other.path === member.path) other.socket.send(out);
    };
    for (const delay of this.copies(message, member)) {
      if (delay === 0) relay();
      else setTimeout(relay, delay);
    }
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  #serve(request, response) {
    const path = normalize(new URL(request.url ?? '/', this.url).pathname).replace(/^\/as\/\d+/, '');
    const file = webRoots().map((folder) => join(folder, path))
      .find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
    if (!file) {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': this.csp,
      'Cache-Control': this.cache,
    });
    createReadStream(file).pipe(response);
  }
}
