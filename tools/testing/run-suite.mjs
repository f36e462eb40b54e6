// Runs one suite as a process group of its own, writes its output to build/logs, and ends it when its time is up or
// when we are ended.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './suites.mjs';

/** Process groups we started and have not seen end. @type {Set<number>} */
const running = new Set();

/** @param {number} group @param {NodeJS.Signals} signal */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // Already gone: that is what was wanted.
  }
}

/** Ends everything we started, at once: for a way out that cannot wait. */
export function endAll() {
  for (const group of running) signalGroup(group, 'SIGKILL');
}

/**
 * @param {import('./suites.mjs').Suite} suite @param {string[]} extra arguments
 * @returns {Promise<{ output: string, code: number | null, seconds: number, log: string }>}
 */
export function runSuite(suite, extra) {
  const log = join('build/logs', `${suite.name.replaceAll(' ', '-')}.log`);
  mkdirSync(join(root, 'build/logs'), { recursive: true });
  const file = createWriteStream(join(root, log));
  const started = Date.now();
  const minutes = suite.minutes ?? 10;
  let output = '';
  /** @param {string} text */
  const take = (text) => {
    output += text;
    file.write(text);
  };

  return new Promise((resolve) => {
    const [program, ...args] = suite.command;
    const child = spawn(program, [...args, ...extra], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid) running.add(child.pid);
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => take(`${program}: ${error.message}\n`));

    /** @type {NodeJS.Timeout | undefined} */
    let lastWord;
    const limit = setTimeout(() => {
      take(`\nended after ${minutes} minutes without finishing\n`);
      if (!child.pid) return;
      const group = child.pid;
      signalGroup(group, 'SIGTERM');
      lastWord = setTimeout(() => signalGroup(group, 'SIGKILL'), 5000);
    }, minutes * 60_000);

    child.on('close', (code) => {
      clearTimeout(limit);
      clearTimeout(lastWord);
      if (child.pid) {
        signalGroup(child.pid, 'SIGKILL'); // whatever it left behind
        running.delete(child.pid);
      }
      file.end(() => resolve({ output, code, seconds: (Date.now() - started) / 1000, log }));
    });
  });
}
