// People for the pictures of real calls: drawn here, fed to Chromium's fake cameras. A portrait is an SVG; a video of it
// is a YUV4MPEG2 file of a few frames in which the person sways, blinks and talks.

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 20;
const RATE = 10;

/**
 * @typedef {object} Look colours as CSS; `long`: hair
 * @property {string} wall @property {string} light @property {string} skin @property {string} hair @property {string} shirt
 * @property {boolean} [long] @property {'window' | 'shelf' | 'lamp' | 'plant'} room
 */

/** @type {Record<string, Look>} */
export const PEOPLE = {
  alice: { wall: '#e9b48c', light: '#f6dcbc', skin: '#ecc07a', hair: '#3a2413', shirt: '#2d6f8e', long: true, room: 'window' },
  bob: { wall: '#8fbfb8', light: '#c5e0da', skin: '#b97a45', hair: '#171c22', shirt: '#d8674a', room: 'shelf' },
  ananya: { wall: '#7f86b8', light: '#b9bfe4', skin: '#c98f5e', hair: '#1d1512', shirt: '#d99a2b', long: true, room: 'lamp' },
  laila: { wall: '#b8a37f', light: '#e2d3b4', skin: '#e8bd92', hair: '#4a2c20', shirt: '#6b4a8f', long: true, room: 'plant' },
};

const ROOMS = {
  window: `<rect x="110" y="90" width="290" height="360" rx="10" fill="#fff6e6"/><rect x="130" y="110" width="115" height="320"
    fill="#a9d6ee"/><rect x="265" y="110" width="115" height="320" fill="#a9d6ee"/><rect x="130" y="340" width="115" height="90"
    fill="#9dc58a"/><rect x="265" y="340" width="115" height="90" fill="#9dc58a"/>`,
  shelf: ['#e0584f', '#f0c24b', '#3d7ea6', '#f4efe6', '#2f9e8f', '#b86fa5'].map((colour, i) =>
    `<rect x="${900 + i * 34}" y="${175 + (i % 3) * 12}" width="26" height="${105 - (i % 3) * 12}" fill="${colour}"/>`).join('') +
    '<rect x="870" y="280" width="270" height="14" fill="#7d5a43"/><rect x="870" y="430" width="270" height="14" fill="#7d5a43"/>' +
    '<circle cx="930" cy="392" r="38" fill="#f0c24b"/><rect x="1010" y="350" width="80" height="80" fill="#f4efe6"/>',
  lamp: `<path d="M180 210 L300 210 L340 330 L140 330 Z" fill="#fdf1c8"/><rect x="234" y="330" width="12" height="390"
    fill="#4c4f6b"/><rect x="920" y="120" width="220" height="160" fill="#e8e4f5"/><path d="M930 270 L1000 180 L1050 230 L1080 200
    L1130 270 Z" fill="#8f97c9"/>`,
  plant: `<path d="M1030 560 L1150 560 L1130 720 L1050 720 Z" fill="#a4532e"/>` +
    [-70, -35, 0, 35, 70].map((turn) => `<ellipse cx="1090" cy="430" rx="30" ry="140" fill="#5f8f5a"
    transform="rotate(${turn} 1090 570)"/>`).join(''),
};

/** One frame of a person. @param {Look} look @param {number} at 0…1, where in the loop @returns {string} SVG */
export function portrait(look, at) {
  const sway = Math.sin(at * 2 * Math.PI) * 6;
  const mouth = 10 + 9 * Math.abs(Math.sin(at * 6 * Math.PI));
  const eye = at > 0.44 && at < 0.5 ? 2 : 15;
  const eyes = [-50, 50].map((x) => `<ellipse cx="${640 + x}" cy="345" rx="11" ry="${eye}" fill="#231a17"/>
    <path d="M${615 + x} 305 q25 -18 50 0" stroke="#231a17" stroke-width="8" fill="none" stroke-linecap="round"/>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <defs><linearGradient id="w" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${look.light}"/><stop offset="1"
    stop-color="${look.wall}"/></linearGradient><filter id="b"><feGaussianBlur stdDeviation="5"/></filter></defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#w)"/><g filter="url(#b)">${ROOMS[look.room]}</g>
    <g transform="translate(${sway} 0)">
      ${look.long ? `<path d="M455 720 C430 420 470 165 640 165 C810 165 850 420 825 720 Z" fill="${look.hair}"/>` : ''}
      <path d="M280 740 C300 600 430 565 640 565 C850 565 980 600 1000 740 Z" fill="${look.shirt}"/>
      <path d="M585 480 h110 v90 a55 45 0 0 1 -110 0 Z" fill="${look.skin}"/>
      <path d="M585 500 q55 55 110 0 v30 q-55 45 -110 0 Z" fill="#00000022"/>
      <ellipse cx="640" cy="360" rx="132" ry="165" fill="${look.skin}"/>
      <path d="M505 350 C500 215 560 175 640 175 C720 175 780 215 775 350 C750 300 730 265 ${look.long ? '600 262' : '640 258'}
        C545 262 525 300 505 350 Z" fill="${look.hair}"/>
      ${eyes}<path d="M640 350 q16 38 -8 46" stroke="#00000044" stroke-width="6" fill="none" stroke-linecap="round"/>
      <circle cx="556" cy="405" r="24" fill="#e0533a22"/><circle cx="724" cy="405" r="24" fill="#e0533a22"/>
      <path d="M598 442 q42 ${mouth} 84 0 q-42 ${mouth * 3.4} -84 0 Z" fill="#8f2a2d"/>
      <path d="M606 447 q34 ${mouth * 0.9} 68 0 l-4 8 q-30 ${mouth * 0.7} -60 0 Z" fill="#ffffff"/>
    </g></svg>`;
}

/**
 * A loop of a person for --use-file-for-fake-video-capture.
 * @param {import('playwright-core').Page} page draws the frames; any page will do
 * @param {Look} look
 * @returns {Promise<Buffer>} YUV4MPEG2, 4:2:0, 1280×720
 */
export async function film(page, look) {
  const parts = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip A1:1 C420\n`)];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    // The page turns the picture into planes (BT.601, studio range), base64 on the way back.
    const planes = await page.evaluate(async ({ svg, width, height }) => {
      const image = new Image();
      image.src = `data:image/svg+xml;base64,${btoa(svg)}`;
      await image.decode();
      const canvas = new OffscreenCanvas(width, height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const out = new Uint8Array((width * height * 3) / 2);
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const i = (y * width + x) * 4;
          const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
          out[y * width + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
          if (x % 2 || y % 2) continue;
          const chroma = width * height + ((y / 2) * width) / 2 + x / 2;
          out[chroma] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
          out[chroma + (width * height) / 4] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
        }
      let text = '';
      for (let i = 0; i < out.length; i += 32768) text += String.fromCharCode(...out.subarray(i, i + 32768));
      return btoa(text);
    }, { svg: portrait(look, frame / FRAMES), width: WIDTH, height: HEIGHT });
    parts.push(Buffer.from('FRAME\n'), Buffer.from(planes, 'base64'));
  }
  return Buffer.concat(parts);
}
