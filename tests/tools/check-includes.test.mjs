// The checker of the walls finds each kind of breach, and nothing in a tree that keeps the rules.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const checker = fileURLToPath(new URL('../../tools/check-includes.mjs', import.meta.url));

/** @param {Record<string, string>} files path -> content */
function check(files) {
  const root = mkdtempSync(join(tmpdir(), 'odnix-walls-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    const run = spawnSync(process.execPath, [checker, root], { encoding: 'utf8' });
    return { status: run.status, output: run.stdout + run.stderr };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const header = '#pragma once\n';

test('a tree that keeps the rules passes', () => {
  const result = check({
    'src/core/event.hpp': header,
    'src/view/model.hpp': `${header}#include <vector>\n#include "core/event.hpp"\n`,
    'src/ui/draw.cpp': '#include <imgui.h>\n#include "view/model.hpp"\n',
    'src/protocol/parse.cpp': '#include <nlohmann/json.hpp>\n#include "core/event.hpp"\n// clock::now() in a comment\n',
    'src/platform/web/main.cpp': '#include <emscripten.h>\nEM_JS(void, f, (), { try { g(); } catch (e) { } });\n',
    'web/classic.js': "import create from '#odnix-module';\nimport {\n  a,\n} from './a.js';\nexport const b = 'text';\n",
  });
  assert.equal(result.output.trim(), '6 files checked, 0 breaches');
  assert.equal(result.status, 0);
});

test('a tree without sources does not pass', () => assert.equal(check({}).status, 1));

const breaches = [
  ['core includes view', 'src/core/a.cpp', '#include "view/model.hpp"\n', 'core must not include view/model.hpp'],
  ['ui includes core', 'src/ui/a.cpp', '#include "core/event.hpp"\n', 'ui must not include core/event.hpp'],
  ['the platform includes protocol', 'src/platform/web/a.cpp', '#include "protocol/p.hpp"\n', 'must not include protocol/p.hpp'],
  ['JSON in app', 'src/app/a.cpp', '#include <nlohmann/json.hpp>\n', 'app must not include nlohmann/json.hpp'],
  ['ImGui in view', 'src/view/a.cpp', '#include <imgui.h>\n', 'view must not include imgui.h'],
  ['Emscripten in app', 'src/app/a.cpp', '#include <emscripten/val.h>\n', 'app must not include emscripten/val.h'],
  ['threads', 'src/core/a.cpp', '#include <thread>\n', '<thread> is out of bounds'],
  ['randomness', 'src/core/a.cpp', '#include <random>\n', '<random> is out of bounds'],
  ['iostream', 'src/platform/web/a.cpp', '#include <iostream>\n', '<iostream> is out of bounds'],
  ['a clock', 'src/core/a.cpp', 'auto t = std::chrono::steady_clock::now();\n', 'asks a clock'],
  ['an exception', 'src/app/a.cpp', 'void f() { throw 1; }\n', 'uses exceptions'],
  ['a relative include', 'src/core/a.cpp', '#include "../core/event.hpp"\n', 'is not written from src/'],
  ['a missing header', 'src/core/a.cpp', '#include "core/nowhere.hpp"\n', 'does not exist'],
  ['a header without guard', 'src/core/a.hpp', 'int a();\n', 'without #pragma once'],
  ['a file outside the rooms', 'src/misc/a.cpp', '\n', 'in no room'],
  ['web importing a package', 'web/a.js', "import ws from 'ws';\n", 'web must not import ws'],
  ['web importing from elsewhere', 'web/a.js', "import {\n  a\n} from '../tools/a.js';\n", 'web must not import ../tools/a.js'],
];
for (const [what, path, content, message] of breaches) {
  test(`it finds ${what}`, () => {
    const result = check({
      'src/core/event.hpp': header,
      'src/view/model.hpp': header,
      'src/protocol/p.hpp': header,
      [path]: content,
    });
    assert.match(result.output, new RegExp(`${path}:\\d+: .*${message.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`));
    assert.match(result.output, /, 1 breaches/);
    assert.equal(result.status, 1);
  });
}
