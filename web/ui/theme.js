/**
 * The page's wishes about looks: CSS custom properties on the host or any of its ancestors. What is missing or no colour
 * stays at its default (src/ui/theme.hpp has the same).
 */
const colors = { accent: '#10b981', surface: '#111111', danger: '#ef4444', warning: '#fbbf24', text: '#ffffff' };
const systemFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/**
 * @typedef {object} Theme
 * @property {number[]} colors  0xRRGGBB of accent, surface, danger, warning, text
 * @property {number} radius    CSS px
 * @property {string} font      a CSS font-family list
 */

/** A CSS font-family list. @param {Element} element */
export const fontOf = (element) => getComputedStyle(element).getPropertyValue('--odnix-call-font').trim() || systemFont;

/** @param {HTMLElement} host @param {CanvasRenderingContext2D} context @returns {Theme} */
export const readTheme = (host, context) => {
  const style = getComputedStyle(host);
  const wish = (/** @type {string} */ name) => style.getPropertyValue(`--odnix-call-${name}`).trim();
  const values = Object.entries(colors).map(([name, fallback]) => {
    context.fillStyle = fallback;
    context.fillStyle = wish(name) || fallback; // an invalid colour leaves what was set before
    const color = String(context.fillStyle);
    return /^#[0-9a-f]{6}$/.test(color) ? color : fallback;
  });
  Object.keys(colors).forEach((name, i) => host.style.setProperty(`--${name}`, values[i]));
  const font = fontOf(host);
  host.style.setProperty('--font', font);
  const radius = parseFloat(wish('radius'));
  return { colors: values.map((color) => parseInt(color.slice(1), 16)), radius: radius >= 0 && radius <= 32 ? radius : 12, font };
};
