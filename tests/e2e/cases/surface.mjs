/** The client's surface in the page: keyboard focus, Escape, the sign of open devices, losing and regaining the graphics. */
import { bothEnd, chatPage, establish, ringUp, settle, talk } from '../lib/calls.mjs';
import { seeAndHearEachOther } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** Who has the keyboard: a control, 'dialog', or an element of the page by its id or name. @param {any} person */
const focused = (person) =>
  person.ask(() => {
    const active = document.activeElement;
    if (active?.id !== 'odnix-call') return active?.id || active?.tagName.toLowerCase();
    const inside = /** @type {HTMLElement} */ (active.shadowRoot?.activeElement);
    return inside?.dataset.control ?? 'dialog';
  });

test('an incoming call takes the keyboard from nobody who types', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await bob.ask(() => {
    const field = document.body.appendChild(document.createElement('input'));
    field.id = 'field';
    field.focus();
  });
  await bob.page.keyboard.type('I am wri');
  await ringUp(alice, bob);
  await bob.control('accept');
  await bob.page.keyboard.type('ting Enter');
  same(await bob.ask(() => /** @type {HTMLInputElement} */ (document.getElementById('field')).value), 'I am writing Enter', 'what was typed');
  same(await focused(bob), 'field', 'who has the keyboard');
  await bob.press('decline');
  await bothEnd(alice, 'declined', bob, 'declined');
});

test('a stage takes the keyboard when it opens and gives it back when it goes', {}, async (t) => {
  const [alice, bob] = await t.pair();
  const before = await alice.ask(() => {
    const button = /** @type {HTMLElement} */ (document.querySelector('#video, #call-video'));
    button.focus();
    return button.id;
  });
  await ringUp(alice, bob);
  await alice.control('cancel');
  same(await focused(alice), 'dialog', 'who has the keyboard while it rings');
  await alice.page.keyboard.press('Escape'); // leaves a call that only rings
  await alice.reaches('ended');
  await eventually(() => focused(alice), (now) => now === before, 'the keyboard back at the call button');
});

test('who accepts by keyboard is back in the page when the call is over', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await bob.ask(() => {
    const field = document.body.appendChild(document.createElement('input'));
    field.id = 'field';
  });
  await ringUp(alice, bob);
  await bob.control('accept');
  await bob.ask(() => document.getElementById('field')?.focus());
  for (let presses = 0; (await focused(bob)) !== 'accept'; presses += 1) {
    check(presses < 10, 'Tab reaches the card');
    await bob.page.keyboard.press('Tab');
  }
  await bob.page.keyboard.press('Enter');
  await bob.reaches('active');
  await alice.reaches('active');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await eventually(() => focused(bob), (now) => now === 'field', 'the keyboard back in the field');
});

test('Tab stays inside a stage that covers the page', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await alice.control('cancel');
  const seen = new Set();
  for (let i = 0; i < 8; i += 1) {
    await alice.page.keyboard.press('Tab');
    seen.add(await focused(alice));
  }
  same([...seen].sort(), ['camera', 'cancel', 'microphone'], 'where Tab went');
  await alice.press('cancel');
});

test('an open device is said in the page as long as it is open, and no longer', {}, async (t) => {
  const [alice, bob] = await t.pair();
  const sign = (/** @type {any} */ person) =>
    person.ask(() => {
      const dot = /** @type {HTMLElement | null | undefined} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('.indicator'));
      return dot && !dot.hidden && dot.getBoundingClientRect().width > 0 ? dot.getAttribute('aria-label') : '';
    });
  await ringUp(alice, bob);
  await bob.control('accept');
  same(await sign(bob), '', 'the sign while it only rings');
  await bob.press('decline');
  await bothEnd(alice, 'declined', bob, 'declined');
  // The page hears of the end at once, its picture follows with the next frame.
  await eventually(() => sign(alice), (text) => text === '', 'the sign gone after the call', 1000);
  await talk(alice, bob, 'video');
  same(await sign(alice), 'Microphone and camera in use', "the caller's sign");
  same(await sign(bob), 'Microphone and camera in use', "the callee's sign");
  await alice.press('camera');
  await eventually(() => sign(alice), (now) => now === 'Microphone in use', 'the sign without the camera');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await eventually(() => sign(alice), (now) => now === '', 'no sign after the call');
});

test('graphics that are lost and come back: the mirror stands in, then steps back', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await talk(alice, bob);
  const visible = () => bob.ask(() => document.querySelector('#odnix-call')?.shadowRoot?.querySelector('.mirror')?.classList.contains('visible'));
  const graphics = (/** @type {string} */ what) =>
    bob.ask((method) => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('canvas'));
      const context = /** @type {WebGL2RenderingContext} */ (canvas.getContext('webgl2'));
      const w = /** @type {any} */ (window);
      w.lose ??= context.getExtension('WEBGL_lose_context');
      w.lose[method]();
    }, what);
  await eventually(visible, (now) => now === false, 'the canvas painting');
  await graphics('loseContext');
  await eventually(visible, (now) => now === true, 'the mirror standing in');
  await graphics('restoreContext');
  await eventually(visible, (now) => now === false, 'the canvas being back');
  const drawn = await bob.ask(() => window.__e2e.clears);
  await bob.page.mouse.move(200, 200);
  await eventually(() => bob.ask(() => window.__e2e.clears), (now) => now > drawn, 'drawing again');
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  check(bob.errors.length === 0, bob.errors.join('\n'));
});

/** A script of the page that presses Accept, again and again, whenever nobody has touched the page for a while. */
const PRESSER = `setInterval(() => {
  if (navigator.userActivation.isActive) return;
  const surface = document.querySelector('#odnix-call')?.shadowRoot;
  const accept = surface?.querySelector('[data-control="accept"]');
  if (!accept) return;
  accept.click();
  const { x, y, width, height } = accept.getBoundingClientRect();
  const at = { bubbles: true, isPrimary: true, clientX: x + width / 2, clientY: y + height / 2 };
  for (const type of ['pointerdown', 'pointerup']) surface.querySelector('canvas')?.dispatchEvent(new PointerEvent(type, at));
  window.tries = (window.tries ?? 0) + 1;
  if (window.tries === 10) console.debug('@e2e {"kind":"tried"}');
}, 100)`;

test('a script that presses Accept while nobody touches the page is not answered', { timeout: 60000 }, async (t) => {
  const [alice, bob] = await t.pair({}, { init: [PRESSER] });
  await ringUp(alice, bob);
  // A question to a page counts as a touch, for some seconds: nobody asks until the script has had its tries.
  await bob.until(({ kind }) => kind === 'tried', 'ten tries of the script', { since: 0 });
  same(bob.states(), ['in-ringing'], 'states of the page that rings');
  same(await bob.ask(() => window.__e2e.requests.length), 0, 'requests for devices');
  await bob.press('accept');
  await bob.reaches('active');
});

test('under a modal dialog of the page: it rings visibly, is pressed, and stays when they go', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });
  /** @param {boolean} opens */
  const dialog = (opens) => bob.ask((wanted) => {
    const known = /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog'));
    const element = known ?? document.body.appendChild(document.createElement('dialog'));
    element.textContent = known ? element.textContent : 'Settings of the page';
    if (wanted) element.showModal();
    else element.close();
  }, opens);
  /** @param {string} tag */
  const stands = (tag) => eventually(() => bob.ask(() => document.querySelector('#odnix-call')?.parentElement?.localName), (name) => name === tag, `the call in the ${tag}`);
  await dialog(true);
  await establish(alice, bob);
  await stands('dialog');
  await dialog(false);
  await stands('body');
  await seeAndHearEachOther(alice, bob);
  await dialog(true);
  await stands('dialog');
  const pressed = () => bob.ask(() => window.__e2e.control('microphone')?.pressed);
  const before = await pressed();
  await bob.press('microphone');
  await eventually(pressed, (now) => now !== before, 'the microphone switched under the dialog');
  await dialog(false);
  await stands('body');
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
});

test('a call rings into fullscreen: inside what can hold it, and a video gives way', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) }, { page: chatPage(t.ids.chat) });
  /** @param {'p' | 'video'} tag */
  const fills = async (tag) => {
    await settle(bob);
    await bob.ask((name) => {
      const element = name === 'p' ? document.querySelector('p') : document.body.appendChild(document.createElement(name));
      addEventListener('keydown', () => void element?.requestFullscreen(), { once: true });
    }, tag);
    await bob.page.keyboard.press('f');
    await eventually(() => bob.ask(() => document.fullscreenElement?.localName), (name) => name === tag, `a ${tag} in fullscreen`);
  };
  await fills('p');
  await establish(alice, bob);
  same(await bob.ask(() => document.querySelector('p #odnix-call') !== null && document.fullscreenElement !== null), true, 'the call in the paragraph');
  await bob.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await bob.ask(() => document.exitFullscreen());
  await fills('video');
  await talk(alice, bob);
  same(await bob.ask(() => document.fullscreenElement), null, 'what fills the screen');
});
