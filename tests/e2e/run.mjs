/**
 * End-to-end tests: real browsers, the real module, the real development server.
 *
 *   node tests/e2e/run.mjs [--quick] [--cells] [--workers N] [--list] [part of a name]...
 *
 * --cells: only those that fill a table in docs/.
 *
 * Prints `ok - name (ms)`, `not ok - name` with what was seen, `skip - name # reason`; the last line counts them.
 * A failed test leaves screenshots, journals, mirrors and console logs in build/e2e/<test>/. Everything started is
 * ended by its own handle or pid, also on SIGINT, SIGTERM and a timeout.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slot } from './lib/accounts.mjs';
import { Pool } from './lib/browsers.mjs';
import { Context } from './lib/context.mjs';
import { DevServer, root } from './lib/dev-server.mjs';
import { writeMedia } from './lib/media.mjs';
import { Failure, Skip, registered } from './lib/registry.mjs';
import { keepSeen } from './lib/seen.mjs';

const out = join(root, 'build/e2e');
const DEFAULT_TIMEOUT = 60000;

/** @param {string[]} argv */
function options(argv) {
  const rest = [...argv];
  const flag = (/** @type {string} */ name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  };
  const value = (/** @type {string} */ name) => {
    const at = rest.indexOf(name);
    return at >= 0 ? rest.splice(at, 2)[1] : undefined;
  };
  const chosen = { quick: flag('--quick'), cells: flag('--cells'), list: flag('--list'), workers: Number(value('--workers') ?? 2), parts: rest };
  if (rest.some((part) => part.startsWith('--')) || !(chosen.workers >= 1)) {
    console.error('usage: run.mjs [--quick] [--cells] [--workers N] [--list] [part of a name]...');
    process.exit(2);
  }
  return chosen;
}

/** @param {string} name */
const folderName = (name) => name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80).toLowerCase();

const chosen = options(process.argv.slice(2));
for (const file of readdirSync(new URL('cases/', import.meta.url)).filter((f) => f.endsWith('.mjs')).sort())
  await import(`./cases/${file}`);

const queue = registered.filter(({ name, options: { quick, cells } }) =>
  (!chosen.quick || quick) && (!chosen.cells || cells) && (chosen.parts.length === 0 || chosen.parts.some((part) => name.includes(part))));
// The slow and heavy ones first.
queue.sort((a, b) => (b.options.timeout ?? DEFAULT_TIMEOUT) - (a.options.timeout ?? DEFAULT_TIMEOUT));
if (chosen.list) {
  for (const { name } of queue) console.log(name);
  process.exit(0);
}

const alone = queue.filter(({ options }) => options.alone);
const waiting = queue.filter(({ options }) => options.waits);
const beside = queue.filter(({ options }) => !options.alone && !options.waits);
const counts = { passed: 0, failed: 0, skipped: 0 };
const total = queue.length;
const media = writeMedia(join(out, 'media'));
const server = await DevServer.start({ folder: join(out, 'servers'), slots: registered.length });
const pools = Array.from({ length: Math.min(chosen.workers, Math.max(beside.length, 1)) }, () => new Pool(media));
const patient = new Pool(media);
const all = [...pools, patient];
/** @type {Set<Context>} */
const running = new Set();

process.on('exit', () => { // also when the runner itself fails
  for (const pool of all) pool.kill();
  server.child.kill('SIGKILL');
});
let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    for (const pool of all) pool.kill();
    server.child.kill('SIGKILL');
    void Promise.allSettled([...running].map((context) => context.end())).then(() => process.exit(130));
    setTimeout(() => process.exit(130), 3000);
  });
// A promise that fails after its test was given up must not take the other tests down.
process.on('unhandledRejection', (reason) => console.log(`# late failure: ${reason instanceof Error ? reason.message : reason}`));

/** @param {import('./lib/registry.mjs').Test} test @param {Pool} pool */
async function runOne(test, pool) {
  const folder = join(out, folderName(test.name));
  rmSync(folder, { recursive: true, force: true });
  const context = new Context({ server, pool, slot: slot(registered.indexOf(test)), slots: registered.length, folder });
  running.add(context);
  const start = Date.now();
  const limit = test.options.timeout ?? DEFAULT_TIMEOUT;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`not done within ${limit} ms`)), limit);
  });
  try {
    await Promise.race([test.run(context), late]);
    context.verify();
    const silent = (test.options.cells ?? []).filter((cell) => !context.seen.has(cell));
    if (silent.length > 0) throw new Failure(`says nothing for its tables: ${silent.join(', ')}`);
    keepSeen(join(out, 'seen'), [...context.seen].map(([cell, seen]) => ({ cell, test: test.name, ...seen })));
    counts.passed += 1;
    console.log(`ok - ${test.name} (${Date.now() - start} ms)`);
    for (const line of context.notes) console.log(`    # ${line}`);
  } catch (problem) {
    if (problem instanceof Skip) {
      counts.skipped += 1;
      console.log(`skip - ${test.name} # ${problem.message}`);
    } else if (!interrupted) {
      counts.failed += 1;
      const text = problem instanceof Failure ? problem.message : problem instanceof Error ? problem.stack : String(problem);
      const errors = context.people.flatMap((person) => person.errors.map((error) => `${person.name}: ${error}`));
      const lines = [text, ...errors.filter((error) => !text?.includes(error)), ...context.people.map((person) =>
        `${person.name}'s states: ${person.states().slice(-40).join(' ') || '-'}`), ...context.notes];
      const journals = await context.diagnose().catch((error) => [`no diagnosis: ${error}`]);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'failure.txt'), lines.join('\n'));
      console.log(`not ok - ${test.name} (${Date.now() - start} ms)\n    ${[...lines, ...journals].join('\n    ')}\n    see build/e2e/${folderName(test.name)}/`);
    }
  } finally {
    clearTimeout(timer);
    await context.end();
    running.delete(context);
  }
}

/** @param {Pool} pool @param {() => import('./lib/registry.mjs').Test | undefined} take */
async function work(pool, take) {
  for (let next = take(); next && !interrupted; next = take()) await runOne(next, pool);
  if (pool !== pools[0]) await pool.close();
}

// One worker begins with the heavy tests, the others with the light ones: two of four people side by side are too much for two cores.
const busy = pools.map((pool, index) => () => work(pool, () => (index === 0 ? beside.shift() : beside.pop())));
const wait = () => work(patient, () => waiting.shift());
if (chosen.workers > 1) await Promise.all([wait, ...busy].map((start) => start()));
else for (const start of [...busy, wait]) await start();
for (const test of alone) if (!interrupted) await runOne(test, pools[0]);
await pools[0]?.close();
await server.stop();
if (interrupted) process.exit(130);
if (total === 0) console.log('no test has such a name');
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 || total === 0 ? 1 : 0);
