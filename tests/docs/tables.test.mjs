// The tables of the documents say what the source says.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KINDS } from '../e2e/lib/floods.mjs';
import { codes, files, read, table } from './support/pages.mjs';

/** "60 s", "100 ms", "1200 ms" in milliseconds. @param {string} text */
const milliseconds = (text) => {
  const [, number, unit] = /^([\d.]+) (ms|s)$/.exec(text) ?? assert.fail(`"${text}" is no duration`);
  return Number(number) * (unit === 's' ? 1000 : 1);
};

const timing = read('src/core/timing.hpp');
/** @param {string} unit @param {string} number */
const inMs = (unit, number) => Number(number) * (unit === 'seconds' ? 1000 : 1);

test('timers: names and values are those of timing.hpp', () => {
  const source = Object.fromEntries([...timing.matchAll(/inline constexpr Duration (\w+)\s*=\s*(seconds|milliseconds)\{(\d+)\}/g)]
    .map(([, name, unit, number]) => [name, inMs(unit, number)]));
  assert.ok(Object.keys(source).length >= 10, 'timing.hpp is written differently now');
  assert.equal(Object.keys(source).length, [...timing.matchAll(/^inline constexpr Duration/gm)].length, 'a duration was not understood');
  const documented = Object.fromEntries(table('docs/call-rules.md', 'name in').map(([name, value]) => [codes(name)[0], milliseconds(value)]));
  assert.deepEqual(documented, source);
});

test('pauses: their lists are those of timing.hpp', () => {
  const source = Object.fromEntries([...timing.matchAll(/constexpr Duration (\w+)\(int \w+\) \{([\s\S]*?)\n\}/g)].map(([, name, body]) => {
    const numbers = [...body.matchAll(/(seconds|milliseconds)\{(\d+)\}/g)].map(([, unit, number]) => inMs(unit, number));
    return [name, numbers];
  }));
  const documented = Object.fromEntries(table('docs/call-rules.md', 'pauses').map(([name, first, then]) =>
    [codes(name)[0], [...first.replace(' s', '').split(', ').map((number) => Number(number) * 1000), milliseconds(then)]]));
  assert.deepEqual(documented, source);
});

test('states are the public names of the phases', () => {
  const names = [...read('src/core/state.cpp').matchAll(/operator\(\)\(const \w+&\) const \{ return "([a-z-]+)"; \}/g)].map(([, name]) => name);
  assert.ok(names.length >= 8);
  assert.deepEqual(table('docs/call-rules.md', 'state |').map(([name]) => codes(name)[0]), names);
  const typed = [...(read('web/odnix-call.d.ts').match(/type OdnixCallState =([^;]*);/)?.[1] ?? '').matchAll(/'([a-z-]+)'/g)].map(([, name]) => name);
  assert.deepEqual(names.filter((name) => !typed.includes(name)), [], 'states without a type');
});

test('link phases are all named', () => {
  const phases = read('src/core/call.hpp').match(/ODNIX_ENUM\(LinkPhase, ([^)]*)\)/)?.[1].split(', ') ?? assert.fail();
  const page = read('docs/call-rules.md');
  assert.deepEqual(phases.filter((phase) => !page.includes(`\`${phase}\``)), []);
});

test('collisions are the classes of incoming.cpp', () => {
  const source = read('src/core/incoming.cpp').match(/enum class Meets \{([\s\S]*?)\};/)?.[1] ?? assert.fail();
  const classes = [...source.matchAll(/^\s*(\w+),/gm)].map(([, name]) => name);
  assert.deepEqual(table('docs/call-rules.md', 'class').map(([name]) => codes(name)[0]), classes);
});

test('reasons are those of the core, in the words of the wire', () => {
  const reasons = read('src/core/signal.hpp').match(/ODNIX_ENUM\(EndReason,([^)]*)\)/)?.[1] ?? assert.fail();
  const words = reasons.split(',').map((word) => word.trim().replaceAll('_', '-'));
  assert.deepEqual(table('docs/call-rules.md', 'reason').map(([name]) => codes(name)[0]), words);
});

test('memory: the limits are those of the core', () => {
  const source = Object.fromEntries(files().filter((path) => path.startsWith('src/core/')).flatMap((path) =>
    [...read(path).matchAll(/constexpr std::size_t (max_\w+)\s*=\s*(\d+)/g)].map(([, name, number]) => [name, Number(number)])));
  assert.deepEqual(Object.fromEntries(table('docs/call-rules.md', 'name | most').map(([name, most]) => [codes(name)[0], Number(most)])), source);
});

test('limits of the wire are those of limits.hpp', () => {
  const source = Object.fromEntries([...read('src/protocol/limits.hpp').matchAll(/inline constexpr std::\w+ (\w+)\s*=\s*([\d *]+);/g)]
    .map(([, name, value]) => [name, value.split('*').reduce((product, factor) => product * Number(factor), 1)]));
  /** What each row of the table limits, in order. */
  const rows = [['frame_bytes'], ['channel_bytes'], ['json_depth'], ['json_separators'], ['sdp_bytes'], ['sdp_media_lines'], ['sdp_candidates'],
    ['candidate_bytes', 'mid_bytes', 'ufrag_bytes'], ['candidates'], ['proof_bytes'], ['people'], ['name_bytes'], ['avatar_bytes']];
  const known = rows.flat().concat('m_line_index'); // an unsigned short by its specification
  assert.deepEqual(Object.keys(source).sort(), known.sort());
  const documented = table('docs/protocol.md', 'what | limit').map(([, value]) =>
    value.replace(/ bytes$/, '').split(', ').map((one) => Number(one.replace(' KiB', '')) * (one.endsWith('KiB') ? 1024 : 1)));
  assert.deepEqual(documented, rows.map((row) => row.map((name) => source[name])));
});

test('the rooms and their walls are those that the include checker knows', () => {
  const source = read('tools/check-includes.mjs').match(/const mayInclude = (\{[\s\S]*?\n\});/)?.[1] ?? assert.fail();
  const walls = Object.fromEntries([...source.matchAll(/^\s*'?([\w/]+)'?: \[([^\]]*)\]/gm)].map(([, room, list]) => [room, [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name)]));
  assert.deepEqual(Object.fromEntries(table('docs/architecture.md', 'room').map(([room, list]) => [codes(room)[0], codes(list)])), walls);
});

test('the ports are those of ports.hpp', () => {
  const classes = [...read('src/ports/ports.hpp').matchAll(/^class (\w+) \{/gm)].map(([, name]) => name);
  assert.deepEqual(table('docs/architecture.md', 'port').map(([name]) => codes(name)[0]), classes);
});

test('what the page said about one run of the inbox is so', () => {
  const app = read('src/app/app.cpp');
  assert.match(app, /items_per_run = 64;/);
  assert.match(app, /time_per_run\{4\}/);
});

test('the development server has the options of its page, and no other', () => {
  const source = [...new Set([...read('tools/server/options.cpp').matchAll(/"(--[a-z-]+)"/g)].map(([, flag]) => flag))].filter((flag) => flag !== '--help');
  const documented = table('docs/dev-server.md', 'option').flatMap(([option]) => [...option.matchAll(/--[a-z-]+/g)].map(([flag]) => flag));
  assert.ok(source.length > 5);
  assert.deepEqual(documented.sort(), source.sort());
});

test('every word for a refused frame is on the protocol page', () => {
  const sources = [...files().filter((path) => /^src\/protocol\/.*\.cpp$/.test(path)), 'src/platform/web/sockets.cpp'].map(read).join('\n');
  const words = [...sources.matchAll(/(?:return|Rejected\{|\? |: |\{)\s*"([a-z]+(?:-[a-z]+)*)"(?=[;},: ])/g)].map(([, word]) => word);
  const wire = new Set(['offer', 'answer', 'hangup', 'ringing', 'candidates', 'state', '']); // also words of the protocol itself
  const listed = new Set(codes(read('docs/protocol.md').slice(read('docs/protocol.md').indexOf('## Refused, ignored'))));
  const missing = [...new Set(words)].filter((word) => !wire.has(word) && !listed.has(word));
  assert.ok(words.length > 15, `only ${words.length} words found`);
  assert.deepEqual(missing, []);
});

test('every kind of flood is measured by a test, and has its row in the table', () => {
  const source = read('tests/e2e/cases/hostile.mjs');
  assert.deepEqual(KINDS.filter((kind) => !source.includes(`t.notes, '${kind}')`)), [], 'kinds that nobody measures');
  assert.deepEqual(table('docs/measurements.md', 'hostile messages').map(([kind]) => kind), KINDS);
});
