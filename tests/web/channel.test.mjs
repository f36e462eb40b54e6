// The data channel of a peer: made before the first description, closed by a flood, silent once its peer is gone.
// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakePeerConnection } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';

const channelOf = (glue, id = 3) => {
  glue.createPeer(id, true, false);
  glue.openChannel(id);
  const connection = FakePeerConnection.made.at(-1);
  return { connection, channel: connection.channel };
};
const say = (channel, data) => channel.dispatchEvent(Object.assign(new Event('message'), { data }));

test('a channel is negotiated under number 0: both sides make it, none announces it', (t) => {
  const { glue, reports } = glueFor(t);
  const { connection, channel } = channelOf(glue);
  assert.deepEqual(connection.channelOptions, { negotiated: true, id: 0 });
  channel.open();
  say(channel, 'text');
  channel.end();
  channel.end();
  assert.deepEqual(reports, [
    { type: 'channel-opened', peer: 3 },
    { type: 'channel-message', peer: 3, text: 'text' },
    { type: 'channel-closed', peer: 3 },
  ]);
});

test('what is sent waits for nothing: a channel that does not stand drops it', (t) => {
  const { glue, reports } = glueFor(t);
  const { channel } = channelOf(glue);
  glue.sendByChannel(3, 'too early');
  channel.open();
  glue.sendByChannel(3, 'in time');
  glue.sendByChannel(4, 'nobody');
  channel.end();
  glue.sendByChannel(3, 'too late');
  assert.deepEqual(channel.sent, ['in time']);
  assert.deepEqual(reports.map(({ type }) => type), ['channel-opened', 'channel-closed']);
});

test('a closed peer is silent', (t) => {
  const { glue, reports } = glueFor(t);
  const { channel } = channelOf(glue);
  channel.open();
  glue.closePeer(3);
  reports.length = 0;
  say(channel, 'late');
  channel.end();
  assert.deepEqual(reports, []);
});

test('binary and huge messages are refused one by one, the channel stays', (t) => {
  const { glue, reports } = glueFor(t);
  const { channel } = channelOf(glue);
  channel.open();
  say(channel, new ArrayBuffer(8));
  say(channel, 'x'.repeat(65537));
  say(channel, 'x'.repeat(65536));
  assert.deepEqual(reports.map(({ type, reason }) => reason ?? type), ['channel-opened', 'binary', 'too-large', 'channel-message']);
  assert.equal(channel.readyState, 'open');
});

test('a flood closes the channel, not the connection', (t) => {
  const { glue, reports, types } = glueFor(t);
  const { connection, channel } = channelOf(glue);
  channel.open();
  for (let i = 0; i < 400; i += 1) say(channel, 'spam');
  const passed = reports.filter(({ type }) => type === 'channel-message').length;
  assert.ok(passed >= 200 && passed < 260, `${passed} passed`);
  assert.deepEqual(types().slice(-2), ['channel-refused', 'channel-closed']);
  assert.equal(reports.at(-2).reason, 'flood');
  assert.equal(channel.readyState, 'closed');
  assert.equal(connection.closed, false);
});

test('a flood of bytes is a flood too', (t) => {
  const { glue, reports } = glueFor(t);
  const { channel } = channelOf(glue);
  channel.open();
  for (let i = 0; i < 20; i += 1) say(channel, 'x'.repeat(60000));
  const passed = reports.filter(({ type }) => type === 'channel-message').length;
  assert.ok(passed >= 4 && passed <= 6, `${passed} passed`);
  assert.equal(channel.readyState, 'closed');
});
