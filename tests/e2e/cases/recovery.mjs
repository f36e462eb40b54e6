/** What a browser reports of a lost path, played to one side: the rest, from the offer to the new media, is real. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bothEnd, talk } from '../lib/calls.mjs';
import { root } from '../lib/dev-server.mjs';
import { allClosed, seeAndHearEachOther } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** @param {import('../lib/person.mjs').Person} person */
const peers = (person) => person.ask(() => window.__e2e.peers.length);

/** The native build decides everything that happened on this page anew, with the same result. @param {import('../lib/person.mjs').Person} person */
async function replays(person) {
  const journal = await person.ask(() => window.OdnixCall?.debug.journal() ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'odnix-replay-'));
  try {
    writeFileSync(join(folder, 'journal'), journal);
    const { status, stderr } = spawnSync(join(root, 'build/native-release/odnix-replay'), [join(folder, 'journal')], { encoding: 'utf8' });
    same([status, stderr], [0, ''], `${person.name}'s journal replayed`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return journal;
}

test('the browser says failed: a new connection inside the same call', { quick: true }, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  const before = await Promise.all([peers(alice), peers(bob)]);
  await alice.ask(() => {
    const peer = /** @type {any} */ (window.__e2e.peers.at(-1));
    Object.defineProperty(peer, 'connectionState', { value: 'failed', configurable: true });
    peer.dispatchEvent(new Event('connectionstatechange'));
    delete peer.connectionState;
  });
  await alice.reaches('reconnecting');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  same(await Promise.all([peers(alice), peers(bob)]), before.map((count) => count + 1), 'connections made');
  await seeAndHearEachOther(alice, bob);
  check(!alice.states().includes('ended') && !bob.states().includes('ended'), 'the call went on');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('packets that stop coming: said within seconds, restarted, and back when they come', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  await alice.ask(() => {
    const peer = /** @type {any} */ (window.__e2e.peers.at(-1));
    const frozen = peer.getStats();
    peer.getStats = () => frozen;
  });
  await alice.reaches('reconnecting', { timeout: 5000 });
  await alice.reads(/reconnecting/i);
  const restarts = async () => (await t.server.frames(t.ids.alice)).filter(({ payload }) => payload?.kind === 'renegotiate').length;
  await eventually(restarts, (count) => count > 0, 'a restart by the server');
  await alice.ask(() => { delete (/** @type {any} */ (window.__e2e.peers.at(-1))).getStats; });
  await alice.reaches('active');
  await seeAndHearEachOther(alice, bob);
  for (const person of [alice, bob]) {
    const journal = await replays(person);
    check(journal.includes('"StatisticsTaken"'), `how it went is in ${person.name}'s journal`);
  }
});
