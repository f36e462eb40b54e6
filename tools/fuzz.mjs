// node tools/fuzz.mjs [--seconds 60] [--keep]
//
// Runs the two fuzzers side by side (built with native-debug), each from its kept corpus in
// tests/fuzz/corpus. New inputs go to build/fuzz-corpus and are lost with it; --keep puts what adds coverage, minimised,
// into the kept corpus. A finding fails: its input is printed in base64 and kept in build/fuzz-corpus.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, keep: { type: 'boolean' } } });
const scratch = join(root, 'build/fuzz-corpus');
/** The longest input: a frame may be longer, but nothing new happens behind its first 16 KiB. */
const LONGEST = /** @type {Record<string, number>} */ ({ codec: 16384, step: 2048 });

/** @param {string} name @param {string[]} args @returns {Promise<{ code: number | null, output: string }>} */
function run(name, args) {
  return new Promise((resolve) => {
    const child = spawn(join(root, `build/native-debug/odnix_fuzz_${name}`), args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.on('data', (chunk) => { output = (output + chunk).slice(-100000); });
    child.once('exit', (code) => resolve({ code, output }));
    process.once('exit', () => child.kill('SIGKILL'));
  });
}

/** @param {string} folder */
const bytes = (folder) => readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

/** @param {string} name */
async function fuzz(name) {
  const kept = join(root, 'tests/fuzz/corpus', name);
  const found = join(scratch, name);
  const artefact = join(scratch, `${name}-finding`);
  mkdirSync(found, { recursive: true });
  rmSync(artefact, { force: true });
  const { code, output } = await run(name, [`-max_total_time=${values.seconds}`, `-max_len=${LONGEST[name]}`, '-timeout=10',
    '-rss_limit_mb=2048', `-exact_artifact_path=${artefact}`, '-print_final_stats=1', found, kept]);
  const inputs = /stat::number_of_executed_units:\s*(\d+)/.exec(output)?.[1];
  const covered = [...output.matchAll(/cov: (\d+)/g)].at(-1)?.[1];
  if (code === 0 && Number(inputs) > 0) {
    console.log(`ok - fuzz ${name}: ${inputs} inputs, ${covered} edges, ${readdirSync(kept).length} kept inputs (${bytes(kept)} bytes)`);
    return true;
  }
  const report = output.split('\n').filter((line) => !/^#\d+\t/.test(line)); // without its hundreds of lines of progress
  const what = report.find((line) => /^broken: |ERROR: |runtime error: /.test(line));
  console.log(`not ok - fuzz ${name} (exit ${code}): ${what ?? 'see below'}`);
  if (existsSync(artefact)) console.log(`the input, in base64 (also ${artefact}):\n${readFileSync(artefact).toString('base64')}`);
  console.log(report.slice(-60).join('\n'));
  return false;
}

/** The least set of inputs with the same coverage. @param {string} name */
async function keep(name) {
  const kept = join(root, 'tests/fuzz/corpus', name);
  const next = join(scratch, `${name}-kept`);
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  await run(name, ['-merge=1', '-reduce_inputs=1', `-max_len=${LONGEST[name]}`, next, join(scratch, name), kept]);
  rmSync(kept, { recursive: true });
  renameSync(next, kept);
  console.log(`# kept ${readdirSync(kept).length} inputs, ${bytes(kept)} bytes, for ${name}`);
}

const names = Object.keys(LONGEST);
const went = await Promise.all(names.map(fuzz));
if (values.keep && went.every(Boolean)) for (const name of names) await keep(name);
console.log(`${went.filter(Boolean).length} passed, ${went.filter((well) => !well).length} failed`);
process.exitCode = went.every(Boolean) ? 0 : 1;
