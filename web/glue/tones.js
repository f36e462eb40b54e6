/**
 * Ringtone, ringback, ended and busy: short patterns of sines with soft edges, rendered once and looped by the audio engine,
 * so that a hidden tab's slow timers do not matter. Between tones the context is suspended and costs nothing.
 * A page that was never touched may not sound: then a looping tone begins at the first gesture.
 */
import { errorText, ignore } from './errors.js';

const rate = 24000;
/** ms. Opening the sound device can stop the page for 30: what is seen and sent for the call goes first. */
const behindPicture = 100;

/**
 * Notes are [start s, length s, Hz, loudness]; `every` is the whole pattern in seconds.
 * ringback: 425 Hz, 1 s on, 4 s off; busy: 425 Hz, 0.5 s on, 0.5 s off (ETSI TR 101 041 lists both for most of Europe).
 * @type {Record<string, {every: number, loop: boolean, notes: number[][]}>}
 */
const patterns = {
  ringtone: {
    every: 3, loop: true,
    notes: [659.3, 880, 987.8, 880, 659.3, 880].map((hz, i) => [i * 0.18, i === 5 ? 0.7 : 0.3, hz, 0.3]),
  },
  ringback: { every: 5, loop: true, notes: [[0, 1, 425, 0.15]] },
  ended: { every: 0.6, loop: false, notes: [[0, 0.18, 587.3, 0.18], [0.17, 0.4, 392, 0.18]] },
  busy: { every: 3, loop: false, notes: [0, 1, 2].map((start) => [start, 0.5, 425, 0.15]) },
};

/** @param {BaseAudioContext} context @param {{every: number, notes: number[][]}} pattern */
const render = (context, { every, notes }) => {
  const buffer = context.createBuffer(1, Math.round(every * rate), rate);
  const samples = buffer.getChannelData(0);
  for (const [start, length, hz, loudness] of notes) {
    const first = Math.round(start * rate);
    const count = Math.min(Math.round(length * rate), samples.length - first);
    for (let i = 0; i < count; i += 1) {
      const edge = Math.min(1, i / (0.02 * rate), (count - i) / (0.06 * rate));
      const soft = 0.5 - 0.5 * Math.cos(Math.PI * edge);
      samples[first + i] += loudness * soft * Math.sin((2 * Math.PI * hz * i) / rate);
    }
  }
  return buffer;
};

/**
 * @param {import('./types.js').Report} report
 * @param {{ addSink(sink: object): void }} devices where sound goes
 */
export const createTones = (report, devices) => {
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {Record<string, AudioBuffer>} */
  const rendered = {};
  /** @type {{source: AudioBufferSourceNode, gain: GainNode} | null} */
  let playing = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  const resume = () => {
    if (context && playing) Promise.resolve(context.resume()).catch(ignore);
  };
  const gestures = ['pointerdown', 'keydown'];
  const stopListening = () => gestures.forEach((name) => removeEventListener(name, resume, { capture: true }));

  const rest = () => {
    stopListening();
    if (context && !playing && !waiting) Promise.resolve(context.suspend()).catch(ignore);
  };

  /**
   * Not left to the end of the source: a context that rests or never ran tells none, and the nodes would stay with it.
   * @param {{ source: AudioBufferSourceNode, gain: GainNode }} tone
   */
  const drop = (tone) => {
    const { source, gain } = tone;
    source.onended = null;
    source.stop();
    source.disconnect();
    gain.disconnect();
    if (playing === tone) playing = null;
    if (!playing) rest();
  };

  const stopTone = () => {
    clearTimeout(waiting);
    waiting = undefined;
    if (!playing || !context) return;
    playing.gain.gain.setTargetAtTime(0, context.currentTime, 0.015); // no click
    setTimeout(drop, context.state === 'running' ? 80 : 0, playing);
    playing = null;
    stopListening();
  };

  /** @param {string} name */
  const begin = (name) => {
    const pattern = patterns[name];
    devices.addSink((context ??= new AudioContext()));
    const source = context.createBufferSource();
    const gain = context.createGain();
    source.buffer = rendered[name] ??= render(context, pattern);
    source.loop = pattern.loop;
    source.connect(gain).connect(context.destination);
    const tone = { source, gain };
    source.onended = () => drop(tone);
    source.start();
    playing = tone;
    if (context.state !== 'running') {
      resume();
      if (pattern.loop) gestures.forEach((gesture) => addEventListener(gesture, resume, { capture: true, passive: true }));
    }
  };

  return {
    /** @param {string} name */
    playTone(name) {
      if (!patterns[name] || typeof AudioContext !== 'function') return;
      stopTone();
      if (document.hidden) begin(name); // its timers are slow, and nothing is drawn
      else
        waiting = setTimeout(() => {
          waiting = undefined;
          try {
            begin(name);
          } catch (error) {
            report({ type: 'glue-failed', where: 'playTone', error: errorText(error) });
          }
        }, behindPicture);
    },

    stopTone,

    /** For good: the client died. */
    closeTones() {
      clearTimeout(waiting);
      stopListening();
      playing = null;
      if (context) Promise.resolve(context.close()).catch(ignore);
      context = null;
    },
  };
};
