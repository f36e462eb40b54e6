/** A TURN server (coturn): UDP and TCP on 3478, TLS on 5349, with a certificate made for the run. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

export const ACCOUNT = { username: 'lab', credential: 'only-in-this-laboratory' };

/** @param {string} folder @param {string} address */
function certificate(folder, address) {
  const paths = { cert: join(folder, `${address}.pem`), key: join(folder, `${address}.key`) };
  if (!existsSync(paths.cert))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
      '-subj', '/CN=laboratory', '-addext', `subjectAltName=IP:${address}`, '-keyout', paths.key, '-out', paths.cert], { stdio: 'ignore' });
  return paths;
}

/** @param {string} address @returns {Promise<boolean>} whether both of its ports can be reached */
async function answers(address) {
  for (const port of [3478, 5349]) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, address, () => resolve(true));
      socket.on('error', () => setTimeout(resolve, 50, false));
      socket.once('connect', () => socket.destroy());
    });
    if (!open) return false;
  }
  return true;
}

export class Relay {
  log = '';

  /** @param {import('node:child_process').ChildProcess} child @param {string} address */
  constructor(child, address) {
    this.child = child;
    this.address = address;
  }

  /** @param {string} folder for its files @param {string} address @returns {Promise<Relay>} once it answers */
  static async start(folder, address) {
    mkdirSync(folder, { recursive: true });
    const { cert, key } = certificate(folder, address);
    const data = join(folder, `${address}-${process.pid}.db`);
    rmSync(data, { force: true });
    const child = spawn('turnserver', ['-n', '-L', address, '-E', address, '-p', '3478', '--tls-listening-port', '5349',
      '--cert', cert, '--pkey', key, '--lt-cred-mech', '-u', `${ACCOUNT.username}:${ACCOUNT.credential}`, '-r', 'laboratory', '--no-cli',
      '--no-multicast-peers', '--no-dtls', '-b', data, '--pidfile', join(folder, `${address}.pid`), '-v', '-l', 'stdout', '--simple-log'],
    { stdio: ['ignore', 'pipe', 'pipe'] });
    const relay = new Relay(child, address);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { relay.log = (relay.log + chunk).slice(-100000); });
    for (const end = Date.now() + 10000; !(await answers(address)); ) // its log does not say when it listens
      if (child.exitCode !== null || Date.now() > end) throw new Error(`turnserver does not answer (${child.exitCode}):\n${relay.log}`);
    return relay;
  }

  stop() {
    this.child.kill('SIGKILL');
  }

  /** Addresses by transport, as pages write them. @param {('udp' | 'tcp' | 'tls')[]} kinds */
  urls(...kinds) {
    const forms = { udp: `turn:${this.address}:3478?transport=udp`, tcp: `turn:${this.address}:3478?transport=tcp`,
      tls: `turns:${this.address}:5349?transport=tcp` };
    return kinds.map((kind) => forms[kind]);
  }

  get stun() {
    return { urls: `stun:${this.address}:3478` };
  }

  /** @param {('udp' | 'tcp' | 'tls')[]} kinds */
  turn(...kinds) {
    return { urls: this.urls(...kinds), ...ACCOUNT };
  }
}
