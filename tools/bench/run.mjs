/**
 * Benchmark: the client against the least JavaScript that makes the same call (bare.js), same server, same browsers,
 * interleaved in one run. Nothing here has a limit; the table is the result.
 *
 *   node tools/bench/run.mjs [--quick] [--pairs N] [--write]     --quick: one pair, to see that it works; --write puts the table into docs/measurements.md
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { slot } from '../../tests/e2e/lib/accounts.mjs';
import { Pool } from '../../tests/e2e/lib/browsers.mjs';
import { DevServer, root } from '../../tests/e2e/lib/dev-server.mjs';
import { LARGE, writeMedia } from '../../tests/e2e/lib/media.mjs';
import { METRICS, measureCall } from './calls.mjs';
import { measureFloor } from './floor.mjs';
import { measureDrawing, measureMemory } from './memory.mjs';
import { median, number, range, table } from './report.mjs';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const pairsAt = args.indexOf('--pairs');
const pairs = pairsAt >= 0 ? Number(args[pairsAt + 1]) : quick ? 1 : 9;
/** A person needs so long, in ms, to see who calls and to press; both pages are given it. */
const rings = 600;
const out = join(root, 'build/bench');

const media = writeMedia(join(out, 'media'), LARGE);
const pool = new Pool(media);
const server = await DevServer.start({ folder: out, slots: 1, www: ['tools/bench'] });
process.on('exit', () => {
  pool.kill();
  server.child.kill('SIGKILL');
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => process.exit(130));

/** @type {string[]} */
const lines = [];
const say = (/** @type {string} */ text = '') => {
  lines.push(text);
  console.log(text);
};

try {
  const ids = slot(0);
  /** @typedef {[import('./calls.mjs').Chromium, import('./calls.mjs').Chromium]} Two */
  /** @param {string[]} [switches] @returns {Promise<Two>} */
  const two = async (switches) => [
    await pool.chromium({ who: 'alice', args: switches, whole: true }), await pool.chromium({ who: 'bob', args: switches, whole: true })];
  /** Calls of both kinds in turn, after one of each that is not counted. @param {Two} browsers @param {number} count */
  const measure = async (browsers, count) => {
    /** @type {Record<import('./calls.mjs').Kind, import('./calls.mjs').Times[]>} */
    const times = { bare: [], client: [] };
    for (const kind of /** @type {const} */ (['bare', 'client'])) await measureCall(kind, browsers, server.url, ids, { rings });
    for (let i = 0; i < count; i += 1)
      for (const kind of /** @type {import('./calls.mjs').Kind[]} */ (i % 2 ? ['client', 'bare'] : ['bare', 'client']))
        times[kind].push(await measureCall(kind, browsers, server.url, ids, { rings }));
    return times;
  };
  /** @param {string} title @param {Awaited<ReturnType<typeof measure>>} times */
  const compared = (title, times) =>
    table([title, 'bare page', 'client', 'ratio'], METRICS.map(([key, what]) => {
      const [bare, client] = [times.bare.map((t) => t[key]), times.client.map((t) => t[key])];
      return [what, range(bare), range(client), number(median(client) / median(bare), 2)];
    }));

  const browsers = await two();
  const load = loadavg()[0];
  const times = await measure(browsers, pairs);
  say(`Chromium ${browsers[0].browser.version()}, ${cpus().length} × ${cpus()[0].model}, no GPU: WebGL and video are done by the same`);
  say(`processors, for both people at once. ${pairs} pairs of calls, interleaved; milliseconds, median (smallest–largest), ratio of medians.`);
  say(`Load average before and after: ${number(load, 1)}, ${number(loadavg()[0], 1)} (above ${cpus().length}: the machine was doing other work as well).`);
  say();
  say(compared('a video call', times));
  const ready = times.client.map((t) => t.ready).filter((value) => value !== undefined);
  if (ready.length > 0) say(`\nScript requested → OdnixCall.ready: ${range(ready)} ms (the module fetched, compiled and started; nothing is cached).`);
  say(`The floor, fetching and compiling the module alone: ${range(await measureFloor(browsers[0], server.url, ids, 7))} ms.`);

  const drawing = { bare: await measureDrawing('bare', browsers, server.url, ids), client: await measureDrawing('client', browsers, server.url, ids) };
  say();
  say(table(['10 s of an unchanged video call', 'bare page', 'client'], [
    ['frames drawn on the canvas', String(drawing.bare.drawn), String(drawing.client.drawn)],
    ['animation frame callbacks', String(drawing.bare.callbacks), String(drawing.client.callbacks)],
    ['main thread busy, ms per second', number(drawing.bare.busy * 1000, 1), number(drawing.client.busy * 1000, 1)],
    ['one callback, ms of CPU', '–', number(drawing.client.quietMs, 2)],
    [`one callback while the mouse moves, ms of CPU`, '–',
     drawing.client.movingFrames ? `${number(drawing.client.movingMs, 2)} (${drawing.client.movingFrames} frames)` : 'no frame drawn'],
  ]));
  for (const entry of browsers) await pool.discard(entry);

  // How much of the difference is WebGL made by processors: the same with the accessible mirror as the visible UI.
  const plain = await two(['--disable-3d-apis']);
  const plainTimes = await measure(plain, Math.ceil(pairs / 2));
  say();
  say(compared('the same without WebGL', plainTimes));
  for (const entry of plain) await pool.discard(entry);

  const { without, within } = await measureMemory(pool, server.url, ids, quick ? 1 : 5);
  const process_ = [without.map((m) => m.process), within.map((m) => m.process)];
  const heap = [without.map((m) => m.heap), within.map((m) => m.heap)];
  const more = (/** @type {number[][]} */ [a, b]) => number(median(b) - median(a), 1);
  say();
  say(table(['memory of an idle chat page, MB', 'without the client', 'with it', 'difference'], [
    ["the page's process (PSS)", range(process_[0], 1), range(process_[1], 1), more(process_)],
    ['JavaScript heap', range(heap[0], 1), range(heap[1], 1), more(heap)],
  ]));

  if (existsSync(join(root, 'tools/size-report.mjs'))) {
    say();
    say(['```', execFileSync(process.execPath, [join(root, 'tools/size-report.mjs')], { encoding: 'utf8' }).trimEnd(), '```'].join('\n'));
  }
} finally {
  await pool.close();
  await server.stop();
}

if (args.includes('--write')) {
  const intro = [
    '# Measurements', '',
    'Written by `node tools/bench/run.mjs --write`. The bare page is `tools/bench/bare.js`: the least JavaScript that makes the same',
    'call over the same server with the same constraints, without retries, messages or error handling, in the same page around it. Both are left alone for half a',
    'second and until they are idle before the click, as every person leaves them; the client rehearses a call meanwhile (architecture.md).',
    `A callee presses Accept after ${rings} ms of ringing, on both pages. What a callee can press first is the visible mirror; the painted`,
    'card follows in the next frame (ui.md). The client opens its call socket before its module is there; until `OdnixCall.ready` it has to',
    'fetch, compile and start the module. The floor is the same file fetched and compiled by a page that does nothing else.', '',
  ];
  const file = join(root, 'docs/measurements.md');
  const page = readFileSync(file, 'utf8'); // what other programs wrote stays
  writeFileSync(file, `${[...intro, ...lines].join('\n')}\n\n${page.slice(page.indexOf('## A quiet call'))}`);
}
