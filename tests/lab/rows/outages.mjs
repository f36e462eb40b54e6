/** The network goes away in a call, and comes back or not. Promises: docs/faults.md. */
import { allClosed } from '../../e2e/lib/proofs.mjs';
import { check, same } from '../../e2e/lib/registry.mjs';
import { row } from '../lib/rows.mjs';
import { pause } from '../lib/stage.mjs';
import { flowsAgain, route, tell, tells } from '../lib/steps.mjs';

const BACK = 'sound 3 s and picture 6 s after its return';
const SAID = 2500; // 1.5 s, and a second for a busy machine
const END = 33000; // 30 s after it was said, and a second and a half for a busy machine

/** @param {import('../lib/rows.mjs').Run} t */
const inCall = (t) => t.stage.talking({ ice: t.relays.length > 0 ? [t.relays[0].stun, t.relays[0].turn('udp')] : [] });

/** @param {import('../lib/rows.mjs').Run} t */
async function slowAndTalking(t) {
  const pair = await inCall(t);
  await t.net.roundTrip(40);
  return pair;
}

for (const [seconds, fox] of /** @type {[number, boolean][]} */ ([[3, false], [12, false], [12, true], [25, false], [25, true]]))
  row(`nothing passes for ${seconds} s${fox ? ', with Firefox' : ''}`, {
    fault: 18, promise: `"reconnecting" is said after 1.5 s; ${BACK}`, relays: 1, fox, quick: seconds === 3 || (seconds === 12 && !fox),
    timeout: 120000,
  }, async (t) => {
    const [alice, bob] = await slowAndTalking(t);
    const cut = Date.now();
    await t.net.weather('alice', 'cut=1');
    await pause(seconds * 1000);
    const back = Date.now();
    await t.net.weather('alice', 'delay=10');
    await flowsAgain(t, back, { wait: 40000 });
    if (seconds > 4) {
      t.atMost('said by alice', await tells(alice, 'reconnecting', cut, 0), SAID);
      t.atMost('said by bob', await tells(bob, 'reconnecting', cut, 0), SAID);
    }
    await tell(t, cut);
    for (const person of [alice, bob]) check(!person.states().includes('ended'), `${person.name}'s call ended`);
  });

for (const fox of [false, true])
  row(`nothing passes any more${fox ? ', with Firefox' : ''}`, {
    fault: 18, promise: 'the end with its reason 30 s later, everything released', relays: 1, fox, timeout: 120000,
  }, async (t) => {
    const [alice, bob] = await slowAndTalking(t);
    const cut = Date.now();
    await t.net.weather('alice', 'cut=1');
    for (const person of [alice, bob]) {
      const end = await tells(person, 'ended', cut, 45000);
      t.atMost(`end for ${person.name}`, end, END);
      t.atLeast(`no earlier end for ${person.name}`, end, 28000, 'ms');
    }
    await tell(t, cut);
    for (const person of [alice, bob]) same(person.told.find((entry) => entry.state === 'ended')?.reason, 'connection-failed', `${person.name}'s reason`);
    await allClosed(alice, bob);
  });

for (const [who, what, fox] of /** @type {['alice' | 'bob', string, boolean][]} */ ([
  ['alice', '', false], ['alice', ', with Firefox on the other side', true], ['bob', ' of Firefox', true]]))
  row(`another network address${what}`, {
    fault: 19, promise: 'sound 3 s and picture 6 s later', relays: 1, fox,
  }, async (t) => {
    await slowAndTalking(t);
    const moved = Date.now();
    await t.net.changeAddress(who);
    await flowsAgain(t, moved + 300, { wait: 30000 }); // what was under way still arrives for a moment
    await tell(t, moved);
  });

const NOTICED = 8000; // who still hears learns it from the browser, after 7 s (docs/faults.md), or from the other side
/** @type {{ also: string, fox: boolean, cut: 'alice' | 'bob' }[]} Bob has Firefox, or neither. */
const UNHEARD = [{ also: '', fox: false, cut: 'alice' }, { also: ', with Firefox', fox: true, cut: 'alice' }, { also: ', and Firefox is not heard', fox: true, cut: 'bob' }];
for (const { also, fox, cut } of UNHEARD)
  row(`only one direction passes, for 12 s${also}`, {
    fault: 20, promise: `who hears nothing is told after 1.5 s, the other after 8 s; ${BACK}`, relays: 1, fox,
  }, async (t) => {
    const people = await slowAndTalking(t);
    const [unheard, deaf] = cut === 'alice' ? people : [...people].reverse();
    const start = Date.now();
    await t.net.weather(cut, 'cut=1', 'up');
    await pause(12000);
    const back = Date.now();
    await t.net.weather(cut, 'delay=10', 'up');
    await flowsAgain(t, back, { wait: 30000 });
    t.atMost(`said by ${deaf.name}`, await tells(deaf, 'reconnecting', start, 0), SAID);
    t.atMost(`said by ${unheard.name}`, await tells(unheard, 'reconnecting', start, 0), NOTICED);
    await tell(t, start);
  });

row('only one direction passes any more', {
  fault: 20, promise: 'both come to the end with its reason, 30 s after they were told', relays: 1, timeout: 120000,
}, async (t) => {
  const [alice, bob] = await slowAndTalking(t);
  const cut = Date.now();
  await t.net.weather('alice', 'cut=1', 'up');
  t.atMost('end for bob', await tells(bob, 'ended', cut, 60000), END);
  t.atMost('end for alice', await tells(alice, 'ended', cut, 20000), END + NOTICED);
  await tell(t, cut);
  for (const person of [alice, bob]) same(person.told.find((entry) => entry.state === 'ended')?.reason, 'connection-failed', `${person.name}'s reason`);
  await allClosed(alice, bob);
});

for (const fox of [false, true])
  row(`the relay in use dies${fox ? ', with Firefox' : ''}`, {
    fault: 16, promise: 'another way, sound 5 s and picture 6 s later', relays: 2, nat: 'symmetric', fox,
  }, async (t) => {
    const kinds = /** @type {('udp' | 'tcp')[]} */ (fox ? ['udp'] : ['udp', 'tcp']); // five servers are too many for Firefox, which says so
    const [alice] = await t.stage.talking({ ice: t.relays.flatMap((relay) => [relay.stun, relay.turn(...kinds)]) });
    await t.net.roundTrip(40);
    const ways = await Promise.all(t.stage.people.map(route));
    const used = t.relays.find(({ address }) => ways.some((way) => way.includes(address)));
    check(used, `no relay is in use: ${ways.join(', ')}`);
    t.saw(`way: ${ways[0]}`);
    const died = Date.now();
    used?.stop();
    await flowsAgain(t, died + 300, { sound: 5000, wait: 30000 });
    await tell(t, died);
    t.saw(`then ${await route(alice)}`);
  });

row('the other browser is killed', { fault: 11, promise: '"reconnecting" is said after 1.5 s, the end with its reason after 30 s', timeout: 120000, relays: 1 },
  async (t) => {
    const [alice, bob] = await slowAndTalking(t);
    const killed = Date.now();
    bob.gone = true;
    process.kill(bob.home.pid, 'SIGKILL');
    t.atMost('said', await tells(alice, 'reconnecting', killed, 10000), SAID);
    t.atMost('end', await tells(alice, 'ended', killed, 45000), END);
    await tell(t, killed);
    same(alice.told.find((entry) => entry.state === 'ended')?.reason, 'connection-failed', 'the reason');
    await allClosed(alice);
  });
