/** Numbers into words, and into the pages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tests/e2e/lib/dev-server.mjs';

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} value @param {number} [digits] */
export const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : '–');

/** "median (smallest–largest)" @param {number[]} values @param {number} [digits] */
export function range(values, digits = 0) {
  return `${number(median(values), digits)} (${number(Math.min(...values), digits)}–${number(Math.max(...values), digits)})`;
}

/** A Markdown table that also reads well on a terminal. @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** Between the two marks of that name in a page: "<!-- name: …" and "<!-- end of name -->". @param {string} page @param {string} name @param {string} text */
export function writeBetween(page, name, text) {
  const file = join(root, page);
  const before = readFileSync(file, 'utf8');
  const start = before.indexOf('-->', before.indexOf(`<!-- ${name}:`)) + 3;
  const end = before.indexOf(`<!-- end of ${name} -->`);
  if (start < 3 || end < start) throw new Error(`${page} has no place for "${name}"`);
  writeFileSync(file, `${before.slice(0, start)}\n\n${text}\n\n${before.slice(end)}`);
}
