// Starting, stopping, TLS, the command line and the levers for tests.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import test from 'node:test';
import { binary, folder, Server, shell } from './support.mjs';

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  test(`${signal} closes open sockets with 1001 and ends with 0`, async (t) => {
    const server = await Server.start(t);
    const clients = [await server.call(1), await server.call(2), await server.notify(2)];
    server.child.kill(signal);
    assert.deepEqual(await Promise.all(clients.map((client) => client.closed)), [1001, 1001, 1001]);
    assert.deepEqual(await server.exit, [0, null]);
  });
}

test('a client that does not answer does not keep the server from ending', async (t) => {
  const server = await Server.start(t);
  const deaf = await server.call(1);
  deaf.socket.pause();
  server.child.kill('SIGTERM');
  assert.deepEqual(await server.exit, [0, null]);
  deaf.socket.terminate();
});

test('a certificate makes it https and wss', async (t) => {
  const place = folder(t);
  const [cert, key] = [join(place, 'cert.pem'), join(place, 'key.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = await Server.start(t, ['--tls-cert', cert, '--tls-key', key]);
  assert.match(server.url, /^https:/);
  const trust = { ca: readFileSync(cert) };
  const status = await new Promise((resolve, reject) => {
    request(`${server.url}/as/1/chat/1/`, trust, (response) => resolve(response.resume().statusCode)).on('error', reject).end();
  });
  assert.equal(status, 200);
  const [alice, bob] = [await server.open('/as/1/ws/call/1/', trust), await server.open('/as/2/ws/call/1/', trust)];
  const blob = 'x'.repeat(2_000_000);
  alice.send({ type: 'webrtc.ringing', payload: { blob } });
  assert.equal(JSON.parse(await bob.next()).payload.blob, blob);
  assert.equal(await server.connect('/as/5/ws/call/1/', trust), 403);
});

for (const [what, options, error] of /** @type {[string, string[], RegExp][]} */ ([
  ['no accounts', ['--www', shell], /--accounts FILE is required/],
  ['accounts that are not there', ['--www', shell, '--accounts', '/nowhere.json'], /cannot read \/nowhere.json/],
  ['an unknown argument', ['--prot', '1'], /unknown argument '--prot'/],
  ['a port that is none', ['--port', '99999'], /--port does not accept '99999'/],
  ['a missing value', ['--port'], /--port needs a value/],
  ['half a certificate', ['--www', shell, '--accounts', 'x', '--tls-key', 'k'], /belong together/],
])) {
  test(`${what} is refused with one sentence`, () => {
    const { status, stderr } = spawnSync(binary, options, { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, error);
  });
}

for (const [what, content, error] of /** @type {[string, string, RegExp][]} */ ([
  ['not JSON', '{', /not JSON with the lists/],
  ['no lists', '{}', /not JSON with the lists/],
  ['two users with one id', '{"users":[{"id":1},{"id":1}],"chats":[]}', /own positive "id"/],
  ['a chat with a stranger', '{"users":[{"id":1}],"chats":[{"id":1,"kind":"private","members":[1,2]}]}', /chat 1: members are ids of users/],
  ['a chat of no kind', '{"users":[{"id":1}],"chats":[{"id":1,"members":[1]}]}', /chat 1: "kind" is private or group/],
])) {
  test(`an accounts file with ${what} is refused`, (t) => {
    const file = join(folder(t), 'accounts.json');
    writeFileSync(file, content);
    const { status, stderr } = spawnSync(binary, ['--www', shell, '--accounts', file], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, error);
  });
}

test('a port that is taken is refused', async (t) => {
  const server = await Server.start(t);
  const accounts = join(folder(t), 'accounts.json');
  writeFileSync(accounts, '{"users":[],"chats":[]}');
  const { status, stderr } = spawnSync(binary, ['--www', shell, '--accounts', accounts, '--port', new URL(server.url).port],
    { encoding: 'utf8' });
  if (!stderr.includes('LeakSanitizer')) assert.equal(status, 2);  // the library leaks when it cannot bind
  assert.match(stderr, /cannot listen on 127.0.0.1:\d+/);
});

test('--help says what it is for', () => {
  const { status, stdout } = spawnSync(binary, ['--help'], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /For development and demos only/);
});

test('the accounts that come with it are accepted', (t) => {
  const file = new URL('../../tools/server/accounts.json', import.meta.url).pathname;
  const { stderr } = spawnSync(binary, ['--www', join(folder(t), 'none'), '--accounts', file], { encoding: 'utf8' });
  assert.match(stderr, /no directory/, 'and only the missing directory is complained about');
});

test('levers exist only with --test-controls', async (t) => {
  const server = await Server.start(t);
  assert.equal((await server.raw('/test/frames')).status, 404);
  assert.equal((await server.raw('/test/refuse?on=1', { method: 'POST' })).status, 405);
});

test('a test can drop sockets, refuse new ones and read what was relayed', async (t) => {
  const server = await Server.start(t, ['--test-controls']);
  const post = async (/** @type {string} */ path) => JSON.parse((await server.raw(path, { method: 'POST' })).body.toString());
  const [alice, bob, notify] = [await server.call(1), await server.call(2), await server.notify(1)];
  alice.send({ type: 'webrtc.end', payload: { reason: 'büsy' } });
  alice.send({ type: 'webrtc.nothing', payload: {} });
  await bob.next();
  assert.deepEqual(await post('/test/sockets/drop?user=1'), { dropped: 2 });
  assert.deepEqual(await Promise.all([alice.closed, notify.closed]), [1006, 1006]);
  assert.deepEqual(await post('/test/refuse?on=1'), { refusing: true });
  assert.equal(await server.connect('/as/1/ws/call/1/'), 503);
  assert.deepEqual(await post('/test/refuse?on=0'), { refusing: false });
  (await server.call(1)).send({ type: 'webrtc.ringing', payload: {} });
  await bob.next();
  const frames = JSON.parse((await server.raw('/test/frames')).body.toString());
  assert.deepEqual(frames.map((/** @type {any} */ f) => [f.chat, f.from, f.type, f.size, f.payload]),
    [[1, 1, 'webrtc.end', 23, { reason: 'büsy' }], [1, 1, 'webrtc.ringing', 2, {}]]);
});
