/**
 * Whole strings drawn by a 2D canvas: the browser shapes every script with the page's own fonts, and colours emoji.
 * The contract is src/ui/text_source.hpp: a layout box that is the same for every script, and a picture that may reach
 * beyond it. All sizes in device pixels.
 */
const rightToLeft = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u; // the first letter decides (Unicode bidi, P2)

/** Scripts without spaces between words, and letters that are drawn as one: from Thai on, and combining marks. */
const needsHelp = /[^\0-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027]/;

/** A segmenter takes the browser ten milliseconds to make: only for whom it does better. @param {string} granularity @param {string} text @returns {string[]} */
const segments = (granularity, text) =>
  needsHelp.test(text) && typeof Intl !== 'undefined' && 'Segmenter' in Intl
    ? Array.from(new Intl.Segmenter(undefined, { granularity: /** @type {any} */ (granularity) }).segment(text), ({ segment }) => segment)
    : granularity === 'word'
      ? text.match(/\S+\s*|\s+/g) ?? []
      : Array.from(text);

/** The largest n for which fits(n) holds; fits(0) is taken for granted. @param {number} count @param {(n: number) => boolean} fits */
const largest = (count, fits) => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

export const createTextPainter = () => {
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  let family = 'sans-serif';

  const width = (/** @type {string} */ text) => context.measureText(text).width;

  /** @param {string} text @param {number} room */
  const shortened = (text, room) => {
    if (width(text) <= room) return text;
    const letters = segments('grapheme', text);
    const fit = largest(letters.length, (n) => width(`${letters.slice(0, n).join('').trimEnd()}…`) <= room);
    return `${letters.slice(0, fit).join('').trimEnd()}…`;
  };

  /** @param {string} text @param {number} room @param {number} most */
  const broken = (text, room, most) => {
    if (width(text) <= room) return [text.trim()];
    const lines = [];
    let rest = segments('word', text);
    while (rest.length && lines.length < most - 1 && width(rest.join('')) > room) {
      let fit = largest(rest.length, (n) => width(rest.slice(0, n).join('').trimEnd()) <= room);
      // Punctuation stays with the word before it, and one word that is too long is broken inside.
      while (fit > 1 && /^[^\p{L}\p{N}\s]/u.test(rest[fit] ?? '')) fit -= 1;
      if (fit === 0) {
        const letters = segments('grapheme', rest[0]);
        const part = Math.max(1, largest(letters.length, (n) => width(letters.slice(0, n).join('')) <= room));
        rest = [letters.slice(0, part).join(''), letters.slice(part).join(''), ...rest.slice(1)].filter(Boolean);
        fit = 1;
      }
      lines.push(rest.slice(0, fit).join('').trim());
      rest = rest.slice(fit);
    }
    lines.push(shortened(rest.join('').trim(), room));
    return lines;
  };

  return {
    canvas,
    context,
    /** @param {string} list a CSS font-family list; true if it is another one */
    setFamily(list) {
      const changed = family !== list;
      family = list;
      return changed;
    },

    /**
     * Draws into `canvas`; what comes back describes it.
     * @param {string} text @param {number} size @param {number} weight @param {number} room @param {number} most lines
     * @param {boolean} centered
     */
    draw(text, size, weight, room, most, centered) {
      const prepare = () => {
        context.font = `${weight} ${size}px ${family}`;
        context.textAlign = 'left';
        context.textBaseline = 'alphabetic';
        context.fillStyle = '#fff';
        context.direction = rightToLeft.test(text) ? 'rtl' : 'ltr';
      };
      prepare();
      const height = Math.floor((size * 4 + 2) / 3);
      const lines = broken(text, room, Math.max(1, most));
      const measured = lines.map((line) => context.measureText(line));
      const boxWidth = Math.max(1, Math.ceil(Math.max(...measured.map((m) => m.width))));
      const boxHeight = height * lines.length;
      const baseline = Math.round(height / 2 + size * 0.36);
      const rtl = context.direction === 'rtl';
      const starts = measured.map((m) => (centered ? (boxWidth - m.width) / 2 : rtl ? boxWidth - m.width : 0));
      // How far ink reaches beyond the box: italics, tall scripts, stacked marks, emoji.
      let [left, top, right, bottom] = [0, 0, boxWidth, boxHeight];
      measured.forEach((m, i) => {
        const y = i * height + baseline;
        left = Math.min(left, Math.floor(starts[i] - m.actualBoundingBoxLeft) - 1);
        right = Math.max(right, Math.ceil(starts[i] + m.actualBoundingBoxRight) + 1);
        top = Math.min(top, Math.floor(y - m.actualBoundingBoxAscent) - 1);
        bottom = Math.max(bottom, Math.ceil(y + m.actualBoundingBoxDescent) + 1);
      });
      canvas.width = Math.min(4096, right - left);
      canvas.height = Math.min(4096, bottom - top);
      prepare(); // resizing forgets everything
      lines.forEach((line, i) => context.fillText(line, Math.round(starts[i]) - left, i * height + baseline - top));
      return { boxWidth, boxHeight, left, top, width: canvas.width, height: canvas.height };
    },
  };
};
