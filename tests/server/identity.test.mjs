// Who is who, and who is let in.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, Server } from './support.mjs';

const cookie = (/** @type {number | string} */ id) => ({ headers: { Cookie: `other=1; odnix_dev_user=${id}` } });

for (const [who, path, options, status] of /** @type {[string, string, object, number][]} */ ([
  ['nobody', '/ws/call/1/', {}, 403],
  ['nobody', '/ws/notify/', {}, 403],
  ['a member of other chats', '/as/4/ws/call/1/', {}, 403],
  ['a user in no chat', '/as/5/ws/call/1/', {}, 403],
  ['an id that nobody has', '/as/99/ws/notify/', {}, 403],
  ['an id that is not a number', '/as/1x/ws/notify/', {}, 403],
  ['a cookie with an unknown id', '/ws/notify/', cookie(99), 403],
  ['a cookie of a stranger', '/ws/call/1/', cookie(4), 403],
  ['a stranger by address with a member\'s cookie', '/as/4/ws/call/1/', cookie(1), 403],
  ['a member, to a chat that does not exist', '/as/1/ws/call/77/', {}, 403],
  ['a member, without the last slash', '/as/1/ws/call/1', {}, 404],
  ['a member, to a chat without number', '/as/1/ws/call/x/', {}, 404],
  ['a member, to another path', '/as/1/ws/other/', {}, 404],
])) {
  test(`the handshake of ${who} at ${path} is refused with ${status}`, async (t) => {
    const server = await Server.start(t);
    assert.equal(await server.connect(path, options), status);
    assert.match(await server.says(/^refused/), new RegExp(`^refused ${status} ${path}: `));
  });
}

for (const [who, path, options] of /** @type {[string, string, object][]} */ ([
  ['the address', '/as/1/ws/call/1/', {}],
  ['the cookie', '/ws/call/1/', cookie(1)],
  ['the address, against a cookie', '/as/1/ws/call/1/', cookie(4)],
  ['the cookie, from a foreign origin', '/ws/call/1/', { ...cookie(1), origin: 'https://evil.example' }],
])) {
  test(`a member is known by ${who}`, async (t) => {
    const server = await Server.start(t);
    const [bob, alice] = [await server.call(2), await server.connect(path, options)];
    assert.ok(alice instanceof Client);
    alice.send({ type: 'webrtc.end', payload: {} });
    assert.match(await bob.next(), /"from_user_id": 1,/);
  });
}

test('signing in sets the cookie and goes on to the page', async (t) => {
  const server = await Server.start(t);
  const { status, headers } = await server.raw('/login/2?next=%2Fchat%2F1%2F');
  assert.equal(status, 303);
  assert.equal(headers.location, '/chat/1/');
  assert.match(String(headers['set-cookie']), /^odnix_dev_user=2; Path=\/; SameSite=Lax$/);
  assert.equal((await server.raw('/login/99')).status, 404);
  assert.equal((await server.raw('/login/x')).status, 404);
});

for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a%20b', '']) {
  test(`signing in does not go on to ${next || 'nothing'}`, async (t) => {
    const server = await Server.start(t);
    const { headers } = await server.raw(`/login/2?next=${next}`);
    assert.equal(headers.location, '/');
  });
}

test('signing in cannot be made to write header lines', async (t) => {
  const server = await Server.start(t);
  for (const next of ['/a%0d%0aX-Injected:%201', '/a%250d%250aX-Injected:%201', '/%0aX-Injected:%201']) {
    const { status, headers } = await server.raw(`/login/2?next=${next}`);
    assert.equal(status, 303);
    assert.equal(headers['x-injected'], undefined);
  }
});

test('api/me.json tells who I am and with whom I talk', async (t) => {
  const server = await Server.start(t);
  assert.equal((await server.raw('/api/me.json')).status, 403);
  const me = JSON.parse((await server.raw('/as/3/api/me.json')).body.toString());
  assert.deepEqual([me.id, me.name], [3, null]);
  assert.deepEqual(me.chats.map((/** @type {any} */ chat) => [chat.id, chat.kind]), [[2, 'group'], [3, 'private']]);
  assert.deepEqual(me.chats[1].members[1], { id: 3, name: null, avatar: null });
  const byCookie = JSON.parse((await server.raw('/api/me.json', cookie(2))).body.toString());
  assert.equal(byCookie.id, 2);
});
