/**
 * Chromium and Firefox ESR, whoever calls. Firefox brings its own fake picture, whose colours change, so decoded frames
 * prove that it arrives; its fake tone is Bob's. Without a sound device it plays nothing that could be listened to.
 */
import { bothEnd, establish } from '../lib/calls.mjs';
import { allClosed, framesArrive, hears, sees, soundArrives } from '../lib/proofs.mjs';
import { test } from '../lib/registry.mjs';

for (const from of /** @type {const} */ (['Chromium', 'Firefox']))
  test(`a video call from ${from} to ${from === 'Chromium' ? 'Firefox' : 'Chromium'}: frames both ways`, { timeout: 90000, quick: from === 'Chromium' }, async (t) => {
    const [alice, fox] = await Promise.all([t.person('alice'), t.firefox('bob')]);
    const [caller, callee] = from === 'Chromium' ? [alice, fox] : [fox, alice];
    await establish(caller, callee);
    await Promise.all([framesArrive(alice), framesArrive(fox), sees(fox, 'alice'), hears(alice, 'bob'), soundArrives(fox)]);
    await caller.press('hang-up');
    await bothEnd(caller, 'hangup', callee, 'hangup');
    await allClosed(alice, fox);
  });
