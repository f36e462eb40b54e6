/** What no client with a module of this size can beat: the file fetched and compiled, by a page that does nothing else. */
import { readdirSync } from 'node:fs';
import { webRoots } from '../../tests/e2e/lib/dev-server.mjs';
import { open } from './calls.mjs';

/**
 * @param {import('./calls.mjs').Chromium} entry @param {string} server @param {import('../../tests/e2e/lib/accounts.mjs').Slot} ids
 * @param {number} rounds @returns {Promise<number[]>} milliseconds
 */
export async function measureFloor(entry, server, ids, rounds) {
  const name = readdirSync(webRoots()[0]).find((file) => /^odnix-call-[0-9a-f]+\.wasm$/.test(file));
  if (!name) throw new Error('no module in build/dist');
  const times = [];
  for (let i = 0; i < rounds; i += 1) {
    const page = await open(entry, `${server}/as/${ids.alice}/chat.html?chat=${ids.chat}&load=none`);
    times.push(await page.evaluate(async (file) => {
      const began = performance.now();
      await WebAssembly.compileStreaming(fetch(`/${file}`));
      return performance.now() - began;
    }, name));
    await page.context().close();
  }
  return times;
}
