// docs/security.md promises that the shipped files depend on their input alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = process.env.ODNIX_DIST ?? join(root, 'build/dist');

test('bundled once more, every file is the same byte for byte', () => {
  const again = mkdtempSync(join(tmpdir(), 'odnix-bundle-'));
  try {
    execFileSync(process.execPath, ['tools/bundle.mjs', '--out', again], { cwd: root, stdio: 'ignore' });
    const names = readdirSync(again).sort();
    assert.ok(names.length > 10);
    assert.deepEqual(names, readdirSync(dist).sort());
    for (const name of names) assert.ok(readFileSync(join(again, name)).equals(readFileSync(join(dist, name))), name);
  } finally {
    rmSync(again, { recursive: true });
  }
});
