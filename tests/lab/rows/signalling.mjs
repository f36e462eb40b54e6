/** The sockets, while the media has its own way. */
import { execFileSync } from 'node:child_process';
import { check, eventually } from '../../e2e/lib/registry.mjs';
import { longestSilence } from '../lib/flow.mjs';
import { SERVER } from '../lib/net.mjs';
import { row } from '../lib/rows.mjs';
import { pause, samples } from '../lib/stage.mjs';
import { tells } from '../lib/steps.mjs';

/** @typedef {import('../../e2e/lib/person.mjs').Person} Person */

/** Nobody heard a gap and nobody was told anything. @param {import('../lib/rows.mjs').Run} t @param {number} from */
async function undisturbed(t, from) {
  const to = Date.now();
  const gaps = await Promise.all(t.stage.people.map(async (person) => longestSilence(await samples(person), from, to)));
  t.atMost('longest silence', Math.max(...gaps), 1000);
  for (const person of t.stage.people) check((await tells(person, 'reconnecting', from, 0)) === null, `${person.name} was told "reconnecting"`);
}

/** How many call sockets this page opened, and whether the newest one is open. @param {Person} person */
const sockets = (person) => person.ask(() => {
  const all = window.__e2e.sockets.filter(({ url }) => url.includes('/ws/call/'));
  return { made: all.length, open: all.at(-1)?.readyState === WebSocket.OPEN };
});

/** @param {import('../lib/rows.mjs').Run} t @param {Person} person @param {number} since @param {number} limit */
async function reopened(t, person, since, limit) {
  await eventually(() => sockets(person), ({ made, open }) => made > 1 && open, `${person.name}'s next socket`, limit + 10000);
  t.atMost('socket', Date.now() - since, limit);
}

row('a socket falls in a call', { fault: 1, promise: 'no gap, nothing said, a new socket 2 s later, hang-up arrives within a second', relays: 1, quick: true }, async (t) => {
  const [alice, bob] = await t.stage.talking({ ice: [t.relays[0].stun] });
  await t.net.roundTrip(40);
  const fell = Date.now();
  await t.server.drop(alice.user);
  await reopened(t, alice, fell, 2000);
  await pause(2000);
  await undisturbed(t, fell);
  await alice.press('hang-up');
  const [here, there] = [await tells(alice, 'ended', fell, 5000), await tells(bob, 'ended', fell, 5000)];
  t.atMost('hang-up', here === null || there === null ? null : Math.max(0, there - here), 1000);
});

/** This person's open connections to the server pass nothing any more, new ones do. @param {import('../lib/rows.mjs').Run} t @param {'alice' | 'bob'} side */
async function silence(t, side) {
  const list = execFileSync('ss', ['-Htn', 'src', `${SERVER}:8080`]).toString();
  const ports = [...list.matchAll(/203\.0\.113\.10(\d):(\d+)\s*$/gm)].filter(([, number]) => number === (side === 'alice' ? '1' : '2')).map(([, , port]) => port);
  check(ports.length > 0, 'no connection to silence');
  for (const port of ports) {
    await t.net.block(side, `-p tcp --sport ${port}`);
    await t.net.block(side, `-p tcp --dport ${port}`);
  }
}

row('a socket falls silent in a call', { fault: 2, promise: 'no gap; noticed and opened again within 20 s', relays: 1 },
  async (t) => {
    const [alice] = await t.stage.talking({ ice: [t.relays[0].stun] });
    const from = Date.now();
    await silence(t, 'alice');
    await reopened(t, alice, from, 20000);
    await undisturbed(t, from);
  });
