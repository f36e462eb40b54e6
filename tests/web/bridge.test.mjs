// Both ends of the bridge name the same things: a word that one side misspells would be lost without a sound.
// @ts-nocheck see support/browser.mjs
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { FakeAudioContext } from './support/browser.mjs';
import { glueFor } from './support/glue.mjs';
import { loaderFor } from './support/loader.mjs';

const read = (folder, name) => {
  const path = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(path).filter((file) => name.test(file)).map((file) => readFileSync(new URL(file, path), 'utf8')).join('\n');
};
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, word]) => word))].sort();

const glueSource = read('web/glue', /\.js$/);
const platform = read('src/platform/web', /\.cpp$/);

test('what the glue reports is what C++ reads, and the other way round', () => {
  const reported = all(glueSource, /type: '([a-z-]+)'/g);
  const rows = all(platform, /^ +\{"([a-z-]+)", [a-z_]+\},$/gm);
  const special = all(platform, /type == "([a-z-]+)"/g);
  assert.ok(reported.length > 10);
  assert.deepEqual(reported, [...rows, ...special].sort());
});

test('what C++ calls is what the glue has', (t) => {
  const { glue } = glueFor(t);
  const called = all(platform, /\bglue\("(\w+)"/g);
  assert.ok(called.length > 15);
  for (const method of called) assert.equal(typeof glue[method], 'function', method);
  const internal = ['askDevices', 'blockPerson', 'chooseDevice', 'closeAllPeers', 'closeDevices', 'closeTones', 'leavePage', 'shutdown'];
  assert.deepEqual(Object.keys(glue).filter((method) => !internal.includes(method)).sort(), called);
});

test('the fields that C++ reads of a message are fields that the glue writes', () => {
  const fields = all(platform, /(?:string|number|flag)_of\(m(?:essage)?, "(\w+)"\)/g);
  assert.ok(fields.length > 15);
  for (const field of fields) assert.match(glueSource, new RegExp(`\\b${field}\\b\\s*[:,} ]`), field);
});

test('the config that C++ reads is what the loader gives', async (t) => {
  const { load, module } = loaderFor(t);
  await load({ userId: 7 }).ready;
  assert.deepEqual(all(platform, /_of\(config, "(\w+)"\)/g), Object.keys(module.options.config).sort());
});

test('what C++ takes from the module object is what the loader puts there', async (t) => {
  const { load, module } = loaderFor(t);
  await load({ userId: 7 }).ready;
  const taken = [...all(platform, /Module\["(\w+)"\]/g), ...all(platform + read('src/platform/web', /\.hpp$/), /(?:module_property\(|glue_name = )"(\w+)"/g)];
  assert.ok(taken.includes('glue') && taken.includes('rehearsal'));
  for (const name of new Set(taken)) assert.ok(name in module.options, name);
});

test('what C++ exports is what the loader calls', () => {
  const plain = all(read('src/platform/web', /^bindings\.cpp$/), /EMSCRIPTEN_KEEPALIVE \w+ (\w+)/g).map((name) => `_${name}`);
  const exported = [...plain, ...all(platform, /emscripten::function\("(\w+)"/g)];
  const typed = read('web', /^odnix-module\.d\.ts$/).match(/interface OdnixModule[^{]*\{([\s\S]*?)\n\}/)?.[1] ?? '';
  assert.deepEqual(exported, all(typed, /^ {2}(\w+)\(/gm));
});

test('no exported function takes a std::string: Emscripten 3.1.6 would corrupt the heap when it is entered again', () => {
  const bindings = read('src/platform/web', /^bindings\.cpp$/);
  for (const [, name] of bindings.matchAll(/emscripten::function\("\w+", &(\w+)\)/g)) {
    const parameters = bindings.match(new RegExp(`^\\S+ ${name}\\(([^)]*)\\)`, 'm'))?.[1];
    assert.match(parameters ?? 'not found', /^(val \w+|int \w+|double \w+)?$/, name);
  }
});

test('every tone of the call machine has a sound', (t) => {
  const { glue } = glueFor(t);
  const tones = read('src/core', /^media\.hpp$/).match(/ODNIX_ENUM\(Tone, ([^)]*)\)/)?.[1].split(', ') ?? [];
  assert.ok(tones.length >= 4);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const tone of tones) {
    glue.playTone(tone);
    t.mock.timers.tick(100);
  }
  assert.equal(FakeAudioContext.made[0].sources.length, tones.length);
});
