/** Rows f1 to f3 of the legacy table: two tabs of the callee. Those of two new clients are in tabs.mjs. */
import { chatPage, ring } from '../lib/calls.mjs';
import { moment, seconds } from '../lib/legacy.mjs';
import { newAndOld, old } from '../lib/old.mjs';
import { Person } from '../lib/person.mjs';
import { hears } from '../lib/proofs.mjs';
import { check, same, test } from '../lib/registry.mjs';

/** @param {import('../lib/context.mjs').Context} t @param {Person} person */
async function tabOf(t, person) {
  const page = /** @type {import('playwright-core').Page} */ (await person.home.context?.newPage());
  const tab = new Person(`${person.name}-tab`, person.user, page, { ...person.home, close: () => page.close() });
  t.people.push(tab);
  await page.goto(person.page.url());
  return tab;
}

for (const [row, second] of /** @type {const} */ ([['f1', 'leaves its prompt alone'], ['f2', 'declines'], ['f3', 'accepts too']]))
  test(`two old tabs are called, the first accepts and the second ${second}`, { timeout: 90000, cells: [`${row} new → old`] }, async (t) => {
    const [alice, bob] = await newAndOld(t);
    const tab = await tabOf(t, bob);
    await old(tab, 'online');
    await ring(alice, 'audio');
    await Promise.all([old(bob, 'prompt'), old(tab, 'prompt')]);
    await bob.page.bringToFront();
    await bob.click('#accept');
    await Promise.all([alice.reaches('active'), old(bob, 'pc-connected')]);
    await tab.page.bringToFront();
    check(await tab.ask(() => !(/** @type {HTMLElement} */ (document.querySelector('#prompt')).hidden)), 'the second prompt stands');
    if (row === 'f1') {
      t.saw('f1 new → old', 'the call goes on; the prompt of the second stays, as it did');
      return;
    }
    const at = Date.now();
    if (row === 'f2') {
      await tab.click('#decline');
      const ended = await alice.reaches('ended');
      const gone = await old(bob, 'ended');
      t.saw('f2 new → old', `its end cannot be told from the first tab's: the call ends here after ${seconds(at, ended)}, over there after ${seconds(at, gone)}`);
      return;
    }
    await tab.click('#accept');
    await old(tab, 'answered');
    await moment(at, 1500);
    same(alice.states().at(-1), 'active', 'the call');
    await hears(alice, 'bob');
    t.saw('f3 new → old', 'no error here, the call of the first tab goes on; the second connects for ever, as it did');
  });

test('an old caller rings in two tabs: accepted in one, the other is quiet at once', { cells: ['f1 old → new'] }, async (t) => {
  const [bob, first] = await Promise.all([t.oldPeer('alice'), t.person('bob', { page: chatPage(t.ids.chat) })]);
  const second = await tabOf(t, first);
  await Promise.all([old(bob, 'online'), second.ready()]);
  await second.listens();
  await bob.click('#audio');
  await Promise.all([first.reaches('in-ringing'), second.reaches('in-ringing')]);
  await second.page.bringToFront();
  await second.press('accept');
  const [accepted, gone] = await Promise.all([second.reaches('connecting'), first.reaches('idle')]);
  await Promise.all([second.reaches('active'), old(bob, 'pc-connected')]);
  t.saw('f1 old → new', `the other tab is quiet ${seconds(accepted, gone)} after the accept`);
});
