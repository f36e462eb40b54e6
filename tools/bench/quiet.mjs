/**
 * What looking after a call costs while nothing happens in it: the client asks the browser for statistics twice a second
 * (web/glue/flow.js), and recovery hangs on what they say. An audio call, in turn with the statistics as they are and with a
 * browser that is asked but never answers, which is the client without them. No limit; the table is the result.
 *
 *   node tools/bench/quiet.mjs [--pairs N] [--write]     --write puts the table into docs/measurements.md
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { slot } from '../../tests/e2e/lib/accounts.mjs';
import { Pool } from '../../tests/e2e/lib/browsers.mjs';
import { DevServer, root } from '../../tests/e2e/lib/dev-server.mjs';
import { LARGE, writeMedia } from '../../tests/e2e/lib/media.mjs';
import { pair, press } from './calls.mjs';
import { median, number, range, table, writeBetween } from './report.mjs';

const { values: options } = parseArgs({ options: { pairs: { type: 'string' }, write: { type: 'boolean' } } });
const pairs = Number(options.pairs ?? 12);
const seconds = 5;
const out = join(root, 'build/bench');
const pool = new Pool(writeMedia(join(out, 'media'), LARGE));
const server = await DevServer.start({ folder: out, slots: 1 });
process.on('exit', () => {
  pool.kill();
  server.child.kill('SIGKILL');
});

/** CPU of a process and its threads so far, in ms: clock ticks are of 10 ms. @param {number} pid */
function cpu(pid) {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(words[11]) + Number(words[12])) * 10;
}

/** @typedef {{ main: number, all: number }} Cost ms per second */
try {
  const browsers = /** @type {Parameters<typeof pair>[1]} */ ([
    await pool.chromium({ who: 'alice', args: ['--renderer-process-limit=1'] }), await pool.chromium({ who: 'bob', whole: true })]);
  const { alice, bob } = await pair('client', browsers, server.url, slot(0));
  await alice.evaluate(() => {
    const real = RTCPeerConnection.prototype.getStats;
    const state = { answers: true, asked: 0 };
    Object.assign(window, { __quiet: state });
    RTCPeerConnection.prototype.getStats = function getStats() {
      state.asked += 1;
      return state.answers ? real.call(this) : new Promise(() => {});
    };
  });
  const heard = [alice, bob].map((page) => page.evaluate(() => window.__bench.firstSound()));
  await alice.click('#audio');
  await press(bob, 'accept');
  await Promise.all(heard);
  const session = await alice.context().newCDPSession(alice);
  await session.send('Performance.enable');
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const { processInfo } = await (await browsers[0].browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const spent = () => renderers.reduce((sum, pid) => sum + cpu(pid), 0);

  /** A while of the call. @param {boolean} answers @returns {Promise<Cost>} */
  const measure = async (answers) => {
    await alice.evaluate((on) => { /** @type {any} */ (window).__quiet.answers = on; }, answers);
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
    const before = { main: await busy(), all: spent() };
    await new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
    return { main: ((await busy()) - before.main) * 1000 / seconds, all: (spent() - before.all) / seconds };
  };

  await measure(true); // the call comes to rest
  /** @type {Record<'on' | 'off', Cost[]>} */
  const costs = { on: [], off: [] };
  for (let i = 0; i < pairs; i += 1)
    for (const kind of /** @type {('on' | 'off')[]} */ (i % 2 ? ['off', 'on'] : ['on', 'off'])) costs[kind].push(await measure(kind === 'on'));
  const asked = await alice.evaluate(() => /** @type {any} */ (window).__quiet.asked);
  if (asked < pairs * seconds) throw new Error(`statistics were asked for ${asked} times only`);
  const rows = /** @type {const} */ ([['main', "the page's main thread"], ['all', "all threads of the page's process"]]).map(([key, what]) => {
    const [on, off] = [costs.on.map((cost) => cost[key]), costs.off.map((cost) => cost[key])];
    const more = on.map((value, i) => value - off[i]);
    return [what, range(on, 1), range(off, 1), `${number(median(more), 1)} (more in ${more.filter((value) => value > 0).length} of ${pairs})`];
  });
  const text = `An audio call in which nothing happens, ${pairs} pairs of ${seconds} s in turn, ${cpus().length} cores at a load of ${number(loadavg()[0], 1)}; median ` +
    `(smallest–largest).\n\n${table(['CPU, ms per second', 'with statistics', 'without', 'difference'], rows)}`;
  console.log(text);
  if (options.write) writeBetween('docs/measurements.md', 'quiet call', text);
} finally {
  await pool.close();
  await server.stop();
}
process.exit(0);
