/** Nothing changed, nothing drawn. */
import { chatPage, talk } from '../lib/calls.mjs';
import { check, test } from '../lib/registry.mjs';

for (const media of /** @type {const} */ (['video', 'audio']))
  test(`an unchanged ${media} call draws at most the timer's one frame a second`, { timeout: 90000, quick: media === 'video' }, async (t) => {
    const page = chatPage(t.ids.chat);
    const [alice, bob] = await t.pair({ page }, { page });
    await talk(alice, bob, media);
    await alice.page.mouse.move(500, 300);
    await new Promise((resolve) => setTimeout(resolve, 5000)); // the controls have faded, the pictures have settled
    const drawn = () => alice.ask(() => ({ clears: window.__e2e.clears, rafs: window.__e2e.rafs }));
    const before = await drawn();
    await new Promise((resolve) => setTimeout(resolve, 10000));
    const after = await drawn();
    const frames = after.clears - before.clears;
    t.notes.push(`${frames} frames, ${after.rafs - before.rafs} animation frame callbacks in 10 s`);
    check(before.clears > 0, 'the client draws with WebGL at all');
    check(frames <= 11, `${frames} frames in 10 s of an unchanged call`);
    check(after.rafs - before.rafs <= 22, `${after.rafs - before.rafs} animation frame callbacks in 10 s`);
  });
