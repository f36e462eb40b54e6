// What happens to a payload on its way: nothing but Python's spelling. Each right-hand side is CPython 3.11's
// json.dumps(json.loads(left)).
import assert from 'node:assert/strict';
import test from 'node:test';
import { Server } from './support.mjs';

/** @type {[string, string, string][]} */
const TABLE = [
  ['unknown fields, in order', '{"z":1,"a":{"v":2,"deep":[{}]}}', '{"z": 1, "a": {"v": 2, "deep": [{}]}}'],
  ['white space', ' {\t"a" :\n[ 1 ,\r2 ] } ', '{"a": [1, 2]}'],
  ['empty things', '[{},[],"",null,true,false]', '[{}, [], "", null, true, false]'],
  ['line ends', '"v=0\\r\\no=-\\ta\\u000cb\\b"', '"v=0\\r\\no=-\\ta\\fb\\b"'],
  ['quotes and slashes', '"\\"\\\\\\/"', '"\\"\\\\/"'],
  ['umlauts', '"Zoë"', '"Zo\\u00eb"'],
  ['Devanagari', '"अ"', '"\\u0905"'],
  ['beyond the basic plane', '"\u{1F600}"', '"\\ud83d\\ude00"'],
  ['an escaped pair', '"\\uD83D\\uDE00"', '"\\ud83d\\ude00"'],
  ['a lone surrogate', '"\\uD800x"', '"\\ud800x"'],
  ['the delete character', '"\u007f"', '"\\u007f"'],
  ['an escaped zero', '"\\u0000"', '"\\u0000"'],
  ['keys outside ASCII', '{"ключ":1}', '{"\\u043a\\u043b\\u044e\\u0447": 1}'],
  ['integers beyond 64 bits', '123456789012345678901234567890', '123456789012345678901234567890'],
  ['negative zero', '[-0,-0.0]', '[0, -0.0]'],
  ['floats', '[1.0,1.50,0.1,1e2,1E+2,1e-5,1.5e16,1e15,123456.789,1e400]',
    '[1.0, 1.5, 0.1, 100.0, 100.0, 1e-05, 1.5e+16, 1000000000000000.0, 123456.789, Infinity]'],
  ['what JSON forbids and Python allows', '[NaN,Infinity,-Infinity]', '[NaN, Infinity, -Infinity]'],
];

for (const [what, sent, expected] of TABLE) {
  test(`${what}: ${expected}`, async (t) => {
    const server = await Server.start(t);
    const [alice, bob] = [await server.call(1), await server.call(2)];
    alice.send(`{"type":"webrtc.ice","payload":${sent}}`);
    assert.equal(await bob.next(), `{"type": "webrtc.ice", "from_user_id": 1, "payload": ${expected}}`);
  });
}

for (const wrong of ['01', '1.', '.5', '+1', '1e', "{'a':1}", '{a:1}', '[1,]', '{"a":1,}', '"\\x41"', '"\\u12"', 'tru', '']) {
  test(`${wrong || 'nothing'} is not JSON, so the message is dropped`, async (t) => {
    const server = await Server.start(t);
    const [alice, bob] = [await server.call(1), await server.call(2)];
    alice.send(`{"type":"webrtc.ice","payload":${wrong}}`);
    alice.send('{"type":"webrtc.end","payload":{}}');
    assert.match(await bob.next(), /"webrtc.end"/);
  });
}

test('a payload of five megabytes passes', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  const blob = 'x'.repeat(5_000_000);
  alice.send({ type: 'webrtc.ringing', payload: { blob } });
  assert.equal(JSON.parse(await bob.next()).payload.blob, blob);
});

test('a message in many fragments is one message', async (t) => {
  const server = await Server.start(t);
  const [alice, bob] = [await server.call(1), await server.call(2)];
  const text = JSON.stringify({ type: 'webrtc.ringing', payload: { name: 'Zoë'.repeat(100) } });
  for (const [index, character] of [...text].entries()) alice.socket.send(character, { fin: index === text.length - 1 });
  assert.equal(JSON.parse(await bob.next()).payload.name, 'Zoë'.repeat(100));
});
