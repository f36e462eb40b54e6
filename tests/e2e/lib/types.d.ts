/// <reference path="../../../web/odnix-call.d.ts" />
/** What lib/in-page.js gives to the code that a test runs inside a page. */
interface E2ePicture { colour: number[]; bar: number; width: number; height: number; shown: [number, number]; at: [number, number] }

interface E2eSound { hz: number; db: number; over: number }

interface E2eControl { x: number; y: number; width: number; height: number; pressed: string | null }

interface Window {
  readonly __e2e: {
    peers: RTCPeerConnection[];
    requests: { audio: boolean; video: boolean }[];
    tracks: MediaStreamTrack[];
    shares: number;
    sockets: WebSocket[];
    rafs: number;
    rafMs: number;
    clears: number;
    now(): number;
    report(kind: string, detail: object): void;
    control(id: string): E2eControl | null;
    controlAtRest(id: string): Promise<E2eControl | null>;
    controls(): string[];
    text(id: string): string;
    texts(): string;
    focused(): string | null;
    share(source: CanvasImageSource, colour: number[]): number;
    picture(which?: string): E2ePicture | null;
    pictures(): E2ePicture[];
    sound(ms?: number, ofScreen?: boolean): Promise<E2eSound | null>;
    sounds(ms?: number): Promise<(E2eSound | null)[]>;
    received(): Promise<{ frames: number; audioBytes: number; videoBytes: number }>;
    open(): { peers: number; tracks: number };
  };
}
