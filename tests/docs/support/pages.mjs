// The documents as data: pages, examples, tables, inline code.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** @param {string} path from the root */
export const read = (path) => readFileSync(join(root, path), 'utf8');

const skipped = new Set(['build', 'node_modules', '.git', '.cache']);

/** Every file of the source tree, from the root, sorted. @returns {string[]} */
export const files = () => {
  /** @param {string} folder @returns {string[]} */
  const below = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return folder === root && skipped.has(entry.name) ? [] : below(path);
      return [relative(root, path)];
    });
  return below(root).sort();
};

/** @returns {{ path: string, text: string }[]} */
export const pages = () => files().filter((path) => path.endsWith('.md')).map((path) => ({ path, text: read(path) }));

/** @param {string} text without what stands in fences */
export const prose = (text) => text.replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, ''));

/** @typedef {{ page: string, line: number, lang: string, code: string }} Example */

/** @param {string} lang @returns {Example[]} */
export const examples = (lang) =>
  pages().flatMap(({ path, text }) =>
    [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
      .filter((match) => match[1] === lang)
      .map((match) => ({ page: path, line: text.slice(0, match.index).split('\n').length + 1, lang, code: match[2] })),
  );

/** Cells of the first table whose head begins like that, without its two first lines. @param {string} path @param {string} head */
export const table = (path, head) => {
  const text = read(path);
  const at = text.indexOf(`| ${head}`);
  if (at < 0) throw new Error(`${path} has no table "| ${head}"`);
  const rows = text.slice(at).split('\n\n')[0].split('\n').slice(2);
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
};

/** The texts in backticks of a cell. @param {string} cell */
export const codes = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
