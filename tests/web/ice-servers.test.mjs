import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readIceServers } from '../../web/ice-servers.js';

const builtIn = ['stun', 'stun1', 'stun2'].map((name) => ({ urls: `stun:${name}.l.google.com:19302` }));

for (const absent of [undefined, null, []])
  test(`${JSON.stringify(absent) ?? 'undefined'} means the built-in servers`, () => {
    assert.deepEqual(readIceServers(absent), { servers: builtIn, dropped: 0 });
  });

test('good entries pass with nothing but what a browser reads', () => {
  const list = [
    { urls: 'stun:a.example:3478', note: 'ours' },
    { urls: ['turn:b.example', 'turns:b.example:443?transport=tcp'], username: 'u', credential: 'p' },
    { url: 'stun:old.example' },
    { urls: 'STUN:[2001:db8::1]:3478' },
  ];
  assert.deepEqual(readIceServers(list), {
    servers: [
      { urls: ['stun:a.example:3478'] },
      { urls: ['turn:b.example', 'turns:b.example:443?transport=tcp'], username: 'u', credential: 'p' },
      { urls: ['stun:old.example'] },
      { urls: ['STUN:[2001:db8::1]:3478'] },
    ],
    dropped: 0,
  });
});

test('one entry that is not in a list is taken as a list of one', () => {
  assert.deepEqual(readIceServers({ urls: 'stun:a.example' }), { servers: [{ urls: ['stun:a.example'] }], dropped: 0 });
});

const junk = [
  null, 5, 'stun:a.example', {}, { urls: '' }, { urls: [] }, { urls: [5] }, { urls: 'http://a.example' }, { urls: 'stun:' },
  { urls: 'stun:a b' }, { urls: 'stun:a.example?transport=udp' }, { urls: 'turn:a.example' },
  { urls: 'turn:a.example', username: 'u' }, { urls: 'turn:a.example', username: 'u', credential: 5 },
  { urls: 'turn:a.example?transport=sctp', username: 'u', credential: 'p' },
];
for (const entry of junk)
  test(`${JSON.stringify(entry)} is dropped and counted, and the rest is used`, () => {
    assert.deepEqual(readIceServers([entry, { urls: 'stun:a.example' }]), { servers: [{ urls: ['stun:a.example'] }], dropped: 1 });
  });

test('a list of junk alone falls back to the built-in servers', () => {
  assert.deepEqual(readIceServers(junk), { servers: builtIn, dropped: junk.length });
});
