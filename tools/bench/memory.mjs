/** What the client costs a page that does nothing with it, and what drawing costs in a call. */
import { readFileSync } from 'node:fs';
import { connect, open, pair } from './calls.mjs';

/** @typedef {import('../../tests/e2e/lib/browsers.mjs').Pool} Pool @typedef {import('../../tests/e2e/lib/accounts.mjs').Slot} Slot */

/** Proportional set size of a process, MB. @param {number} pid */
function pss(pid) {
  const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1024;
}

/**
 * Memory of the page's own process after a garbage collection, MB.
 * @param {Pool} pool @param {string} url @param {boolean} client
 */
async function idlePage(pool, url, client) {
  const entry = await pool.chromium({ who: 'alice', args: ['--renderer-process-limit=1'] }, true);
  try {
    const page = await open(entry, url);
    if (client) await page.evaluate(() => window.OdnixCall?.ready);
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { processInfo } = await (await entry.browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter((info) => info.type === 'renderer').map((info) => pss(info.id));
    return { process: Math.max(...renderers), heap: usedSize / 1024 / 1024 };
  } finally {
    await pool.discard(entry);
  }
}

/** Pairs of (without, with), interleaved. @param {Pool} pool @param {string} server @param {Slot} ids @param {number} pairs */
export async function measureMemory(pool, server, ids, pairs) {
  const url = (/** @type {string} */ load) => `${server}/as/${ids.alice}/chat.html?chat=${ids.chat}&load=${load}`;
  const without = [];
  const within = [];
  for (let i = 0; i < pairs; i += 1) {
    without.push(await idlePage(pool, url('none'), false));
    within.push(await idlePage(pool, url('script'), true));
  }
  return { without, within };
}

/** @param {import('playwright-core').Page} page */
async function busySeconds(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
}

/**
 * Ten seconds of a call in which nothing changes, and what a frame costs while the mouse moves.
 * @param {import('./calls.mjs').Kind} kind @param {Parameters<typeof pair>[1]} browsers @param {string} server @param {Slot} ids
 */
export async function measureDrawing(kind, browsers, server, ids, seconds = 10) {
  const { alice, bob } = await pair(kind, browsers, server, ids, { watch: true });
  try {
    await connect(alice, bob);
    const counters = () => alice.evaluate(() => ({ drawn: window.__e2e.clears, frames: window.__e2e.rafs, ms: window.__e2e.rafMs }));
    await new Promise((resolve) => setTimeout(resolve, 5000)); // controls have faded
    const busy = await busySeconds(alice);
    const [before, task] = [await counters(), await busy()];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const [after, taskAfter] = [await counters(), await busy()];
    for (let i = 0; i < 60; i += 1) await alice.mouse.move(300 + 5 * i, 560);
    const moved = await counters();
    const cost = (/** @type {typeof before} */ a, /** @type {typeof before} */ b) => (b.frames > a.frames ? (b.ms - a.ms) / (b.frames - a.frames) : 0);
    return {
      drawn: after.drawn - before.drawn,
      callbacks: after.frames - before.frames,
      busy: (taskAfter - task) / seconds,
      quietMs: cost(before, after),
      movingMs: cost(after, moved),
      movingFrames: moved.frames - after.frames,
    };
  } finally {
    await Promise.all([alice, bob].map((page) => page.context().close()));
  }
}
