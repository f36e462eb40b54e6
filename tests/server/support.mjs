/** A development server and its visitors, over real sockets. Everything waits for events, nothing for time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const root = new URL('../..', import.meta.url).pathname;
/** The build with sanitizers when there is one. */
export const binary =
  process.env.ODNIX_DEV_SERVER ??
  /** @type {string} */ (['native-debug', 'native-release'].map((preset) => join(root, 'build', preset, 'odnix-dev-server')).find((path, index) => index === 1 || existsSync(path)));
export const shell = join(root, 'shell');

/** 1 and 2 are a pair, 1-4 a group, 5 is in no chat; 3 has neither name nor avatar. */
export const ACCOUNTS = {
  users: [
    { id: 1, name: 'Zoë "Z" <b>\u{1F600}', avatar: 'data:image/svg+xml,%3Csvg/%3E' },
    { id: 2, name: 'Bob' },
    { id: 3 },
    { id: 4, name: 'Dan' },
    { id: 5, name: 'Eve' },
  ],
  chats: [
    { id: 1, kind: 'private', members: [1, 2] },
    { id: 2, kind: 'group', members: [1, 2, 3, 4] },
    { id: 3, kind: 'private', members: [1, 3] },
  ],
};

/** A folder that disappears with the test. @param {import('node:test').TestContext} t */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'odnix-server-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** One open socket; messages wait here until asked for. */
export class Client {
  /** @type {string[]} */ #waiting = [];
  /** @type {((text: string) => void)[]} */ #asking = [];
  /** @param {WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
    /** @type {Promise<number>} the close code */
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
    socket.on('error', () => {});
    socket.on('message', (data, binaryFrame) => {
      const text = binaryFrame ? '<binary>' : data.toString();
      const next = this.#asking.shift();
      if (next) next(text);
      else this.#waiting.push(text);
    });
  }

  /** The next message's exact text. @returns {Promise<string>} */
  next() {
    const text = this.#waiting.shift();
    if (text !== undefined) return Promise.resolve(text);
    return new Promise((resolve, reject) => {
      this.#asking.push(resolve);
      this.closed.then((code) => reject(new Error(`closed with ${code} while a message was expected`)));
    });
  }

  /** @param {unknown} message an object is sent as JSON, text and bytes as they are */
  send(message) {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }
}

export class Server {
  /** @param {import('node:child_process').ChildProcess} child @param {string} url */
  constructor(child, url) {
    this.child = child;
    this.url = url;
    /** @type {string[]} */ this.log = [];
    /** @type {Set<() => void>} */ this.listeners = new Set();
    this.exit = /** @type {Promise<[number | null, string | null]>} */ (once(child, 'exit'));
    createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stderr) }).on('line', (line) => {
      this.log.push(line);
      for (const listener of this.listeners) listener();
    });
  }

  /** @param {import('node:test').TestContext} t @param {string[]} [more] @param {string} [www] */
  static async start(t, more = [], www = shell) {
    const accounts = join(folder(t), 'accounts.json');
    writeFileSync(accounts, JSON.stringify(ACCOUNTS));
    const options = ['--port', '0', '--www', www, '--accounts', accounts, '--verbose', ...more];
    // A sanitizer keeps freed memory for a while, 256 MB of it unless told.
    const env = { ...process.env, ASAN_OPTIONS: 'quarantine_size_mb=4' };
    const child = spawn(binary, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    t.after(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const [code, signal] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the server ended with ${code ?? signal}`);
    });
    const lines = createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdout) });
    const line = await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
    });
    const url = /^listening on (https?:\/\/\S+)$/.exec(String(line));
    if (!url) throw new Error(`unexpected first line: ${line}`);
    return new Server(child, url[1]);
  }

  /** A line that pleases, said before or said next. @param {RegExp} pattern @returns {Promise<string>} */
  says(pattern) {
    return new Promise((resolve) => {
      const look = () => {
        const line = this.log.find((candidate) => pattern.test(candidate));
        if (line === undefined) return;
        this.listeners.delete(look);
        resolve(line);
      };
      this.listeners.add(look);
      look();
    });
  }

  /**
   * An open socket, or the HTTP status of the refusal.
   * @param {string} path @param {import('ws').ClientOptions} [options] @returns {Promise<Client | number>}
   */
  connect(path, options = {}) {
    const socket = new WebSocket(this.url.replace(/^http/, 'ws') + path, { maxPayload: 1 << 28, ...options });
    const client = new Client(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client));
      socket.once('unexpected-response', (request, response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      socket.once('error', reject);
    });
  }

  /** @param {string} path @param {import('ws').ClientOptions} [options] @returns {Promise<Client>} */
  async open(path, options) {
    const client = await this.connect(path, options);
    if (client instanceof Client) return client;
    throw new Error(`${path} was refused with ${client}`);
  }

  /** @param {number} user @param {number} [chat] */
  call(user, chat = 1) {
    return this.open(`/as/${user}/ws/call/${chat}/`);
  }

  /** @param {number} user */
  notify(user) {
    return this.open(`/as/${user}/ws/notify/`);
  }

  /**
   * A request with the path exactly as given (fetch would tidy it up).
   * @param {string} path @param {import('node:http').RequestOptions} [options]
   * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
   */
  raw(path, options = {}) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.url);
      const request = httpRequest({ hostname, port, path, ...options }, (response) => {
        /** @type {Buffer[]} */
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
      });
      request.on('error', reject);
      request.end();
    });
  }
}
