// @ts-nocheck see support/loader.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { domError, settled } from './support/browser.mjs';
import { loaderFor, response } from './support/loader.mjs';

const config = { userId: 7, chatId: 12 };

test('the API is there at once and calls wait for the module, in order', async (t) => {
  const { load, module, errors } = loaderFor(t);
  const api = load(config);
  api.startVideoCall();
  api.endCall();
  assert.equal(api.state, 'idle');
  assert.equal(api.version, '1.2.3');
  assert.deepEqual(module.calls, []);
  await api.ready;
  assert.deepEqual(module.calls, [['start'], ['command', 'video'], ['command', 'end']]);
  api.startAudioCall();
  assert.deepEqual(module.calls.at(-1), ['command', 'audio']);
  assert.equal(api.debug.journal(), 'lines');
  assert.deepEqual(errors(), []);
});

test('impatient clicks before the module is ready are bounded', async (t) => {
  const { load, module } = loaderFor(t);
  const api = load(config);
  for (let i = 0; i < 1000; i += 1) api.startVideoCall();
  await api.ready;
  assert.equal(module.calls.length, 1 + 16);
});

test('the module gets the checked config and starts with nothing but its own exports', async (t) => {
  const { load, module, fetched } = loaderFor(t);
  await load({ userId: '7', chatId: '12', wsScheme: 'ws', host: 'localhost:8080/as/1/', notify: false, peerName: 'Bob', debug: 1 }).ready;
  assert.deepEqual(module.options.config, {
    user: 7, chat: 12, socketBase: 'ws://localhost:8080/as/1', notify: false, canCall: true, canShare: true, peerName: 'Bob', peerAvatar: '', debug: true,
    group: false, members: [], blocked: [], preconnect: 1,
  });
  assert.deepEqual(fetched, ['https://chat.example/x.wasm']);
});

for (const [preconnect, number] of [['auto', 1], ['always', 2], ['never', 0], ['sometimes', 1]])
  test(`preconnect: ${preconnect}, in the module's words`, async (t) => {
    const { load, module } = loaderFor(t);
    await load({ ...config, preconnect }).ready;
    assert.equal(module.options.config.preconnect, number);
  });

test('a group and whom the page knows in it; entries that are no people are left out', async (t) => {
  const { load, module } = loaderFor(t);
  const members = [{ id: '3', name: 'Carol', avatar: null }, { name: 'nobody' }, null, 7, { id: 4 }];
  await load({ ...config, group: true, members }).ready;
  assert.equal(module.options.config.group, true);
  assert.deepEqual(module.options.config.members, [{ user: 3, name: 'Carol', avatar: '' }, { user: 4, name: '', avatar: '' }]);
});

test('what is no list has no members, and only true makes a group', async (t) => {
  const { load, module } = loaderFor(t);
  await load({ ...config, group: 'yes', members: 'Carol' }).ready;
  assert.deepEqual([module.options.config.group, module.options.config.members], [false, []]);
});

test('whose calls are not wanted: by the config, and by block(), before and after the client runs', async (t) => {
  const { load, module, errors } = loaderFor(t);
  const api = load({ ...config, blocked: ['8', 9, 'nobody', null, -1] });
  api.block(4);
  await api.ready;
  assert.deepEqual(module.options.config.blocked, [8, 9]);
  api.block('8', false);
  await settled();
  const said = module.calls.filter(([name, message]) => name === 'report' && message.type === 'person-blocked').map(([, { user, on }]) => [user, on]);
  assert.deepEqual(said, [[4, true], [8, false]]);
  api.block('Bob');
  assert.deepEqual(errors(), [['block-invalid', false]]);
});

test('a client that starts anew knows who was blocked since', async (t) => {
  const { load, module } = loaderFor(t);
  const api = load(config);
  await api.ready;
  api.block(4);
  module.options.onAbort('gone');
  module.calls.length = 0;
  t.mock.timers.tick(1000);
  await settled();
  const said = module.calls.filter(([name, message]) => name === 'report' && message.type === 'person-blocked');
  assert.deepEqual(said.map(([, { user, on }]) => [user, on]), [[4, true]]);
});

test('servers, their names and their passwords stay outside of the module', async (t) => {
  const { load, module } = loaderFor(t);
  await load({ ...config, relayOnly: true, iceServers: async () => [{ urls: 'turn:turn.example', username: 'nina', credential: 'secret' }] }).ready;
  await settled();
  assert.doesNotMatch(JSON.stringify([module.options.config, module.calls]), /nina|secret|turn/);
});

test('loaded twice there is one client', async (t) => {
  const { load, fetched } = loaderFor(t);
  const first = load(config);
  assert.equal(load({ userId: 8 }), first);
  await first.ready;
  assert.equal(load(undefined), first);
  assert.equal(fetched.length, 1);
});

const refused = [
  ['no config', undefined, 'config-missing'],
  ['null', null, 'config-missing'],
  ['a text', 'userId=7', 'config-invalid'],
  ['a list', [7, 12], 'config-invalid'],
  ['no userId', { chatId: 1 }, 'user-id-invalid'],
  ['a userId of 0', { userId: 0 }, 'user-id-invalid'],
  ['a userId that is no number', { userId: 'bob' }, 'user-id-invalid'],
  ['a userId with a fraction', { userId: 1.5 }, 'user-id-invalid'],
  ['a userId beyond 2^53', { userId: '9007199254740993' }, 'user-id-invalid'],
  ['a userId that is an object', { userId: { toString: () => '7' } }, 'user-id-invalid'],
  ['a host with a query', { userId: 7, host: 'a.example/?x=1' }, 'host-invalid'],
  ['a host with a fragment', { userId: 7, host: 'a.example/#x' }, 'host-invalid'],
  ['a host with a password', { userId: 7, host: 'u:p@a.example' }, 'host-invalid'],
  ['a host that is a URL', { userId: 7, host: 'https://a.example' }, 'host-invalid'],
  ['a host with a space', { userId: 7, host: 'a example' }, 'host-invalid'],
  ['a host that is a number', { userId: 7, host: 5 }, 'host-invalid'],
];
for (const [what, junk, code] of refused)
  test(`${what}: one fatal ${code}, and every later call reports instead of throwing`, async (t) => {
    const { load, errors, browser, fetched, rejections } = loaderFor(t);
    const api = load(junk);
    await assert.rejects(api.ready, { name: 'OdnixCallError', code });
    assert.deepEqual(errors(), [[code, true]]);
    assert.equal(browser.warnings.length, 1);
    assert.match(browser.warnings[0], new RegExp(`^\\[odnix-call\\] .*\\(${code}\\)$`));
    assert.deepEqual(fetched, []);
    api.startVideoCall();
    api.endCall();
    assert.deepEqual(errors().slice(1), [['not-running', false], ['not-running', false]]);
    assert.equal(api.debug.journal(), '');
    await settled();
    assert.deepEqual(rejections, []);
  });

const tolerated = [
  ['a chatId that is no number', { chatId: 'general' }, 'chat-id-invalid'],
  ['a preconnect that is no word of ours', { preconnect: 'sometimes' }, 'preconnect-invalid'],
  ['a negative chatId', { chatId: -3 }, 'chat-id-invalid'],
  ['an unknown wsScheme', { wsScheme: 'https' }, 'ws-scheme-invalid'],
  ['a junk ICE server', { iceServers: [{ urls: 'stun:a.example' }, { urls: 'http://a.example' }] }, 'ice-servers-invalid'],
];
for (const [what, junk, code] of tolerated)
  test(`${what}: told once, and the client runs`, async (t) => {
    const { load, errors } = loaderFor(t);
    await load({ userId: 7, ...junk }).ready;
    assert.deepEqual(errors(), [[code, false]]);
  });

test('a page of no chat can be called but cannot call, and says so only when asked to', async (t) => {
  const { load, module, errors } = loaderFor(t);
  const api = load({ userId: 7 });
  api.startVideoCall();
  await api.ready;
  assert.equal(module.options.config.chat, 0);
  assert.deepEqual(errors(), [['no-chat', false]]);
  api.startAudioCall();
  api.endCall();
  assert.deepEqual(errors(), [['no-chat', false], ['no-chat', false]]);
  assert.deepEqual(module.calls, [['start'], ['command', 'end']]);
});

test('a browser without WebRTC and a page that is not secure are told apart', async (t) => {
  const { load, module, errors, freshPage } = loaderFor(t);
  delete globalThis.RTCPeerConnection;
  await load(config).ready;
  assert.equal(module.options.config.canCall, false);
  delete navigator.mediaDevices;
  globalThis.RTCPeerConnection = class {};
  freshPage();
  await load(config).ready;
  assert.deepEqual(errors(), [['webrtc-unavailable', false], ['insecure-origin', false]]);
});

const csp = "WebAssembly.compileStreaming(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source";
const broken = [
  ['a network that fails', async () => { throw new TypeError('Failed to fetch'); }, 'wasm-unreachable'],
  ['a 404', async () => response('no', { status: 404, type: 'text/html' }), 'wasm-not-found'],
  ['an HTML page instead of the file', async () => response('<!doctype html>', { type: 'text/html' }), 'wasm-invalid'],
  ['an empty file', async () => response('', { type: 'application/octet-stream' }), 'wasm-invalid'],
  ['a truncated file of the right type', async () => response(new Uint8Array([0, 0x61, 0x73])), 'wasm-invalid'],
  ['a file that is cut in the middle', async () => response(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9]), { type: '' }), 'wasm-invalid'],
];
for (const [what, answer, code] of broken)
  test(`${what}: one fatal ${code}`, async (t) => {
    const { load, network, errors, rejections, surface, module } = loaderFor(t);
    network.answer = answer;
    const api = load(config);
    api.startVideoCall();
    await assert.rejects(api.ready, { code });
    assert.deepEqual(errors(), [[code, true]]);
    assert.deepEqual([surface.log, module.options], [[], null]);
    await settled();
    assert.deepEqual(rejections, []);
  });

test('a policy that forbids WebAssembly is named, in the words of either browser', async (t) => {
  const { load, errors, freshPage } = loaderFor(t);
  const real = WebAssembly.compileStreaming;
  t.after(() => { WebAssembly.compileStreaming = real; });
  for (const words of [csp, 'call to WebAssembly.compileStreaming() blocked by CSP']) {
    WebAssembly.compileStreaming = async () => { throw new WebAssembly.CompileError(words); };
    freshPage();
    await assert.rejects(load(config).ready, { code: 'csp-blocks-wasm' });
  }
  assert.equal(errors().length, 2);
});

test('a server that names a wrong type, or none, costs the streaming only', async (t) => {
  const { load, network, errors, freshPage } = loaderFor(t);
  const real = WebAssembly.compileStreaming;
  t.after(() => { WebAssembly.compileStreaming = real; });
  WebAssembly.compileStreaming = () => assert.fail('it would refuse');
  for (const type of ['application/octet-stream', 'application/wasm; charset=utf-8', '']) {
    network.answer = async () => response(undefined, { type });
    freshPage();
    await load(config).ready;
  }
  assert.deepEqual(errors(), []);
});

test('a browser without WebAssembly is told', async (t) => {
  const { load, fetched } = loaderFor(t);
  const real = globalThis.WebAssembly;
  t.after(() => { globalThis.WebAssembly = real; });
  globalThis.WebAssembly = undefined;
  await assert.rejects(load(config).ready, { code: 'no-webassembly' });
  assert.deepEqual(fetched, []);
});

test('an address that cannot be made is told', async (t) => {
  const { load } = loaderFor(t);
  await assert.rejects(load(config, { wasmUrl: () => new URL('x.wasm', 'data:text/javascript,1').href }).ready, { code: 'wasm-not-found' });
});

test('a module of another version never starts', async (t) => {
  const { load, module } = loaderFor(t);
  module.version = '1.2.4';
  await assert.rejects(load(config).ready, { code: 'version-mismatch', detail: 'script 1.2.3, wasm 1.2.4' });
  assert.deepEqual(module.calls, []);
});

test('a module that aborts while it starts ends the start', async (t) => {
  const { load, module, errors } = loaderFor(t);
  const api = load(config, { createModule: (options) => { module.options = options; return new Promise(() => {}); } });
  await settled();
  module.options.onAbort('out of memory');
  await assert.rejects(api.ready, { code: 'client-crashed' });
  assert.deepEqual(errors(), [['client-crashed', true]]);
});

test('states reach the page and the getter, a reason only where there is one', async (t) => {
  const { load, module, browser } = loaderFor(t);
  const api = load(config);
  await api.ready;
  module.options.glue.stateChanged('preparing', '');
  assert.equal(api.state, 'preparing');
  module.options.glue.stateChanged('ended', 'busy');
  assert.deepEqual(browser.events, [
    { type: 'odnix-call-state', state: 'preparing' },
    { type: 'odnix-call-state', state: 'ended', reason: 'busy' },
  ]);
});

test("the client's problems reach the developer as they are", async (t) => {
  const { load, module, browser } = loaderFor(t);
  await load(config).ready;
  module.options.glue.problem('signaling-unreachable', 'The call server does not answer.');
  assert.deepEqual(browser.events, [
    { type: 'odnix-call-error', code: 'signaling-unreachable', message: 'The call server does not answer.', fatal: false },
  ]);
  assert.deepEqual(browser.warnings, ['[odnix-call] The call server does not answer. (signaling-unreachable)']);
});

test('waking runs the inbox in a microtask, never on the stack of who wakes', async (t) => {
  const { load, module } = loaderFor(t);
  await load(config).ready;
  module.options.glue.wake();
  assert.deepEqual(module.calls, [['start']]);
  await Promise.resolve();
  assert.deepEqual(module.calls, [['start'], ['run']]);
});

test('a constructor that throws is 0 for the module', async (t) => {
  const { load, module } = loaderFor(t);
  await load(config).ready;
  assert.equal(module.options.attempt(() => 5), 5);
  assert.equal(module.options.attempt(() => { throw domError('SecurityError'); }), 0);
});
