/**
 * The situations in which the former client was observed, and what it did. Tests say what they saw in which cell of the
 * table (situation × who has which client) by `t.saw`; tools/legacy-table.mjs makes docs/legacy.md of it.
 */
/** Who has which client. The caller stands first. */
export const PAIRS = /** @type {const} */ (['new → new', 'new → old', 'old → new']);
/** @typedef {typeof PAIRS[number]} Pair @typedef {{ row: string, situation: string, before: string }} Row */

/** Observed with the former client on both sides, each twice. @type {Row[]} */
export const ROWS = [
  ['a', 'the callee is on a page without a chat', 'a banner after 0.3 s; Accept changes the page, where it prompts a second time 0.9–2 s later; then connected'],
  ['a2', 'the banner is accepted after 17.5 s', 'no prompt on the next page, ever; the caller rings on'],
  ['a3', 'the banner is declined', 'the caller is not told; the banner is back within 2 s, seven times in 16 s'],
  ['a4', 'the caller cancels while the banner shows', 'banner and tone go on for 19 s'],
  ['a5', 'the callee has never touched the page', 'prompt and banner are silent'],
  ['b', 'both call at the same moment', 'both ring for ever with open cameras, no connection'],
  ['b2', 'the callee starts a call while the prompt shows', 'prompt and call view at once, no connection'],
  ['c1', 'the caller denies the devices', 'an empty call window, no message; afterwards deaf to calls until a reload'],
  ['c2', 'the callee denies the devices', 'the prompt closes without a word; the caller rings on, camera open'],
  ['d1', 'the callee declines, the caller tries again after 2.5 s', 'the window vanishes without a word; the second call is never prompted'],
  ['d2', 'who declined calls back', 'never prompted'],
  ['e', 'nobody answers', 'rings for ever: camera, tone and prompt still there after 90 s'],
  ['e2', 'the caller cancels before the answer', 'the prompt stays; accepting it leads to a call window with nobody in it, camera open'],
  ['e3', 'the callee opens the chat late', 'after 9 s: prompt 1.1 s after opening; after 19 s: never'],
  ['e5', 'the caller ends at the moment of the accept', 'the callee sits alone in a call window, camera open'],
  ['f1', 'two tabs of the callee, the first accepts', 'the prompt of the second stays through the call and after'],
  ['f2', '… and the second declines', 'the call of the first ends; its picture is frozen for 6 s'],
  ['f3', '… and the second accepts too', 'an error at the caller; the second tab connects for ever, camera open'],
  ['g1', 'the server dies in a call, then somebody hangs up', 'the other side is frozen for 7.7 s, then the window vanishes'],
  ['g2', 'the server restarts in a call, then somebody hangs up', 'sockets back within 2 s, the hang-up arrives at once, the next call prompts'],
  ['g3', 'the server restarts during the accept', 'the answer is lost: both connect for ever, cameras open'],
  ['h1', 'the callee reloads in a call', 'a frozen picture for 7.5 s, then the window vanishes; the call is gone'],
  ['h2', 'the caller reloads in a call', 'the same'],
  ['h4', 'the caller reloads while it rings', 'the prompt stays; accepting it leads to a call window that closes within 20 s'],
  ['i1', 'the former callee calls the former caller', 'never prompted before a reload'],
  ['i2', 'the same caller calls again after 1 s', 'prompted after 4.1 s'],
  ['j1', 'a group of three, two accept', 'the second to accept breaks both; his hang-up ends the call of all'],
  ['j2', 'a group, two in a call, the third declines', 'the call of the two ends'],
  ['k1', 'the browser says "offline" for 8 s', 'no effect'],
  ['k2', 'the network of one side stands still', '2 and 4 s: goes on; 8 and 15 s: both tear down after 7.5 s without a word'],
  ['l2', 'a double click on the call button', 'two connections, the call does not connect, a camera stays open'],
  ['n1', 'a third person calls during a call', 'a banner over the call; Accept there kills the first call'],
].map(([row, situation, before]) => ({ row, situation, before }));

/** Cells that no test can fill, and why. @type {Record<string, string>} */
export const EMPTY = {
  'a5 new → old': 'the old page is silent, as before',
  'b new → old': 'the same meeting: see the next column',
  'f2 new → new': 'nothing is left to press in the second tab',
  'f3 new → new': 'nothing is left to press in the second tab',
  'f2 old → new': 'nothing is left to press in the second tab',
  'f3 old → new': 'nothing is left to press in the second tab',
  'j2 new → old': 'the old page is not rung: nothing to decline',
  'j2 old → new': 'the new page is not rung: nothing to decline',
};

/** Every cell in the order of the table: "e2 new → old". */
export const CELLS = ROWS.flatMap(({ row }) => PAIRS.map((pair) => `${row} ${pair}`));

/** Seconds between two moments, as said in the table. @param {number | { at: number }} from @param {number | { at: number }} to */
export function seconds(from, to) {
  const at = (/** @type {number | { at: number }} */ moment) => (typeof moment === 'number' ? moment : moment.at);
  return `${Math.max(0, (at(to) - at(from)) / 1000).toFixed(1)} s`;
}

/** Waits for a moment that the situation itself names ("after 17.5 s"). @param {number} from @param {number} ms */
export const moment = (from, ms) => new Promise((resolve) => { setTimeout(resolve, Math.max(0, from + ms - Date.now())); });
