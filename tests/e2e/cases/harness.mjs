/** The harness proves itself on two old peers: what it says about pictures and tones must hold without the client. */
import { allClosed, seeAndHearEachOther, whose } from '../lib/proofs.mjs';
import { LOOKS } from '../lib/media.mjs';
import { check, same, test } from '../lib/registry.mjs';

const old = (/** @type {string} */ state) => (/** @type {{ kind: string, state?: string }} */ told) => told.kind === 'old' && told.state === state;

test('two old peers see and hear each other', { quick: true }, async (t) => {
  const [alice, bob] = await Promise.all([t.oldPeer('alice'), t.oldPeer('bob')]);
  await Promise.all([alice, bob].map((person) => person.until(old('online'), 'its socket')));
  await alice.click('#video');
  await bob.until(old('prompt'), 'a prompt');
  await bob.click('#accept');
  await seeAndHearEachOther(alice, bob);
  await bob.click('#end');
  await alice.until(old('ended'), 'the end');
  await allClosed(alice, bob);
});

test('the proofs tell people apart', { quick: true }, async () => {
  for (const look of Object.values(LOOKS)) same(whose(look.colour), look.name, 'whose colour');
  check(whose([128, 128, 128]).startsWith('nobody'), 'grey is nobody');
});
