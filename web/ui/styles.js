/**
 * The surface's style sheet, as a constructed sheet: a strict Content-Security-Policy allows no other. The page's styles do
 * not reach inside; what they say about the host itself is overruled with !important.
 */
const rules = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147483000 !important;
  display: block !important; pointer-events: none !important; contain: layout style !important;
  color-scheme: dark; -webkit-tap-highlight-color: transparent; }
.stage { position: absolute; overflow: hidden; pointer-events: auto; animation: appear .18s ease-out; user-select: none;
  -webkit-user-select: none; font-family: var(--font); color: var(--text); }
.stage.card { overflow: visible; box-shadow: 0 12px 48px rgba(0,0,0,.38), 0 2px 10px rgba(0,0,0,.28); }
.stage.opaque { background: var(--surface); }
video { position: absolute; left: 0; top: 0; width: 1px; height: 1px; visibility: hidden; object-fit: cover; background: #000; }
video.shown { visibility: visible; }
video.local { z-index: 1; }
canvas { position: absolute; left: 0; top: 0; z-index: 2; touch-action: none; outline: none;
  scroll-margin: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left); }
.mirror { position: absolute; inset: 0; z-index: 3; pointer-events: none; outline: none; }
.mirror * { position: absolute; margin: 0; padding: 0; border: 0; box-sizing: border-box; background: none; font: inherit;
  color: inherit; outline: none; }
.mirror:not(.visible) > :not(.indicator) { color: transparent; overflow: hidden; white-space: nowrap; }
.indicator { top: 6px; right: 6px; width: 8px; height: 8px; border-radius: 50%; background: #34d399;
  box-shadow: 0 0 0 1px rgba(0,0,0,.35); }
.indicator[hidden] { display: none; }
.visible { pointer-events: auto; }
.stage:not(.opaque) > .visible { background: rgba(17,17,17,.85); }
.card > .visible { background: var(--surface); border-radius: inherit; }
.visible [data-text] { text-align: center; line-height: 1.333; overflow-wrap: anywhere; text-shadow: 0 1px 2px rgba(0,0,0,.5); }
.visible [data-text=title] { font-weight: 600; white-space: nowrap; }
.visible [data-text=name] { background: rgba(0,0,0,.55); box-shadow: 0 0 0 4px rgba(0,0,0,.55); border-radius: 4px; white-space: nowrap; }
.visible [data-text=banner] { background: rgba(30,30,34,.92); border-radius: 8px; box-shadow: 0 0 0 8px rgba(30,30,34,.92); }
.visible [data-text=initials] { border-radius: 50%; background: linear-gradient(#94a3b8, #475569); font-weight: 600; display: grid;
  place-items: center; }
.visible button { border-radius: 999px; background: rgba(255,255,255,.16); font-size: 11px; font-weight: 600; cursor: pointer;
  overflow: hidden; white-space: normal; line-height: 1.15; }
.visible button.accept { background: var(--accent); color: #fff; }
.visible button.danger { background: var(--danger); color: #fff; }
.visible button[aria-pressed=false] { background: #f4f4f5; color: #18181b; }
.visible button:hover { filter: brightness(1.12); }
.visible button:active { filter: brightness(.85); }
.visible button:focus-visible { outline: 2.5px solid #fff; outline-offset: 2px; }
.visible button:disabled { opacity: .45; cursor: default; }
@keyframes appear { from { opacity: 0; transform: translateY(-6px); } }
@media (prefers-reduced-motion: reduce) { .stage { animation: none; } }
`;

/** @param {ShadowRoot} root */
export const applyStyles = (root) => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // An older browser: rules through the object model are allowed where a filled <style> is not.
    const { sheet } = root.appendChild(document.createElement('style'));
    for (const rule of rules.split(/\n(?! )/)) if (rule) sheet?.insertRule(rule, sheet.cssRules.length);
  }
};
