/**
 * How loud the microphone is, asked for about once a second and only while it matters. Measured on a clone of the track:
 * mute disables the track that is sent and leaves the clone alone, so a person who talks while muted can be told, and
 * nothing of it leaves the page. Numbers only; nothing is kept.
 */
import { ignore } from './errors.js';

/** The most that an analyser takes: 0.7 s at 48 kHz. */
const samples = 32768;

/**
 * @param {import('./types.js').Report} report
 * @param {(kind: string) => MediaStreamTrack | null} trackOf
 */
export const createMeter = (report, trackOf) => {
  /** @type {{ source: MediaStreamTrack, clone: MediaStreamTrack, context: AudioContext, analyser: AnalyserNode, wave: Float32Array<ArrayBuffer> } | null} */
  let meter = null;
  /** What could not be measured is not tried again. @type {MediaStreamTrack | null} */
  let hopeless = null;
  /** Where the browser tells: measuring is not worth a battery. @type {{ charging: boolean } | undefined} */
  let battery;
  const spares = () => document.hidden || battery?.charging === false;

  const close = () => {
    if (!meter) return;
    meter.clone.stop();
    Promise.resolve(meter.context.close()).catch(ignore);
    meter = null;
  };

  /** @param {MediaStreamTrack} source */
  const open = (source) => {
    const context = new AudioContext();
    const clone = source.clone();
    clone.enabled = true;
    const analyser = context.createAnalyser();
    analyser.fftSize = samples;
    meter = { source, clone, context, analyser, wave: new Float32Array(samples) };
    try {
      context.createMediaStreamSource(new MediaStream([clone])).connect(analyser);
    } catch (error) { // Firefox: the microphone has another sample rate than the context
      hopeless = source;
      close();
      throw error;
    }
    Promise.resolve(/** @type {any} */ (navigator).getBattery?.()).then((found) => (battery = found), ignore);
  };

  return {
    close,
    /** One report of the last 0.7 s, in thousandths of full scale; 0 = digital silence. None if it cannot be told now. */
    measure() {
      const source = trackOf('audio');
      if (meter?.source !== source || spares()) close();
      if (!source || source === hopeless || spares()) return;
      if (!meter) {
        open(source);
        return;
      }
      if (meter.context.state !== 'running') return;
      const { analyser, wave } = meter;
      analyser.getFloatTimeDomainData(wave);
      let sum = 0;
      for (const sample of wave) sum += sample * sample;
      report({ type: 'microphone-measured', level: sum && Math.max(1, Math.round(Math.sqrt(sum / samples) * 1000)) });
    },
  };
};
