/** How a call comes to be on networks that are slow or forbid things. */
import { check } from '../../e2e/lib/registry.mjs';
import { NOWHERE } from '../lib/net.mjs';
import { row } from '../lib/rows.mjs';
import { callUp, route } from '../lib/steps.mjs';

for (const ms of [0, 40, 100, 200])
  row(`a round trip of ${ms} ms`, { fault: 0, promise: 'direct, and both hear and see 3 s after Accept', relays: 1, quick: ms === 100 },
    async (t) => {
      const [relay] = t.relays;
      const [alice, bob] = await t.stage.pair({ ice: [relay.stun, relay.turn('udp')] });
      await t.net.roundTrip(ms);
      await callUp(t, alice, bob, { sound: 3000, picture: 3000 });
      const way = await route(alice);
      check(!way.includes('relay'), `the way is ${way}`);
      t.saw(`way: ${way}`);
    });

row('a round trip of 100 ms, with Firefox', { fault: 0, promise: 'direct, and both hear and see 3 s after Accept', relays: 1, fox: true },
  async (t) => {
    const [alice, bob] = await t.stage.pair({ ice: [t.relays[0].stun] });
    await t.net.roundTrip(100);
    await callUp(t, alice, bob, { sound: 3000, picture: 3000 });
  });

/**
 * @param {string} name @param {('udp' | 'tcp' | 'tls')[]} kinds @param {string[]} blocked @param {string} wanted
 * @param {{ quick?: boolean, fox?: boolean }} [options]
 */
const relayed = (name, kinds, blocked, wanted, options) =>
  row(name, { fault: 13, promise: 'by relay, and both hear and see 5 s after Accept', relays: 1, nat: 'symmetric', ...options },
    async (t) => {
      const [relay] = t.relays;
      for (const match of blocked) for (const side of /** @type {const} */ (['alice', 'bob'])) await t.net.block(side, match);
      const [alice, bob] = await t.stage.pair({ ice: [relay.stun, relay.turn(...kinds)] });
      await t.net.roundTrip(40);
      await callUp(t, alice, bob, { sound: 5000, picture: 5000 });
      for (const person of [alice, bob]) {
        const way = await route(person);
        check(way.includes(wanted), `${person.name}'s way is "${way}", not by ${wanted}`);
        t.saw(`way: ${way}`);
      }
    });

relayed('UDP blocked: TURN over TCP', ['udp', 'tcp', 'tls'], ['-p udp'], 'relay tcp', { quick: true });
relayed('UDP blocked: TURN over TCP, with Firefox', ['udp', 'tcp', 'tls'], ['-p udp'], 'relay tcp', { fox: true });
relayed('UDP and the relay\'s TCP port blocked: TURN over TLS', ['udp', 'tcp', 'tls'], ['-p udp', '-p tcp --dport 3478'], 'relay tls');

row('a STUN server that never answers', { fault: 14, promise: 'no delay: both hear and see 3 s after Accept', relays: 1 },
  async (t) => {
    const [alice, bob] = await t.stage.pair({ ice: [{ urls: `stun:${NOWHERE}:3478` }, t.relays[0].stun] });
    await t.net.roundTrip(40);
    await callUp(t, alice, bob, { sound: 3000, picture: 3000 });
  });

row('symmetric routers on both sides', { fault: 17, promise: 'by relay, and both hear and see 5 s after Accept', relays: 1, nat: 'symmetric' },
  async (t) => {
    const [alice, bob] = await t.stage.pair({ ice: [t.relays[0].stun, t.relays[0].turn('udp')] });
    await t.net.roundTrip(40);
    await callUp(t, alice, bob, { sound: 5000, picture: 5000 });
    const way = await route(alice);
    check(way.includes('relay'), `the way is "${way}"`);
    t.saw(`way: ${way}`);
  });
