#!/usr/bin/env node
// tools/check-includes.mjs [root]
//
// Checks the walls of the house: which room may include which, and which headers and clocks are out of bounds.
// Prints one line per breach ("file:line: what") and ends with 1 if there is any, or if there is nothing to check.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));

/**
 * Room -> rooms it may include besides itself. The platform rooms also see core and view, because the interfaces of
 * ports and ui are made of their types; they never see the wire (protocol).
 * @type {Record<string, string[]>}
 */
const mayInclude = {
  core: [],
  protocol: ['core'],
  view: ['core'],
  ports: ['core', 'view'],
  app: ['core', 'protocol', 'view', 'ports'],
  ui: ['view'],
  'platform/null': ['app', 'ui', 'ports', 'view', 'core'],
  'platform/web': ['app', 'ui', 'ports', 'view', 'core'],
};

/** Third-party headers and the only rooms that may use them. */
const guarded = [
  { what: /^nlohmann\//, rooms: ['protocol'] },
  { what: /^(imgui|imstb_|misc\/freetype\/imgui)/, rooms: ['ui', 'platform/null', 'platform/web'] },
  { what: /^imgui_impl_/, rooms: ['platform/web'] },
  { what: /^(emscripten|GLES|GL\/|EGL|html5)/, rooms: ['platform/web'] },
  { what: /^(catch2|libwebsockets|openssl)/, rooms: [] },
];

/** Standard headers that no room uses: I/O, threads, randomness, and what would cost each page tens of kilobytes. */
const banned =
  /^(iostream|ostream|istream|sstream|fstream|iomanip|filesystem|regex|locale|random|thread|mutex|shared_mutex|future|condition_variable|atomic|ctime|time\.h|sys\/.*|unistd\.h)$/;

/** Time, randomness and exceptions come from outside or not at all; the browser's clock is platform/web's business. */
const bannedCalls = [
  { what: /::now\s*\(/, why: 'asks a clock: time is an argument', except: ['platform/web'] },
  { what: /\b(std::)?s?rand\s*\(|random_device|\bmt19937/, why: 'makes randomness: ids come through a port', except: [] },
  { what: /\bthrow\b|\btry\s*\{|\bcatch\s*\(/, why: 'uses exceptions: errors are values', except: [] },
  { what: /\bdynamic_cast\b|\btypeid\b/, why: 'uses run-time type information', except: [] },
];

/** @type {string[]} */
const breaches = [];
let checked = 0;

/** @param {string} folder @param {RegExp} name @returns {string[]} */
function filesBelow(folder, name) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path, name) : name.test(entry.name) ? [path] : [];
  });
}

/**
 * Blanks comments, text and JavaScript inside C++, keeping the line numbers.
 * @param {string} text
 */
function codeOnly(text) {
  const blank = (/** @type {string} */ part) => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"/g, blank)
    .replace(/\bEM_(JS|ASYNC_JS|ASM\w*)\s*\((?:[^()]|\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\))*\)/g, blank);
}

/** @param {string} path @param {string} room */
function checkRoomFile(path, room) {
  checked += 1;
  const text = readFileSync(path, 'utf8');
  const name = relative(root, path);
  const report = (/** @type {number} */ line, /** @type {string} */ what) => breaches.push(`${name}:${line}: ${what}`);
  if (path.endsWith('.hpp') && !/^#pragma once$/m.test(text)) report(1, 'header without #pragma once');

  text.split('\n').forEach((line, index) => {
    const include = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
    if (!include) return;
    const [, mark, target] = include;
    const third = guarded.filter((guard) => guard.what.test(target));
    if (third.some((guard) => !guard.rooms.includes(room))) report(index + 1, `${room} must not include ${target}`);
    if (third.length > 0) return;
    if (mark === '<') {
      if (banned.test(target)) report(index + 1, `<${target}> is out of bounds in src/`);
      return;
    }
    const other = Object.keys(mayInclude).find((candidate) => target.startsWith(`${candidate}/`));
    if (!other) report(index + 1, `"${target}" is not written from src/`);
    else if (!existsSync(join(root, 'src', target))) report(index + 1, `"${target}" does not exist`);
    else if (other !== room && !mayInclude[room].includes(other)) report(index + 1, `${room} must not include ${target}`);
  });

  codeOnly(text)
    .split('\n')
    .forEach((line, index) => {
      for (const call of bannedCalls) {
        if (call.what.test(line) && !call.except.includes(room)) report(index + 1, `${room} ${call.why}`);
      }
    });
}

for (const room of Object.keys(mayInclude)) {
  for (const path of filesBelow(join(root, 'src', room), /\.(cpp|hpp|h)$/)) checkRoomFile(path, room);
}
for (const path of filesBelow(join(root, 'src'), /\.(cpp|hpp|h|c|cc)$/)) {
  const inside = relative(join(root, 'src'), path);
  if (!Object.keys(mayInclude).some((room) => inside.startsWith(`${room}/`))) breaches.push(`src/${inside}:1: in no room`);
}

// Our JavaScript ships with the module: it may lean on itself and on the module, on nothing else.
for (const path of filesBelow(join(root, 'web'), /\.js$/)) {
  checked += 1;
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, (part) => part.replace(/[^\n]/g, ' '));
  for (const match of text.matchAll(/(?:^[ \t]*import|^(?:import|export|\})[^'"=;]*?\bfrom|\bimport\()\s*['"]([^'"]+)['"]/gm)) {
    const line = text.slice(0, match.index).split('\n').length;
    const target = match[1];
    const here = target.startsWith('./') || target.startsWith('../');
    if (target !== '#odnix-module' && !(here && resolve(dirname(path), target).startsWith(join(root, 'web') + '/'))) {
      breaches.push(`${relative(root, path)}:${line}: web must not import ${target}`);
    }
  }
}

for (const breach of breaches) console.log(breach);
if (checked === 0) console.log('no files to check');
console.log(`${checked} files checked, ${breaches.length} breaches`);
process.exit(breaches.length > 0 || checked === 0 ? 1 : 0);
