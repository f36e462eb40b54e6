/**
 * Tells what opens without a question, now and whenever it changes: a device that the person has allowed for good and that
 * is plugged in when it is asked. A browser that does not tell permissions makes the person's call wait for its devices, as ever.
 */
import { ignore } from './errors.js';

/**
 * @param {import('./types.js').Report} report
 * @param {AbortSignal} signal
 */
export const watchGranted = async (report, signal) => {
  /** @param {string} name */
  const query = (name) => navigator.permissions.query({ name: /** @type {PermissionName} */ (name) });
  try {
    const [microphone, camera] = await Promise.all([query('microphone'), query('camera')]);
    const tell = async () => {
      const allowed = { audioinput: microphone.state === 'granted', videoinput: camera.state === 'granted' };
      const found = allowed.audioinput ? await navigator.mediaDevices.enumerateDevices() : [];
      const opens = (/** @type {'audioinput' | 'videoinput'} */ kind) => allowed[kind] && found.some((device) => device.kind === kind);
      if (!signal.aborted) report({ type: 'devices-granted', microphone: opens('audioinput'), camera: opens('videoinput') });
    };
    const again = () => void tell().catch(ignore);
    for (const state of [microphone, camera]) state.addEventListener('change', again, { signal });
    navigator.mediaDevices.addEventListener('devicechange', again, { signal });
    await tell();
  } catch {
    // not told: nothing opens unasked
  }
};
