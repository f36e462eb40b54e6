/** Chromium and Firefox ESR, whoever calls. Firefox brings its own fake picture: decoded frames prove the rest. */
import { bothEnd, establish } from '../lib/calls.mjs';
import { allClosed, framesArrive, hears, sees } from '../lib/proofs.mjs';
import { test } from '../lib/registry.mjs';

for (const from of /** @type {const} */ (['Chromium', 'Firefox']))
  test(`a video call from ${from} to ${from === 'Chromium' ? 'Firefox' : 'Chromium'}: frames both ways`, { timeout: 90000, quick: from === 'Chromium' }, async (t) => {
    const [alice, fox] = await Promise.all([t.person('alice'), t.firefox('bob')]);
    const [caller, callee] = from === 'Chromium' ? [alice, fox] : [fox, alice];
    await establish(caller, callee);
    await Promise.all([framesArrive(alice), framesArrive(fox), sees(fox, 'alice'), hears(fox, 'alice')]);
    await caller.press('hang-up');
    await bothEnd(caller, 'hangup', callee, 'hangup');
    await allClosed(alice, fox);
  });
