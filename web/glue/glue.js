/**
 * Everything that C++ asks of the browser besides sockets and drawing. C++ calls these methods; what comes of them goes
 * back through `report`. No method throws: an exception would cross WASM frames and skip their destructors.
 */
import { createChannels } from './channel.js';
import { createDevices } from './devices.js';
import { errorText } from './errors.js';
import { createKeep } from './keep.js';
import { createMedia } from './media.js';
import { createMeter } from './meter.js';
import { createPage } from './page.js';
import { createRtc } from './rtc.js';
import { createShare } from './share.js';
import { createTabs } from './tabs.js';
import { createTones } from './tones.js';

/**
 * @param {import('./types.js').Report} report
 * @param {import('./types.js').Host} host
 */
export const createGlue = (report, host) => {
  const devices = createDevices(report, host);
  const media = createMedia(report, host, devices);
  const share = createShare(report);
  const meter = createMeter(report, media.track);
  const { peerOf, peers, ...rtc } = createRtc(report, host, media, devices, share);
  host.opened?.({ peers, track: media.track, report });
  const channels = createChannels(report, peerOf);
  const tones = createTones(report, devices);
  const page = createPage(report, host);
  const tabs = createTabs(report);
  const keep = createKeep(report);

  /** @type {Record<string, (...values: any[]) => void>} */
  const methods = {
    ...rtc,
    ...channels,
    ...tones,
    ...page,
    ...tabs,
    ...keep,
    ...devices.methods,
    meterMicrophone: (on) => (on ? meter.measure() : meter.close()),
    closeDevices: devices.closeDevices,
    openMedia: media.openMedia,
    closeMedia() {
      meter.close();
      share.close();
      media.closeMedia();
    },
    setMicrophone: media.setMicrophone,
    closeCamera: media.closeCamera,
    openShare: (request) => void share.open(request),
    closeShare: share.close,
  };

  /** @type {Record<string, (...values: any[]) => void>} */
  const glue = {};
  for (const [where, method] of Object.entries(methods))
    glue[where] = (...values) => {
      try {
        method(...values);
      } catch (error) {
        report({ type: 'glue-failed', where, error: errorText(error) });
      }
    };

  /** The client died or is thrown away: release every device and connection. */
  glue.shutdown = () => {
    for (const step of [glue.closeAllPeers, glue.closeMedia, glue.closeTones, glue.closeDevices, glue.leaveTabs, glue.leavePage]) step();
  };
  return glue;
};
