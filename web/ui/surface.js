/**
 * The page surface: everything that the client ever puts into the page, and nothing while no call is there. One host
 * element with a shadow root: native videos below, the canvas that Dear ImGui draws on over them, the mirror on top.
 * C++ (src/platform/web/ui_port.cpp) says what lies where; the browser's events go back to it as numbers.
 */
import { ignore } from '../glue/errors.js';
import { screenBit } from '../glue/share.js';
import { createGraphics } from './graphics.js';
import { createMirror, place } from './mirror.js';
import { listenToPointer } from './pointer.js';
import { applyStyles } from './styles.js';
import { createTextPainter } from './text.js';
import { fontOf, readTheme } from './theme.js';
import { createLift } from './top-layer.js';

/**
 * @typedef {object} UiModule  what src/platform/web/ui_exports.cpp exports; control and peer numbers are C++'s
 * @property {(entry: () => void) => void} enter
 * @property {(now: number, width: number, height: number, scale: number, reduced: number, paint: number) => void} _odnix_ui_frame
 * @property {(kind: number, x: number, y: number, touch: number) => void} _odnix_ui_pointer
 * @property {(control: number) => void} _odnix_ui_press
 * @property {(control: number) => void} _odnix_ui_focus
 * @property {(peer: number, width: number, height: number) => void} _odnix_ui_video
 * @property {(lost: number) => void} _odnix_ui_context
 * @property {(accent: number, surface: number, danger: number, warning: number, text: number, radius: number, font: number) => void} _odnix_ui_theme
 * @property {(top: number, right: number, bottom: number, left: number) => void} _odnix_ui_insets
 */

const localPeer = 0;

export const createSurface = () => {
  const text = createTextPainter();
  /** @type {UiModule | null} */
  let module = null;
  /** @type {HTMLElement | null} while something is shown */
  let host = null;
  /** @type {ReturnType<typeof createLift> | null} */
  let lift = null;
  /** @type {AbortController | null} */
  let listening = null;
  /** @type {Element | null} who had the keyboard before we took it */
  let focusedBefore = null;
  let modal = false;
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} until a surface that may wait is made */
  let opening;
  let state = 'idle';

  const stage = document.createElement('div');
  const canvas = document.createElement('canvas');
  /** @type {Map<number, HTMLVideoElement>} */
  const videos = new Map();

  /** @param {(live: UiModule) => void} entry */
  const enter = (entry) => {
    const live = module;
    if (live) live.enter(() => entry(live));
  };

  /** Draws now; a hidden tab is only laid out. */
  const draw = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!host) return;
    stayInPage();
    const { clientWidth, clientHeight } = host;
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    enter((live) =>
      live._odnix_ui_frame(performance.now(), clientWidth, clientHeight, devicePixelRatio || 1, Number(reduced), Number(!document.hidden)));
  };
  /** The mirror at once, the picture with the next frame: what can be pressed has changed. */
  const layOut = () => {
    const { clientWidth, clientHeight } = host ?? { clientWidth: 0, clientHeight: 0 };
    if (host) enter((live) => live._odnix_ui_frame(performance.now(), clientWidth, clientHeight, devicePixelRatio || 1, 0, 0));
  };
  const request = () => {
    if (!frame) frame = requestAnimationFrame(draw);
  };

  const mirror = createMirror({
    press: (control) => enter((live) => live._odnix_ui_press(control)),
    focus(control) {
      enter((live) => live._odnix_ui_focus(control));
      request();
    },
  });

  /** @param {number} peer @param {string} kind */
  const makeVideo = (peer, kind) => {
    const video = document.createElement('video');
    const screen = peer >= screenBit;
    video.className = screen ? 'screen' : kind;
    video.autoplay = true;
    video.playsInline = true;
    video.disablePictureInPicture = true;
    if (peer !== localPeer) video.dataset.link = String(peer);
    video.muted = peer === localPeer;
    const resized = () => {
      enter((live) => live._odnix_ui_video(peer, video.videoWidth, video.videoHeight));
      request();
    };
    video.addEventListener('resize', resized);
    video.addEventListener('loadedmetadata', resized);
    stage.insertBefore(video, screen ? stage.firstChild : canvas); // a screen lies below faces
    videos.set(peer, video);
    return video;
  };

  const watchScale = () => {
    if (!listening) return;
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      watchScale();
      draw();
    }, { once: true, signal: listening.signal });
  };

  const insets = () => {
    const style = getComputedStyle(canvas);
    const side = (/** @type {string} */ name) => parseFloat(style.getPropertyValue(`scroll-margin-${name}`)) || 0;
    enter((live) => live._odnix_ui_insets(side('top'), side('right'), side('bottom'), side('left')));
  };

  const themed = () => {
    if (!host) return;
    const { colors: [accent, surface, danger, warning, ink], radius, font } = readTheme(host, text.context);
    const other = text.setFamily(font);
    enter((live) => live._odnix_ui_theme(accent, surface, danger, warning, ink, radius, Number(other)));
  };

  /** Pages exchange their body while their scripts live on, and open dialogs. */
  const stayInPage = () => {
    if (!host || !lift?.()) return false;
    for (const video of videos.values()) void Promise.resolve(video.play()).catch(ignore); // taken out, it was paused
    return true;
  };

  const open = () => {
    host = document.createElement('div');
    host.id = 'odnix-call';
    host.dataset.state = state;
    const root = host.attachShadow({ mode: 'open' });
    applyStyles(root);
    root.append(stage);
    lift = createLift(host);
    lift();
    host.addEventListener('focusin', ({ relatedTarget }) => { // who comes to a card by keyboard goes back afterwards
      focusedBefore = /** @type {Element | null} */ (relatedTarget) ?? focusedBefore;
    });
    listening = new AbortController();
    const { signal } = listening;
    themed();
    insets();
    addEventListener('resize', () => {
      insets();
      draw(); // at once: the canvas would show its old size for a frame
    }, { signal });
    document.addEventListener('visibilitychange', request, { signal });
    for (const type of ['fullscreenchange', 'toggle', 'close']) // of dialogs: at the capture, they do not bubble
      document.addEventListener(type, () => void (stayInPage() && request()), { signal, capture: true });
    document.fonts?.addEventListener?.('loadingdone', () => {
      enter((live) => live._odnix_ui_theme(-1, -1, -1, -1, -1, -1, 1));
      request();
    }, { signal });
    listenToPointer(canvas, signal, (kind, x, y, touch) => {
      enter((live) => live._odnix_ui_pointer(kind, x, y, touch));
      if (kind === 0) request();
      else draw(); // inside the gesture: what a press starts may need the person's activation
    }, () => modal);
    watchScale();
  };

  /** @param {boolean} turned @param {number} later ms */
  const wanted = (turned, later) => {
    clearTimeout(opening);
    if (!host && later) {
      focusedBefore = document.activeElement; // the page may disable the button that was pressed
      opening = setTimeout(() => wanted(true, 0), later);
      return;
    }
    const opens = !host;
    if (opens) open();
    const moved = stayInPage();
    request();
    if (turned || opens || moved || document.hidden) queueMicrotask(layOut); // frames do not come in a hidden tab
  };

  const close = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    clearTimeout(opening);
    frame = 0;
    const before = /** @type {HTMLElement | null} */ (focusedBefore);
    focusedBefore = null;
    if (!host) return;
    listening?.abort();
    const ours = document.activeElement === host;
    host.remove();
    host = lift = null;
    modal = false;
    canvas.width = canvas.height = 1; // gives the memory back, keeps the context
    for (const video of videos.values()) {
      video.srcObject = null;
      video.remove();
    }
    videos.clear();
    if (before?.isConnected && (ours || document.activeElement === document.body)) before.focus({ preventScroll: true });
  };

  stage.className = 'stage';
  stage.append(canvas, mirror.root);
  canvas.setAttribute('aria-hidden', 'true');
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // or it would never come back
    enter((live) => live._odnix_ui_context(1));
    draw();
  });
  canvas.addEventListener('webglcontextrestored', () => {
    enter((live) => live._odnix_ui_context(0));
    draw();
  });

  /** @type {import('./mirror.js').Scene & { rect: number[], radius: number, opaque: boolean, videos: number[][] } | null} */
  let next = null;

  return {
    // ---- for the glue (web/glue/types.d.ts, VideoHost)
    /** @param {number} peer */
    videoFor: (peer) => videos.get(peer) ?? makeVideo(peer, 'remote'),
    /** @param {number} peer */
    dropVideo(peer) {
      videos.get(peer)?.remove();
      videos.delete(peer);
    },
    localVideo: () => videos.get(localPeer) ?? makeVideo(localPeer, 'local'),
    /** The call's state for the page's style sheets and tests. @param {string} name */
    setState(name) {
      state = name;
      if (host) host.dataset.state = name;
    },
    /** Texts will be measured before there is a host: with the font that it will have. */
    prepare() {
      text.setFamily(fontOf(document.body));
    },
    destroy() {
      module = null;
      close();
    },

    // ---- for C++ (src/platform/web/ui_bridge.cpp)
    /** @param {UiModule} live */
    attach(live) {
      module = live;
    },
    /** Draw soon. Makes the surface if there is none, `later` ms from now if it is not wanted again before. `turned`:
     *  another screen, its controls must not wait. */
    wanted,
    request,
    /** @param {number} delay ms */
    wake(delay) {
      clearTimeout(timer);
      timer = setTimeout(request, delay);
    },
    /** @param {number[]} rect @param {number} radius @param {boolean} isModal @param {boolean} opaque @param {number} escape @param {string} devices */
    begin(rect, radius, isModal, opaque, escape, devices) {
      next = { rect, radius, modal: isModal, opaque, escape, devices, buttons: [], texts: [], videos: [] };
    },
    /** @param {number[]} place peer, x, y, w, h, radius, mirrored, cover */
    video(...place) {
      next?.videos.push(place);
    },
    /** @param {string} role @param {string} content @param {number[]} rect @param {number} size */
    text(role, content, rect, size) {
      next?.texts.push({ role, text: content, rect, size });
    },
    /** @param {import('./mirror.js').Button} button */
    button(button) {
      next?.buttons.push(button);
    },
    end() {
      if (!next) return;
      const scene = next; // of a call, or without a host of its rehearsal
      next = null;
      stage.className = scene.opaque ? 'stage opaque' : scene.modal ? 'stage' : 'stage card';
      place(stage, scene.rect);
      stage.style.borderRadius = `${scene.radius}px`;
      const shown = new Set();
      scene.videos.forEach(([peer, x, y, w, h, radius, mirrored, cover]) => {
        const video = videos.get(peer);
        if (!video) return;
        shown.add(peer);
        place(video, [x, y, w, h]);
        video.style.borderRadius = `${radius}px`;
        video.style.objectFit = cover ? 'cover' : 'contain';
        video.style.transform = mirrored ? 'scaleX(-1)' : '';
      });
      for (const [peer, video] of videos) video.classList.toggle('shown', shown.has(peer));
      const opening = host && scene.modal && !modal;
      modal = Boolean(host) && scene.modal;
      mirror.show(scene);
      if (opening) {
        if (document.activeElement !== host) focusedBefore ??= document.activeElement;
        mirror.root.focus({ preventScroll: true });
      }
    },
    close,
    /** @param {number} width @param {number} height backing size, device px @param {number} w @param {number} h CSS px */
    size(width, height, w, h) {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      place(canvas, [0, 0, w, h]);
    },
    /** @param {boolean} hand */
    cursor(hand) {
      canvas.style.cursor = hand ? 'pointer' : '';
    },
    /** @param {boolean} works the canvas shows what the mirror mirrors */
    painting(works) {
      mirror.setVisible(!works);
      canvas.style.display = works ? '' : 'none';
    },
    drawText: text.draw,
    ...createGraphics(canvas, text.canvas),
  };
};
