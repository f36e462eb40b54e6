import { byPerson } from './person.js';

/**
 * Mouse, pen and finger on the canvas, as numbers: kind 0 move, 1 press, 2 release, 3 leave (src/ui/input.hpp).
 * Only the primary pointer and its main button; the rest is the page's.
 *
 * @param {HTMLCanvasElement} canvas @param {AbortSignal} signal
 * @param {(kind: number, x: number, y: number, touch: number) => void} tell
 * @param {() => boolean} covers  the page behind must not scroll
 */
export const listenToPointer = (canvas, signal, tell, covers) => {
  /** @param {string} type @param {number} kind */
  const on = (type, kind) =>
    canvas.addEventListener(type, (plain) => {
      const event = /** @type {PointerEvent} */ (plain);
      if (!byPerson(event) || !event.isPrimary || ((kind === 1 || kind === 2) && event.button !== 0)) return;
      if (kind === 1) {
        event.preventDefault(); // the keyboard focus stays where it is
        try {
          canvas.setPointerCapture(event.pointerId); // a release outside is ours too
        } catch {
          // the pointer is gone already
        }
      }
      tell(kind, event.clientX, event.clientY, Number(event.pointerType === 'touch'));
    }, { signal });
  on('pointermove', 0);
  on('pointerdown', 1);
  on('pointerup', 2);
  on('pointerleave', 3);
  on('pointercancel', 3);
  canvas.addEventListener('wheel', (event) => covers() && event.preventDefault(), { signal, passive: false });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
};
