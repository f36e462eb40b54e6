/**
 * How long Accept takes to become picture and sound, with distance: the client, prepared in each way while it rings, against the bare
 * page of the benchmarks, in turn, in the same browsers, each behind its router. A report without a limit.
 *
 *   node tests/lab/accept.mjs [--runs N] [--config JSON] [--write]   --config: laid over the client's configuration; --write: into docs/lab.md
 */
import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCall } from '../../tools/bench/calls.mjs';
import { range, table, writeBetween } from '../../tools/bench/report.mjs';
import { root } from '../e2e/lib/dev-server.mjs';
import { LARGE, writeMedia } from '../e2e/lib/media.mjs';
import { enter, inside, whyNoRelay, whyNot } from './lib/inside.mjs';
import { IDS, ORIGIN, Stage } from './lib/stage.mjs';

const { values: options } = parseArgs({ options: { runs: { type: 'string' }, config: { type: 'string' }, write: { type: 'boolean' } } });
const reason = whyNot() || whyNoRelay();
if (reason) {
  console.log(`not measured: ${reason}`);
  process.exit(0);
}
if (!inside()) process.exit(await enter());

const METRICS = /** @type {const} */ ([['calleeFrame', "callee: the caller's first frame"], ['callerFrame', "caller: the callee's first frame"],
  ['calleeSound', "callee: the caller's first sound"], ['callerSound', "caller: the callee's first sound"]]);
const out = join(root, 'build/lab/accept');
mkdirSync(out, { recursive: true });
const runs = Number(options.runs ?? 5);
const stage = await Stage.up({ relays: 1, www: ['tools/bench'] }, out, writeMedia(join(out, 'media'), LARGE));
try {
  const browsers = await Promise.all([stage.browser('alice'), stage.browser('bob')]);
  const entries = /** @type {[any, any]} */ (browsers.map((browser) => ({ browser })));
  const iceServers = [stage.relays[0].stun, stage.relays[0].turn('udp')];
  const config = JSON.parse(options.config ?? '{}');
  const rings = 1500; // a person needs longer; every kind of page is given the same time
  /** Kind of page, what stands in the table, how it is configured. @type {['bare' | 'client', string, object][]} */
  const kinds = [
    ['bare', 'bare page', {}],
    ['client', 'client, `never`', { preconnect: 'never' }],
    ['client', '`auto`, kept back', { preconnect: 'auto', iceServers: [stage.relays[0].stun] }],
    ['client', '`auto`, by relay', { preconnect: 'auto' }],
    ['client', '`always`', { preconnect: 'always' }],
  ];
  /** @type {string[][]} */
  const rows = [];
  for (const ms of [0, 100, 200]) {
    await stage.net.roundTrip(ms);
    /** @type {import('../../tools/bench/calls.mjs').Times[][]} */
    const times = kinds.map(() => []);
    for (let i = 0; i <= runs; i += 1) {
      console.log(`accept: ${ms} ms, round ${i + 1} of ${runs + 1}`);
      for (const [index, [kind, , choice]] of kinds.entries()) {
        const call = await measureCall(kind, entries, ORIGIN, IDS, { iceServers, rings, sound: true, config: { ...choice, ...config } });
        if (i > 0) times[index].push(call); // the first of each warms the browsers up
      }
    }
    for (const [key, what] of METRICS) {
      rows.push([`${ms} ms, ${what}`, ...times.map((list) => range(list.map((t) => t[key])))]);
      console.log(rows.at(-1)?.join(' | '));
    }
  }
  const measured = table(['round trip, Accept → first frame, first sound (ms)', ...kinds.map(([, name]) => name)], rows);
  const load = `${runs} calls each, ${cpus().length} cores at a load of ${loadavg()[0].toFixed(1)}: median (smallest–largest)`;
  console.log(`\n${measured}\n\n${load}`);
  if (options.write) writeBetween('docs/lab.md', 'accept', `${load}.\n\n${measured}`);
} finally {
  await stage.end();
}
process.exit(0);
