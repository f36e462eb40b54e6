/**
 * One run of one row, inside namespaces of its own; started by run.mjs alone.
 *
 *   node tests/lab/one.mjs <name of the row> <number of the run> <file for what it came to>
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/lib/dev-server.mjs';
import { Failure, Skip } from '../e2e/lib/registry.mjs';
import { mediaFiles } from './lib/media-files.mjs';
import { numbers } from './lib/report.mjs';
import { Run, allRows } from './lib/rows.mjs';
import { Stage } from './lib/stage.mjs';

const [name, number, file] = process.argv.slice(2);
const row = (await allRows()).find((one) => one.name === name);
if (!row) throw new Error(`no row is called "${name}"`);
const { nat, relays, fox, timeout = 90000 } = row.options;
process.on('unhandledRejection', (problem) => console.log(`# late failure: ${problem instanceof Error ? problem.message : problem}`));

const folder = join(root, 'build/lab', name.replace(/[^a-z0-9]+/gi, '-').toLowerCase(), number);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const start = Date.now();
/** @type {import('./lib/rows.mjs').Result} */
const result = { measures: [], seen: [], failure: '', skipped: '', seconds: 0 };
/** @param {Stage} stage */
async function play(stage) {
  const act = new Run(stage);
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`not done within ${timeout} ms`)), timeout);
  });
  try {
    await Promise.race([/** @type {import('./lib/rows.mjs').Row} */ (row).run(act), late]);
    stage.verify();
    const broken = act.broken();
    if (broken.length > 0) throw new Failure(`beyond the promise: ${broken.map(numbers).join('; ')}`);
  } catch (problem) {
    if (!(problem instanceof Skip)) await stage.diagnose().catch((error) => console.log(`# no diagnosis: ${error}`));
    throw problem;
  } finally {
    clearTimeout(timer);
    Object.assign(result, { measures: act.measures, seen: act.seen });
    await stage.end();
  }
}
try {
  await play(await Stage.up({ nat, relays, seed: Number(number), fox }, folder, mediaFiles));
} catch (problem) {
  const { message, stack } = /** @type {Error} */ (problem);
  result[problem instanceof Skip ? 'skipped' : 'failure'] = problem instanceof Skip || problem instanceof Failure ? message : stack ?? message;
}
result.seconds = Math.round((Date.now() - start) / 1000);
writeFileSync(file, JSON.stringify(result));
process.exit(0);
