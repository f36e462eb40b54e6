/**
 * The accessible twin of what is drawn: real buttons and texts over the canvas, for keyboards, screen readers and tests.
 * Invisible while the canvas works, the user interface itself when it does not (class "visible"). What is in it, and what
 * its buttons and keys mean, is decided in C++; this file only keeps the DOM in step.
 */

import { byPerson } from './person.js';

/**
 * @typedef {object} Button
 * @property {number} id       C++'s number of the control
 * @property {string} name     data-control
 * @property {string} label
 * @property {string} caption
 * @property {string} role     class: accept, danger or neutral
 * @property {number} pressed  -1 plain button, else 0 or 1
 * @property {boolean} enabled
 * @property {number[]} rect
 *
 * @typedef {object} Text
 * @property {string} role  data-text
 * @property {string} text
 * @property {number[]} rect
 * @property {number} size
 *
 * @typedef {object} Scene
 * @property {Button[]} buttons
 * @property {Text[]} texts
 * @property {boolean} modal
 * @property {number} escape  control, or -1
 * @property {string} devices what is open: '', 'Microphone in use', …
 *
 * @typedef {object} Listener
 * @property {(control: number) => void} press
 * @property {(control: number) => void} focus  the control with visible keyboard focus, or -1
 */

/** @param {HTMLElement} element @param {number[]} rect */
export const place = ({ style }, [x, y, w, h]) => {
  style.left = `${x}px`;
  style.top = `${y}px`;
  style.width = `${w}px`;
  style.height = `${h}px`;
};

/** @param {Element} element @param {string} name @param {string | null} value */
const attribute = (element, name, value) => {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
};

/** What a screen reader is told of by itself. */
const live = /** @type {Record<string, string>} */ ({ status: 'status', detail: 'status', banner: 'alert', timer: 'timer' });

/** @param {Listener} listener */
export const createMirror = (listener) => {
  const root = document.createElement('div');
  root.className = 'mirror';
  root.tabIndex = -1;
  attribute(root, 'role', 'dialog');
  const indicator = root.appendChild(document.createElement('div'));
  indicator.className = 'indicator';
  attribute(indicator, 'role', 'img');
  indicator.hidden = true;

  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();
  /** @type {Map<string, HTMLElement>} */
  const texts = new Map();
  let escape = -1;
  let modal = false;
  /** Had the focus when it was disabled, and has it again when it is enabled. @type {HTMLButtonElement | null} */
  let resting = null;

  const active = () => /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement;

  root.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('button');
    if (button && !button.disabled && byPerson(event)) listener.press(Number(button.value));
  });
  root.addEventListener('focusin', ({ target }) => {
    const button = /** @type {HTMLElement} */ (target);
    listener.focus(button instanceof HTMLButtonElement && button.matches(':focus-visible') ? Number(button.value) : -1);
  });
  root.addEventListener('focusout', () => listener.focus(-1));
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && escape >= 0) {
      if (byPerson(event)) listener.press(escape);
    } else if (event.key === 'Tab' && modal) {
      // A stage that covers the page keeps the keyboard too.
      const list = [...root.querySelectorAll('button:not(:disabled)')];
      const at = list.indexOf(/** @type {Element} */ (active()));
      const next = list[(at + (event.shiftKey ? (at < 0 ? 0 : -1) : 1) + list.length) % list.length];
      if (next) /** @type {HTMLElement} */ (next).focus();
    } else if (event.key !== 'Enter' && event.key !== ' ') {
      return;
    }
    event.stopPropagation(); // the chat page has shortcuts of its own
    if (event.key === 'Escape' || event.key === 'Tab') event.preventDefault();
  });

  /** @param {Button} item */
  const updateButton = (item) => {
    let button = buttons.get(item.name);
    if (!button) {
      button = document.createElement('button');
      button.type = 'button';
      button.dataset.control = item.name;
      button.value = String(item.id);
      buttons.set(item.name, button);
    }
    attribute(button, 'aria-label', item.label);
    attribute(button, 'title', root.classList.contains('visible') ? item.label : null);
    attribute(button, 'aria-pressed', item.pressed < 0 ? null : String(item.pressed === 1));
    if (button.className !== item.role) button.className = item.role;
    const text = item.caption || item.label;
    if (button.textContent !== text) button.textContent = text;
    if (button.disabled === item.enabled) button.disabled = !item.enabled;
    place(button, item.rect);
    return button;
  };

  /** @param {Text} item @param {string} key */
  const updateText = (item, key) => {
    let element = texts.get(key);
    if (!element) {
      element = document.createElement('div');
      element.dataset.text = item.role;
      element.dir = 'auto';
      if (live[item.role]) attribute(element, 'role', live[item.role]);
      if (item.role === 'initials') attribute(element, 'aria-hidden', 'true');
      texts.set(key, element);
    }
    if (element.textContent !== item.text) element.textContent = item.text;
    place(element, item.rect);
    element.style.fontSize = `${item.size}px`;
    return element;
  };

  /** Drops what is no longer shown and puts the rest in order, moving nothing that is in place. @param {Element[]} wanted */
  const arrange = (wanted) => {
    for (const map of [buttons, texts])
      for (const [name, element] of map)
        if (!wanted.includes(element)) {
          element.remove();
          map.delete(name);
        }
    wanted.forEach((element, i) => {
      if (root.children[i] !== element) root.insertBefore(element, root.children[i] ?? null);
    });
  };

  return {
    root,
    /** @param {Scene} scene */
    show(scene) {
      const held = active();
      escape = scene.escape;
      modal = scene.modal;
      attribute(root, 'aria-modal', scene.modal ? 'true' : null);
      const title = scene.texts.find(({ role }) => role === 'title') ?? scene.texts.find(({ role }) => role === 'status');
      attribute(root, 'aria-label', title?.text ?? '');
      /** @type {Record<string, number>} */
      const seen = {};
      const words = scene.texts.map((item) => updateText(item, item.role + (seen[item.role] = (seen[item.role] ?? 0) + 1)));
      arrange([...words, ...scene.buttons.map(updateButton), indicator]);
      attribute(indicator, 'aria-label', scene.devices);
      indicator.hidden = !scene.devices;
      // The button that had the focus is gone, or cannot be pressed for a while: the dialog keeps it, or keys would fall through
      // to the page.
      const rests = held instanceof HTMLButtonElement && held.disabled && held.isConnected;
      if (held && held !== root && (held !== active() || rests)) root.focus({ preventScroll: true });
      if (rests) resting = held;
      if (resting && !resting.disabled) {
        if (active() === root) resting.focus({ preventScroll: true });
        resting = null;
      }
    },
    /** @param {boolean} on */
    setVisible(on) {
      root.classList.toggle('visible', on);
    },
  };
};
