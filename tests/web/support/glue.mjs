// A glue over the fake browser, and what it reported.
// @ts-nocheck see browser.mjs
import { createGlue } from '../../../web/glue/glue.js';
import { fakeSurface, installBrowser } from './browser.mjs';

/** @param {any} test the test's context: the browser goes away with it */
export const glueFor = (test) => {
  const browser = installBrowser();
  test.after(browser.undo);
  const rejections = [];
  const note = (reason) => rejections.push(reason);
  process.on('unhandledRejection', note);
  test.after(() => process.off('unhandledRejection', note));
  const reports = [];
  const surface = fakeSurface();
  const host = {
    ...surface,
    ice: { now: () => ({ iceServers: [{ urls: ['stun:stun.example'] }] }), next: () => null, refused: async () => false, watch: () => {} },
    told: [],
    stateChanged: (...what) => host.told.push(['state', ...what]),
    devicesChanged: (...what) => host.told.push(['devices', ...what]),
    problem: (...what) => host.told.push(['problem', ...what]),
    alarm: (...what) => host.told.push(['alarm', ...what]),
    wake: () => host.told.push(['wake']),
  };
  const glue = createGlue((message) => reports.push(message), host);
  return { browser, glue, reports, surface, host, rejections, types: () => reports.map(({ type }) => type) };
};
