/**
 * The laboratory's own corner of the machine: new namespaces for network, mounts and processes, in which we are root
 * whoever we are outside. Nothing of the machine's own network is seen or touched, and when the first process inside
 * ends, the kernel ends every other one and takes every interface away.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../e2e/lib/dev-server.mjs';

const MARK = 'ODNIX_LAB_INSIDE';
const NAMESPACES = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
/** As root without a user namespace first: packet sockets get the buffers they ask for. */
const WAYS = [...(process.getuid?.() === 0 ? [NAMESPACES] : []), ['--user', '--map-root-user', ...NAMESPACES]];
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const LINK = join(root, 'build/native-release/odnix-lab-link');

/** @param {string[]} command @returns {string} '' or why it does not run */
function trouble([program, ...args]) {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    return '';
  } catch (error) {
    const failed = /** @type {{ stderr?: Buffer, message: string }} */ (error);
    return (String(failed.stderr ?? '').trim() || failed.message).split('\n')[0];
  }
}

export const inside = () => process.env[MARK] === '1';

/** @param {string} program */
const found = (program) =>
  program.includes('/') ? existsSync(program)
    : ['/usr/local/sbin', '/usr/sbin', '/sbin', ...(process.env.PATH ?? '').split(':')].some((folder) => existsSync(join(folder, program)));

/** Programs by name, or what to say when one is missing. */
const PROGRAMS = { unshare: 'util-linux', nsenter: 'util-linux', ip: 'iproute2', iptables: 'iptables', openssl: 'openssl' };

/** Why nothing of the laboratory can run on this machine; '' if it can. */
export function whyNot() {
  for (const [program, owner] of Object.entries(PROGRAMS)) if (!found(program)) return `no ${program} (package ${owner})`;
  if (!existsSync(CHROMIUM)) return `no ${CHROMIUM}`;
  if (inside()) return '';
  const troubles = WAYS.map((way) => trouble(['unshare', ...way, 'true']));
  return troubles.includes('') ? '' : `no namespaces on this machine: ${troubles.at(-1)}`;
}

/** Why relayed rows cannot run here; '' if they can. */
export const whyNoRelay = () => (found('turnserver') ? '' : 'no turnserver (package coturn)');

let entered = 0;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const stop = () => running.forEach((child) => child.kill('SIGKILL'));

/** Runs a program of node inside, by default this same one. @param {string[]} [command] its file and arguments @returns {Promise<number>} its exit code */
export function enter(command = process.argv.slice(1)) {
  if ((entered += 1) === 1) {
    process.on('exit', stop);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => process.exit(130));
  }
  const way = WAYS.find((candidate) => trouble(['unshare', ...candidate, 'true']) === '');
  const lock = join(tmpdir(), `odnix-lab-xtables-${process.pid}-${entered}`); // nobody waits for somebody else's
  const child = spawn('unshare', [...(way ?? NAMESPACES), process.execPath, ...command], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: '1', PATH: `${process.env.PATH}:/usr/sbin:/sbin`, XTABLES_LOCKFILE: lock },
  });
  running.add(child);
  return new Promise((resolve) => child.on('exit', (code) => {
    running.delete(child);
    rmSync(lock, { force: true });
    resolve(code ?? 1);
  }));
}
