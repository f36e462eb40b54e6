/**
 * The laboratory: calls between two real browsers, each behind a router of its own, on networks that are as bad as a
 * row wants, against the promises of docs/faults.md. See docs/lab.md.
 *
 *   node tests/lab/run.mjs [--all] [--runs N] [--write] [--pending] [--list] [part of a name]...
 *
 * Without --all or a name: the small set that tools/test runs. --pending: also rows that cannot hold yet. --write: the
 * table of docs/lab.md, from all rows or the named ones. A row that did not keep its promise leaves what it saw in build/lab/<row>/.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../e2e/lib/dev-server.mjs';
import { writeMedia } from '../e2e/lib/media.mjs';
import { Failure, Skip } from '../e2e/lib/registry.mjs';
import { LINK, enter, inside, whyNot } from './lib/inside.mjs';
import { Report, numbers, writeTable } from './lib/report.mjs';
import { Run, registered } from './lib/rows.mjs';
import { Stage } from './lib/stage.mjs';

const { values: options, positionals: parts } = parseArgs({
  options: { all: { type: 'boolean' }, runs: { type: 'string' }, write: { type: 'boolean' }, pending: { type: 'boolean' }, list: { type: 'boolean' } },
  allowPositionals: true,
});
const out = join(root, 'build/lab');
const runs = Number(options.runs ?? 1);

for (const file of readdirSync(new URL('rows/', import.meta.url)).sort()) await import(`./rows/${file}`);
registered.sort((a, b) => a.options.fault - b.options.fault);
const everything = options.all || options.write;
const rows = registered
  .filter(({ name, options: { quick } }) => (parts.length > 0 ? parts.some((part) => name.includes(part)) : everything || quick));
if (options.list) {
  for (const { name, options: { fault, quick, pending } } of rows)
    console.log(`${String(fault).padStart(3)}  ${name}${quick ? '  [quick]' : ''}${pending ? `  [not yet: ${pending}]` : ''}`);
  process.exit(0);
}

if (!existsSync(LINK)) throw new Error('odnix-lab-link is not built (cmake --build --preset native-release)');
const reason = whyNot();
if (reason) {
  for (const { name } of rows) console.log(`skip - ${name} # ${reason}`);
  console.log(`0 passed, 0 failed, ${rows.length} skipped`);
  process.exit(0);
}
if (!inside()) {
  writeMedia(join(out, 'media')); // inside every run is process 1: two at once would write the same file
  process.exit(await enter());
}

process.on('unhandledRejection', (problem) => console.log(`# late failure: ${problem instanceof Error ? problem.message : problem}`));
const media = Object.fromEntries(['alice', 'bob'].map((name) =>
  [name, { video: join(out, 'media', `${name}.y4m`), audio: join(out, 'media', `${name}.wav`) }]));

/** @param {import('./lib/rows.mjs').Row} wanted @param {number} seed @returns {Promise<Run>} */
async function once({ name, options: { nat, relays, fox, timeout = 90000 }, run }, seed) {
  const folder = join(out, name.replace(/[^a-z0-9]+/gi, '-').toLowerCase());
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stage = await Stage.up({ nat, relays, seed, fox }, folder, media);
  const act = new Run(stage);
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`not done within ${timeout} ms`)), timeout);
  });
  try {
    await Promise.race([run(act), late]);
    stage.verify();
    const broken = act.broken();
    if (broken.length > 0) throw new Failure(`beyond the promise: ${broken.map(numbers).join('; ')}`);
  } catch (problem) {
    if (!(problem instanceof Skip)) await stage.diagnose().catch((error) => console.log(`# no diagnosis: ${error}`));
    if (problem instanceof Error) /** @type {any} */ (problem).act = act;
    throw problem;
  } finally {
    clearTimeout(timer);
    await stage.end();
  }
  return act;
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const report = new Report();
for (const wanted of rows) {
  const { name, options: { pending } } = wanted;
  if (pending && !options.pending) {
    counts.skipped += 1;
    report.pending(wanted);
    console.log(`skip - ${name} # not yet: ${pending}`);
    continue;
  }
  const start = Date.now();
  let failure = '';
  try {
    for (let i = 0; i < runs; i += 1) {
      try {
        report.add(wanted, await once(wanted, i + 1));
      } catch (problem) {
        if (problem instanceof Skip) throw problem;
        const { act } = /** @type {{ act?: Run }} */ (problem);
        if (act) report.add(wanted, act);
        failure = problem instanceof Failure ? problem.message : String(/** @type {Error} */ (problem)?.stack ?? problem);
        report.failed(wanted);
        console.log(`    # run ${i + 1}: ${failure}`);
      }
    }
    counts[failure ? 'failed' : 'passed'] += 1;
    console.log(`${failure ? 'not ok' : 'ok'} - ${name} (${Math.round((Date.now() - start) / 1000)} s)`);
  } catch (problem) {
    counts.skipped += 1;
    report.skipped(wanted, /** @type {Error} */ (problem).message);
    console.log(`skip - ${name} # ${/** @type {Error} */ (problem).message}`);
  }
  for (const line of report.lines(wanted)) console.log(`    # ${line}`);
}
console.log(`# load ${loadavg().map((value) => value.toFixed(1)).join(' ')} on ${cpus().length} cores`);
if (options.write) writeTable(report, rows, registered);
writeFileSync(join(out, 'results.json'), JSON.stringify(report.all(), null, 1));
if (rows.length === 0) console.log('no row has such a name');
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 || rows.length === 0 ? 1 : 0);
