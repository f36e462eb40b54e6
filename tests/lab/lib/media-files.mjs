/** What the two people's cameras and microphones give, written once for all runs. */
import { join } from 'node:path';
import { root } from '../../e2e/lib/dev-server.mjs';

export const mediaFolder = join(root, 'build/lab/media');
export const mediaFiles = Object.fromEntries(['alice', 'bob'].map((name) =>
  [name, { video: join(mediaFolder, `${name}.y4m`), audio: join(mediaFolder, `${name}.wav`) }]));
