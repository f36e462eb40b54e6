/** Whose press it was: what a script presses is a person's only while the browser knows of a real press. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson } from '../../web/ui/person.js';

/** @param {boolean} isTrusted */
const press = (isTrusted) => /** @type {Event} */ ({ isTrusted });

for (const [activation, answers] of /** @type {[object | undefined, boolean[]][]} */ ([
  [{ isActive: false }, [true, false]],
  [{ isActive: true }, [true, true]],
  [undefined, [true, false]], // a browser that does not tell
]))
  test(`with userActivation ${JSON.stringify(activation)}: pressed by the browser, by a script`, (t) => {
    Object.defineProperty(globalThis, 'navigator', { value: { userActivation: activation }, configurable: true, writable: true });
    t.after(() => { delete (/** @type {any} */ (globalThis)).navigator; });
    assert.deepEqual([true, false].map((trusted) => byPerson(press(trusted))), answers);
  });
