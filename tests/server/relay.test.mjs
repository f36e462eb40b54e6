// The real server's rules for call and notify sockets, each as one sentence.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ACCOUNTS, Server } from './support.mjs';

const OFFER = { type: 'webrtc.offer', payload: { sdp: 'v=0\r\n', type: 'offer', audioOnly: false } };
/** Anything that arrives after silence proves the silence. @param {string} name */
const marker = (name) => ({ type: 'webrtc.ringing', payload: { marker: name } });
/** @param {number} from @param {string} name */
const marked = (from, name) => `{"type": "webrtc.ringing", "from_user_id": ${from}, "payload": {"marker": "${name}"}}`;

for (const type of ['webrtc.offer', 'webrtc.answer', 'webrtc.ice', 'webrtc.end', 'webrtc.ringing']) {
  test(`${type} is relayed with the sender's id, in Python's spelling`, async (t) => {
    const server = await Server.start(t);
    const [alice, bob] = [await server.call(1), await server.call(2)];
    alice.send({ type, payload: { sdp: 'x' } });
    assert.equal(await bob.next(), `{"type": "${type}", "from_user_id": 1, "payload": {"sdp": "x"}}`);
  });
}

for (const [what, message] of /** @type {[string, unknown][]} */ ([
  ['an unknown type', { type: 'webrtc.hello', payload: {} }],
  ['incoming.call sent by a client', { type: 'incoming.call', payload: {} }],
  ['a missing type', { payload: {} }],
  ['a type that is a number', { type: 5, payload: {} }],
  ['text that is not JSON', 'hello'],
  ['JSON with rubbish behind it', '{"type":"webrtc.end","payload":{}} x'],
  ['JSON cut short', '{"type":"webrtc.end","payload":{'],
  ['a control character inside a string', '{"type":"webrtc.end","payload":"\u0001"}'],
  ['empty text', ''],
])) {
  test(`${what} is dropped without a word`, async (t) => {
    const server = await Server.start(t);
    const [alice, bob] = [await server.call(1), await server.call(2)];
    alice.send(message);
    alice.send(marker('after'));
    assert.equal(await bob.next(), marked(1, 'after'));
  });
}

for (const [what, message] of /** @type {[string, unknown][]} */ ([
  ['a binary frame', Buffer.from(JSON.stringify(OFFER))],
  ['a JSON list', '[]'],
  ['a JSON string', '"webrtc.offer"'],
  ['JSON null', 'null'],
  ['a JSON number', '17'],
  ['an offer whose payload is null', { type: 'webrtc.offer', payload: null }],
  ['an offer whose payload is a list', { type: 'webrtc.offer', payload: [] }],
  ['an offer whose payload is text', { type: 'webrtc.offer', payload: 'sdp' }],
  ['JSON nested deeper than Python follows', `{"type":"webrtc.ice","payload":${'['.repeat(5000)}${']'.repeat(5000)}}`],
])) {
  test(`${what} closes the sender's socket with 1011 and reaches nobody`, async (t) => {
    const server = await Server.start(t);
    const [alice, bob] = [await server.call(1), await server.call(2)];
    alice.send(message);
    assert.equal(await alice.closed, 1011);
    (await server.call(1)).send(marker('after'));
    assert.equal(await bob.next(), marked(1, 'after'));
  });
}

for (const [what, payload] of /** @type {[string, string][]} */ ([
  ['null', 'null'],
  ['a list', '[1, 2]'],
  ['text', '"x"'],
])) {
  test(`only an offer must have an object: webrtc.ice with ${what} passes`, async (t) => {
    const server = await Server.start(t);
    const [alice, bob] = [await server.call(1), await server.call(2)];
    alice.send(`{"type":"webrtc.ice","payload":${payload}}`);
    assert.equal(await bob.next(), `{"type": "webrtc.ice", "from_user_id": 1, "payload": ${payload}}`);
  });
}

test('a missing payload arrives as the empty object', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  alice.send('{"type":"webrtc.end"}');
  assert.equal(await bob.next(), '{"type": "webrtc.end", "from_user_id": 1, "payload": {}}');
});

test('of the top level only type and payload survive, and nobody can pretend to be another', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  alice.send({ type: 'webrtc.end', from_user_id: 2, to: 5, payload: { reason: 'busy', v: 2 }, extra: true });
  assert.equal(await bob.next(), '{"type": "webrtc.end", "from_user_id": 1, "payload": {"reason": "busy", "v": 2}}');
});

test('nothing comes back to any socket of the same user', async (t) => {
  const server = await Server.start(t);
  const [tab1, tab2, notify1, bob] = [await server.call(1), await server.call(1), await server.notify(1), await server.call(2)];
  tab1.send(OFFER);
  await bob.next();
  bob.send(OFFER);
  for (const tab of [tab1, tab2]) assert.match(await tab.next(), /"from_user_id": 2/);
  assert.match(await notify1.next(), /"incoming.call", "from_user_id": 2/);
});

test('every socket of the other user gets a copy', async (t) => {
  const server = await Server.start(t);
  const alice = await server.call(1);
  const tabs = [await server.call(2), await server.call(2), await server.call(2)];
  alice.send(marker('all'));
  for (const tab of tabs) assert.equal(await tab.next(), marked(1, 'all'));
});

test('a group relays to everybody else in it, and pushes nothing', async (t) => {
  const server = await Server.start(t);
  const [alice, bob, carol] = [await server.call(1, 2), await server.call(2, 2), await server.call(3, 2)];
  const [notifyBob, privateAlice] = [await server.notify(2), await server.call(1, 1)];
  alice.send(OFFER);
  for (const other of [bob, carol]) assert.match(await other.next(), /"webrtc.offer", "from_user_id": 1/);
  privateAlice.send(OFFER);
  assert.match(await notifyBob.next(), /"chat_id": 1/, 'the first push is the private one');
});

test('chats do not hear each other', async (t) => {
  const server = await Server.start(t);
  const [alice1, alice2, bob1] = [await server.call(1, 1), await server.call(1, 2), await server.call(2, 1)];
  alice2.send(marker('group'));
  alice1.send(marker('private'));
  assert.equal(await bob1.next(), marked(1, 'private'));
});

test('who joins late has missed everything', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  alice.send(marker('early'));
  await bob.next();
  const late = await server.call(2);
  alice.send(marker('late'));
  assert.equal(await late.next(), marked(1, 'late'));
});

test('an offer in a private chat is pushed to each notify socket of the other member', async (t) => {
  const server = await Server.start(t);
  const alice = await server.call(1);
  const tabs = [await server.notify(2), await server.notify(2)];
  alice.send(OFFER);
  const name = '"Zo\\u00eb \\"Z\\" <b>\\ud83d\\ude00"';
  const avatar = JSON.stringify(ACCOUNTS.users[0].avatar);
  const push = `{"type": "incoming.call", "from_user_id": 1, "chat_id": 1, "audioOnly": false, "from_full_name": ${name}, "from_avatar": ${avatar}}`;
  for (const tab of tabs) assert.equal(await tab.next(), push);
});

test('a caller without name and avatar is pushed with null', async (t) => {
  const server = await Server.start(t);
  const [carol, notify] = [await server.call(3, 3), await server.notify(1)];
  carol.send(OFFER);
  assert.match(await notify.next(), /"from_full_name": null, "from_avatar": null\}$/);
});

test('only an offer pushes', async (t) => {
  const server = await Server.start(t);
  const [alice, notify] = [await server.call(1), await server.notify(2)];
  for (const type of ['webrtc.answer', 'webrtc.ice', 'webrtc.ringing', 'webrtc.end']) alice.send({ type, payload: { type: 'offer' } });
  alice.send({ type: 'webrtc.offer', payload: { audioOnly: true } });
  assert.match(await notify.next(), /"audioOnly": true/, 'the first push comes from the offer');
});

for (const [given, pushed] of /** @type {[string, boolean][]} */ ([
  ['', false], ['"audioOnly":true', true], ['"audioOnly":false', false], ['"audioOnly":1', true], ['"audioOnly":0', false],
  ['"audioOnly":0.0', false], ['"audioOnly":"false"', true], ['"audioOnly":""', false], ['"audioOnly":null', false],
  ['"audioOnly":[]', false], ['"audioOnly":{"a":1}', true], ['"audioOnly":true,"audioOnly":false', false],
])) {
  test(`an offer with {${given}} is pushed as audioOnly ${pushed}`, async (t) => {
    const server = await Server.start(t);
    const [alice, notify] = [await server.call(1), await server.notify(2)];
    alice.send(`{"type":"webrtc.offer","payload":{${given}}}`);
    assert.equal(JSON.parse(await notify.next()).audioOnly, pushed);
  });
}

test('what is sent into a notify socket is ignored', async (t) => {
  const server = await Server.start(t);
  const [notify, bob, alice] = [await server.notify(1), await server.call(2), await server.call(1)];
  notify.send(OFFER);
  notify.send(Buffer.from('x'));
  alice.send(marker('after'));
  assert.equal(await bob.next(), marked(1, 'after'));
  bob.send(OFFER);
  assert.match(await notify.next(), /incoming.call/, 'and it stays open');
});
