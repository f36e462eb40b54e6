/**
 * How long Accept takes to become a picture, with distance: the client against the bare page of the benchmarks, in turn,
 * in the same browsers, each behind its router. A report without a limit.
 *
 *   node tests/lab/accept.mjs [--runs N] [--config JSON]       --config: laid over the client's configuration
 */
import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCall } from '../../tools/bench/calls.mjs';
import { number, range, median, table } from '../../tools/bench/report.mjs';
import { root } from '../e2e/lib/dev-server.mjs';
import { writeMedia } from '../e2e/lib/media.mjs';
import { enter, inside, whyNoRelay, whyNot } from './lib/inside.mjs';
import { IDS, ORIGIN, Stage } from './lib/stage.mjs';

const { values: options } = parseArgs({ options: { runs: { type: 'string' }, config: { type: 'string' } } });
const reason = whyNot() || whyNoRelay();
if (reason) {
  console.log(`not measured: ${reason}`);
  process.exit(0);
}
if (!inside()) process.exit(await enter());

const METRICS = /** @type {const} */ ([['calleeFrame', "callee: the caller's first frame"], ['callerFrame', "caller: the callee's first frame"]]);
const out = join(root, 'build/lab/accept');
mkdirSync(out, { recursive: true });
const runs = Number(options.runs ?? 5);
const stage = await Stage.up({ relays: 1, www: ['tools/bench'] }, out, writeMedia(join(out, 'media')));
try {
  const browsers = await Promise.all([stage.browser('alice'), stage.browser('bob')]);
  const entries = /** @type {[any, any]} */ (browsers.map((browser) => ({ browser })));
  const iceServers = [stage.relays[0].stun, stage.relays[0].turn('udp')];
  const config = JSON.parse(options.config ?? '{}');
  /** @type {string[][]} */
  const rows = [];
  for (const ms of [0, 100, 200]) {
    await stage.net.roundTrip(ms);
    /** @type {Record<'bare' | 'client', import('../../tools/bench/calls.mjs').Times[]>} */
    const times = { bare: [], client: [] };
    for (let i = 0; i <= runs; i += 1)
      for (const kind of /** @type {const} */ (['bare', 'client'])) {
        const call = await measureCall(kind, entries, ORIGIN, IDS, { iceServers, config });
        if (i > 0) times[kind].push(call); // the first of each warms the browsers up
      }
    for (const [key, what] of METRICS) {
      const [bare, client] = [times.bare.map((t) => t[key]), times.client.map((t) => t[key])];
      rows.push([`${ms} ms, ${what}`, range(bare), range(client), number(median(client) / median(bare), 2)]);
      console.log(rows.at(-1)?.join(' | '));
    }
  }
  console.log(`\n${table(['round trip, Accept → first frame (ms)', 'bare page', 'client', 'ratio'], rows)}`);
  console.log(`\n${runs} calls each, ${cpus().length} cores at a load of ${loadavg()[0].toFixed(1)}`);
} finally {
  await stage.end();
}
process.exit(0);
