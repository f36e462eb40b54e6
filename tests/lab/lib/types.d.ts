/// <reference path="../../e2e/lib/types.d.ts" />
/** What lib/flow-probe.js keeps in a page. Counters since the page's start. */
interface LabSample {
  /** ms of the machine's clock */
  at: number;
  /** samples of sound (48,000 a second) that really came, not made up to cover a gap */
  real: number;
  /** samples made up to cover what did not come in time, silence not counted; 0 where a browser does not tell */
  made: number;
  energy: number;
  packets: number;
  frames: number;
  /** the way in use, "" while there is none */
  route: string;
}

interface Window {
  readonly __lab: {
    samples: LabSample[];
    shown: { at: number; text: string }[];
    iceErrors: { at: number; code: number; text: string }[];
  };
}
