/** The development server as a child process. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { accounts } from './accounts.mjs';
import { Failure } from './registry.mjs';

export const root = new URL('../../..', import.meta.url).pathname.replace(/\/$/, '');

/** Where pages come from, in order; ODNIX_DIST names another build of the client. @param {string[]} more */
export const webRoots = (more = []) =>
  [process.env.ODNIX_DIST ?? join(root, 'build/dist'), ...['shell', 'tests/e2e/pages', ...more].map((path) => join(root, path))]
    .filter((path) => existsSync(path));

/** @param {string} folder @param {number} depth @returns {string | undefined} */
function findServer(folder, depth = 3) {
  if (!existsSync(folder)) return undefined;
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === 'odnix-dev-server')) return join(folder, 'odnix-dev-server');
  if (depth === 0) return undefined;
  for (const entry of entries) {
    const found = entry.isDirectory() && entry.name !== 'CMakeFiles' ? findServer(join(folder, entry.name), depth - 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** A port that nobody listens on at this moment, for a server that is to appear later. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

export class DevServer {
  /** @param {import('node:child_process').ChildProcess} child @param {string} url @param {string[]} log */
  constructor(child, url, log) {
    this.child = child;
    this.url = url;
    this.port = Number(new URL(url).port);
    this.log = log;
  }

  /**
   * @param {{ folder: string, slots: number, port?: number, www?: string[], bind?: string, accounts?: object }} options
   *   `folder` gets the accounts file; `accounts` instead of those of `slots` tests
   * @returns {Promise<DevServer>} once it listens
   */
  static async start({ folder, slots, port = 0, www = [], bind = '127.0.0.1', accounts: given = accounts(slots) }) {
    const binary = process.env.ODNIX_DEV_SERVER ?? findServer(join(root, 'build/native-release'));
    if (!binary) throw new Error('odnix-dev-server is not built (cmake --build --preset native-release)');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `accounts-${process.pid}-${port}-${Date.now()}.json`);
    writeFileSync(file, JSON.stringify(given));
    const roots = webRoots(www).flatMap((path) => ['--www', path]);
    const child = spawn(binary, ['--bind', bind, '--port', String(port), '--test-controls', '--accounts', file, ...roots], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {string[]} */
    const log = [];
    const url = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Failure(`the server did not say "listening":\n${log.join('')}`)), 10000);
      const read = (/** @type {Buffer} */ chunk) => {
        log.push(chunk.toString());
        const said = /listening on (https?:\/\/\S+)/.exec(log.join(''));
        if (said) {
          clearTimeout(timer);
          resolve(said[1]);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code, signal) => reject(new Failure(`the server ended (${code ?? signal}):\n${log.join('')}`)));
    });
    return new DevServer(child, url.replace(/\/$/, ''), log);
  }

  /** @param {'SIGTERM' | 'SIGKILL'} [signal] */
  async stop(signal = 'SIGTERM') {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    this.child.kill(signal);
    await gone;
    clearTimeout(timer);
  }

  /** Every frame relayed so far that came from one of these users. @param {number[]} users */
  async frames(...users) {
    const answer = await fetch(`${this.url}/test/frames`);
    const all = /** @type {{ from: number, type: string, payload: any, size: number }[]} */ (await answer.json());
    return all.filter((frame) => users.includes(Number(frame.from)));
  }

  /** Closes this user's sockets, as a restarting back end would. @param {number} user */
  async drop(user) {
    await fetch(`${this.url}/test/sockets/drop?user=${user}`, { method: 'POST' });
  }

  /** @param {boolean} on refuse new sockets */
  async refuse(on) {
    await fetch(`${this.url}/test/refuse?on=${on ? 1 : 0}`, { method: 'POST' });
  }
}
