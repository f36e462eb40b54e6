// Hosts the storybook module in the product's own page surface, with painted people instead of cameras.
import createStorybook from '#storybook';

import { createSurface } from '../../web/ui/surface.js';

/** A person in a room, as a stream. @param {number} seed @param {boolean} upright */
const person = (seed, upright) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = upright ? [720, 1280] : [1280, 720];
  const { width: w, height: h } = canvas;
  const c = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const wall = c.createLinearGradient(0, 0, w, h);
  const hue = (seed * 67) % 360;
  wall.addColorStop(0, `hsl(${hue} 35% 78%)`);
  wall.addColorStop(1, `hsl(${hue + 40} 30% 52%)`);
  c.fillStyle = wall;
  c.fillRect(0, 0, w, h);
  c.fillStyle = '#ffffffd0';
  c.fillRect(w * 0.06, h * 0.08, w * 0.2, h * 0.42);
  c.fillStyle = `hsl(${hue + 180} 40% 38%)`;
  c.beginPath();
  c.ellipse(w / 2, h * 1.08, Math.min(w * 0.42, h * 0.5), h * 0.42, 0, 0, 7);
  c.fill();
  c.fillStyle = '#8d5a3c';
  c.fillRect(w / 2 - h * 0.06, h * 0.55, h * 0.12, h * 0.2);
  c.beginPath();
  c.ellipse(w / 2, h * 0.42, h * 0.145, h * 0.19, 0, 0, 7);
  c.fill();
  c.fillStyle = '#2b1a12';
  c.beginPath();
  c.ellipse(w / 2, h * 0.32, h * 0.16, h * 0.13, 0, Math.PI, 0);
  c.fill();
  const stream = canvas.captureStream(5);
  setInterval(() => c.fillRect(0, 0, 1, 1), 200); // a stream without new frames shows nothing
  return stream;
};

const surface = createSurface();
/** @type {any} */
const options = {
  ui: surface,
  names: [],
  pressed: [],
  enter: (/** @type {() => void} */ entry) => entry(),
  locateFile: (/** @type {string} */ name) => `/${name}`,
};
const module = await createStorybook(options);

const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 350))));

/** @param {HTMLVideoElement} video @param {MediaStream} stream */
const play = (video, stream) =>
  new Promise((done) => {
    if (video.srcObject) return done(0);
    video.srcObject = stream;
    video.muted = true;
    video.addEventListener('playing', done, { once: true });
    return video.play();
  });

/** @type {any} */ (window).story = {
  names: options.names,
  pressed: options.pressed,
  module,
  surface,
  async show(/** @type {number} */ number) {
    module._story_show(number);
    await Promise.all([play(surface.localVideo(), person(5, false)),
      ...[1, 2, 3, 4, 5, 6, 7].map((peer) => play(surface.videoFor(peer), person(peer, peer === 3)))]);
    module._odnix_ui_pointer(0, innerWidth / 2, innerHeight / 2, 0);
    surface.request();
    await settled();
  },
};
