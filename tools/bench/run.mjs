/**
 * Benchmark: the client against the least JavaScript that makes the same call (bare.js), same server, same browsers,
 * interleaved in one run. Nothing here has a limit; the table is the result.
 *
 *   node tools/bench/run.mjs [--quick] [--pairs N] [--write]     --write puts the table into docs/measurements.md
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { slot } from '../../tests/e2e/lib/accounts.mjs';
import { Pool } from '../../tests/e2e/lib/browsers.mjs';
import { DevServer, root } from '../../tests/e2e/lib/dev-server.mjs';
import { writeMedia } from '../../tests/e2e/lib/media.mjs';
import { METRICS, measureCall } from './calls.mjs';
import { measureDrawing, measureMemory } from './memory.mjs';
import { median, number, range, table } from './report.mjs';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const pairsAt = args.indexOf('--pairs');
const pairs = pairsAt >= 0 ? Number(args[pairsAt + 1]) : quick ? 3 : 9;
const out = join(root, 'build/bench');

const media = writeMedia(join(out, 'media'));
const pool = new Pool(media);
const server = await DevServer.start({ folder: out, slots: 1, www: ['tools/bench'] });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    pool.kill();
    server.child.kill('SIGKILL');
    process.exit(130);
  });

/** @type {string[]} */
const lines = [];
const say = (/** @type {string} */ text = '') => {
  lines.push(text);
  console.log(text);
};

try {
  const ids = slot(0);
  const browsers = /** @type {[any, any]} */ ([await pool.chromium({ who: 'alice' }), await pool.chromium({ who: 'bob' })]);
  const version = browsers[0].browser.version();

  /** @type {Record<import('./calls.mjs').Kind, import('./calls.mjs').Times[]>} */
  const times = { bare: [], client: [] };
  for (const kind of /** @type {const} */ (['bare', 'client'])) await measureCall(kind, browsers, server.url, ids); // warm-up
  for (let i = 0; i < pairs; i += 1)
    for (const kind of /** @type {import('./calls.mjs').Kind[]} */ (i % 2 ? ['client', 'bare'] : ['bare', 'client']))
      times[kind].push(await measureCall(kind, browsers, server.url, ids));

  say(`Chromium ${version}, ${cpus().length} × ${cpus()[0].model}, one machine for both people, software video and WebGL;`);
  say(`${pairs} pairs of calls, interleaved. Milliseconds, median (smallest–largest).`);
  say();
  say(table(['time', 'bare page', 'client', 'ratio'], METRICS.map(([key, what]) => {
    const [bare, client] = [times.bare.map((t) => t[key]), times.client.map((t) => t[key])];
    return [what, range(bare), range(client), number(median(client) / median(bare), 2)];
  })));
  const ready = times.client.map((t) => t.ready).filter((value) => value !== undefined);
  if (ready.length > 0) say(`\nScript requested → OdnixCall.ready: ${range(ready)} ms (the module fetched, compiled and started; nothing is cached).`);

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

  const { without, within } = await measureMemory(pool, server.url, ids, quick ? 2 : 5);
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
    'call over the same server with the same constraints, without retries, messages or error handling.', '',
  ];
  writeFileSync(join(root, 'docs/measurements.md'), `${[...intro, ...lines].join('\n')}\n`);
}
