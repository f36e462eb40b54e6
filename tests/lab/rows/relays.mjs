/** Relays that want other credentials, and people who want nothing but relays. */
import { ringUp } from '../../e2e/lib/calls.mjs';
import { check, eventually } from '../../e2e/lib/registry.mjs';
import { longestSilence, madeUp, soundSince } from '../lib/flow.mjs';
import { ACCOUNT } from '../lib/relay.mjs';
import { row } from '../lib/rows.mjs';
import { pause, samples } from '../lib/stage.mjs';
import { callUp, flowsAgain, route } from '../lib/steps.mjs';

/** Names and passwords of relays are nowhere but in the page. @param {import('../lib/rows.mjs').Run} t @param {string[]} secrets */
async function secretsKept(t, secrets) {
  const frames = JSON.stringify(await t.server.frames(...t.stage.people.map(({ user }) => user)));
  for (const person of t.stage.people) {
    const journal = await person.ask(() => window.OdnixCall?.debug.journal() ?? '');
    check(journal.length > 1000, `${person.name}'s journal is empty`);
    for (const secret of secrets)
      for (const [where, text] of [['journal', journal], ['console', person.console.join('\n')], ['messages', frames]])
        check(!text.includes(secret), `${person.name}'s ${where} has "${secret}" in it`);
  }
}

for (const fox of [false, true])
  row(`wrong credentials, and the page has others${fox ? ', with Firefox' : ''}`, {
    fault: 15, promise: 'said; by relay, and both hear and see 5 s after Accept', relays: 1, nat: 'symmetric', fox,
  }, async (t) => {
    const [relay] = t.relays;
    const wrong = JSON.stringify([{ urls: relay.urls('udp'), username: ACCOUNT.username, credential: 'expired-yesterday' }]);
    const right = JSON.stringify([relay.turn('udp')]);
    const config = `let asked = 0; config.debug = true; config.iceServers = async () => ((asked += 1) > 1 ? ${right} : ${wrong});`;
    const [alice, bob] = await t.stage.pair({ config });
    await t.net.roundTrip(40);
    await callUp(t, alice, bob, { sound: 5000, picture: 5000 });
    check((await route(alice)).includes('relay') || (await route(bob)).includes('relay'), 'no relay is in use');
    const told = [alice, bob].flatMap((person) => person.told.filter(({ code }) => code === 'turn-refused'));
    check(told.length > 0, 'nobody said that the relay refused');
    t.saw(`told ${told.length} times: ${told[0].code}`);
    await secretsKept(t, [ACCOUNT.credential, 'expired-yesterday']);
  });

row('nothing but relays, by choice', { fault: 17, promise: 'no address of one\'s own leaves the page; both hear and see 5 s after Accept', relays: 1 },
  async (t) => {
    const [relay] = t.relays;
    const [alice, bob] = await t.stage.pair({ ice: [relay.stun, relay.turn('udp')], config: 'config.relayOnly = config.debug = true;' });
    await t.net.roundTrip(40);
    await callUp(t, alice, bob, { sound: 5000, picture: 5000 });
    for (const person of [alice, bob]) check((await route(person)).startsWith('relay'), `${person.name}'s way is "${await route(person)}"`);
    const frames = JSON.stringify(await t.server.frames(alice.user, bob.user));
    const kinds = [...frames.matchAll(/ typ (\w+)/g)].map(([, kind]) => kind);
    check(kinds.length > 0 && kinds.every((kind) => kind === 'relay'), `candidates of these kinds travelled: ${[...new Set(kinds)]}`);
    check(!/\b10\.[12]\.0\.\d|203\.0\.113\.10[12]\b|\.local\b/.test(frames), 'an address of a person travelled');
    t.saw(`${kinds.length} relayed candidates`);
    await secretsKept(t, [ACCOUNT.credential]);
  });

row('credentials that expired, and others only once the relay has refused them', {
  fault: 15, promise: 'said; by relay, and both hear and see 5 s after Accept', relays: 1, nat: 'symmetric' },
async (t) => {
  const [relay] = t.relays;
  const wrong = JSON.stringify([{ urls: relay.urls('udp'), username: ACCOUNT.username, credential: 'expired-yesterday' }]);
  const config = `let refused = false;
    window.addEventListener('odnix-call-error', ({ detail }) => { refused = refused || detail.code === 'turn-refused'; });
    config.iceServers = async () => (refused ? ${JSON.stringify([relay.turn('udp')])} : ${wrong});`;
  const [alice, bob] = await t.stage.pair({ config });
  await t.net.roundTrip(40);
  await callUp(t, alice, bob, { sound: 5000, picture: 5000 });
  check([alice, bob].some((person) => person.told.some(({ code }) => code === 'turn-refused')), 'nobody said that the relay refused');
});

for (const fox of [false, true])
  row(`connected by a relay while it rings${fox ? ', with Firefox' : ''}`, {
    fault: 17, relays: 1, fox,
    promise: 'no address of the callee\'s leaves before Accept; by relay at Accept, direct 3 s after it; at most 0.4 s of made-up sound in between',
  }, async (t) => {
    const [relay] = t.relays;
    const [alice, bob] = await t.stage.pair({ ice: [relay.stun, relay.turn('udp')] });
    await t.net.roundTrip(40);
    await ringUp(alice, bob);
    for (const person of [alice, bob])
      await eventually(() => person.ask(() => window.__e2e.peers.some((peer) => peer.connectionState === 'connected')), Boolean, `${person.name} connected while it rings`);
    const before = JSON.stringify(await t.server.frames(bob.user));
    const kinds = [...before.matchAll(/ typ (\w+)/g)].map(([, kind]) => kind);
    check(kinds.length > 0 && kinds.every((kind) => kind === 'relay'), `candidates of these kinds left the callee: ${[...new Set(kinds)]}`);
    check(!/webrtc\.answer|\b10\.[12]\.0\.\d|203\.0\.113\.10[12]\b|\.local\b/.test(before), "an answer or an address of the callee's left it");
    check((await route(bob)).startsWith('relay'), `the way while it rings is "${await route(bob)}"`);
    await bob.press('accept');
    const at = await bob.ask(() => window.__e2e.now());
    await flowsAgain(t, at, { sound: 2000, picture: 3000, from: ' after Accept' });
    const direct = (/** @type {LabSample[]} */ list) => list.find((sample) => sample.at > at && sample.route !== '' && !sample.route.includes('relay'))?.at ?? null;
    const lists = async () => Promise.all([samples(alice), samples(bob)]);
    await eventually(lists, (both) => both.every((list) => direct(list) !== null), 'both by the direct way', 10000);
    t.atMost('direct', Math.round(Math.max(...(await lists()).map((list) => (direct(list) ?? 0) - at))), 3000);
    await pause(2000);
    const both = await lists();
    t.atMost('longest silence', Math.max(...both.map((list) => longestSilence(list, soundSince(list, at) ?? at, Date.now()))), 1000);
    // From a moment before either way was left: when sound has just begun the browser still fits its pace to the line.
    t.atMost('made up meanwhile', Math.max(...both.map((list) => madeUp(list, (direct(list) ?? 0) - 500, Date.now()))), 400);
  });
