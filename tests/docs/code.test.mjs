// Every C++ example compiles where its first line says that it belongs; every JavaScript example is checked with the
// types of what it uses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

import { examples, root } from './support/pages.mjs';

const cpp = examples('cpp');
const js = examples('js');

/** @param {string} code */
const place = (code) => /^\/\/ (\S+\.(?:cpp|hpp|mjs|js))\n/.exec(code)?.[1] ?? '';

test('there are examples, and each says where it belongs', () => {
  assert.ok(cpp.length >= 4 && js.length >= 2);
  for (const { page, line, code } of cpp) assert.ok(place(code), `${page}:${line}`);
});

for (const { page, line, code } of cpp) {
  test(`${page}:${line} compiles`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'odnix-docs-'));
    try {
      const file = join(folder, 'example.cpp');
      writeFileSync(file, code);
      const flags = ['-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Werror'];
      const paths = ['-iquote', join(root, dirname(place(code))), '-I', join(root, 'src'), '-I', join(root, 'tests')];
      const { status, stderr } = spawnSync('g++', [...flags, ...paths, file], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

/** What tsc says about `code` as if it were the file `path`. @param {string} path @param {string} code @param {ts.CompilerOptions} more */
const checked = (path, code, more) => {
  const name = join(root, path);
  /** @type {ts.CompilerOptions} */
  const options = {
    allowJs: true, checkJs: true, strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ['node'], ...more,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true) : getSourceFile(file, ...rest));
  const program = ts.createProgram([name], options, host);
  const source = program.getSourceFile(name) ?? assert.fail();
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
};

for (const { page, line, code } of js) {
  test(`${page}:${line} is sound`, () => {
    const path = place(code);
    if (path) assert.deepEqual(checked(path, code, {}), []);
    // A page's own script: the address of the module on its server stands for our types.
    else assert.deepEqual(checked('web/example.mjs', code.replace("'/static/odnix-call.mjs'", "'./odnix-call.js'"), { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] }), []);
  });
}
