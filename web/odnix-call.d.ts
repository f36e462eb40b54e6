// Types of the ES module build (odnix-call.mjs) and of what the classic script puts on `window`.

export interface OdnixCallConfig {
  /** Who is signed in on this page. */
  userId: number | string;
  /** The chat that calls go to. Without it the page can only be called. */
  chatId?: number | string;
  /** Host of the chat server, with an optional path in front of `/ws/…`. Default: the page's own host. */
  host?: string;
  /** Default: by the page's own protocol. */
  wsScheme?: 'ws' | 'wss';
  /** Default (also for an empty list): three public STUN servers. A function is asked again when its answer may have expired. */
  iceServers?: RTCIceServer[] | (() => RTCIceServer[] | Promise<RTCIceServer[]>);
  /** Only by TURN servers, so that nobody learns this person's addresses. `iceTransportPolicy: 'relay'` means the same. */
  relayOnly?: boolean;
  iceTransportPolicy?: RTCIceTransportPolicy;
  /**
   * May pages be connected while a call rings, so that Accept is answered at once? `auto` (default): by a TURN server if there
   * is one, so that no address is shown before Accept. `always`: by any way. `never`.
   */
  preconnect?: 'auto' | 'always' | 'never';
  /** How to name the other person before the server does. */
  peerName?: string;
  peerAvatar?: string;
  /** The chat is a group: calls are for all its members. `peerName` and `peerAvatar` are then the group's. */
  group?: boolean;
  /** Who is in the group, for names on the tiles. */
  members?: { id: number | string; name?: string | null; avatar?: string | null }[];
  /** Users whose calls do not ring here; they do not learn it. */
  blocked?: (number | string)[];
  /** Listen on `/ws/notify/` for calls of other chats. Default: true. */
  notify?: boolean;
  /** Where the .wasm file is, if not beside the script. */
  wasm?: string;
  /** Write what happens to console.debug. */
  debug?: boolean;
}

export type OdnixCallState =
  | 'idle' | 'preparing' | 'out-ringing' | 'in-ringing' | 'connecting' | 'active' | 'reconnecting' | 'resuming' | 'ended';

export type OdnixCallDeviceKind = 'microphone' | 'camera' | 'speaker';

export interface OdnixCallDevice {
  kind: OdnixCallDeviceKind;
  /** The browser's name for it on this site. */
  id: string;
  label: string;
  /** In use, or what would be used. */
  selected: boolean;
}

export interface OdnixCall {
  /** May be called at once: it waits until the client is ready. Never throws. */
  startAudioCall(): void;
  startVideoCall(): void;
  /** Cancels, declines or hangs up, whatever fits. */
  endCall(): void;
  /** What is plugged in. Browsers tell it once this site was allowed to open a device; until then the list may be empty. */
  devices(): Promise<OdnixCallDevice[]>;
  /** From now on rather this one; kept in this browser. An empty id: whatever the browser takes. */
  chooseDevice(kind: OdnixCallDeviceKind, id: string): void;
  /** From now on this user's calls do not ring on this page, or (`false`) ring again. Nothing is kept: the next page's config says so. */
  block(userId: number | string, on?: boolean): void;
  /** Settles when the client can ring and be rung; rejects if it cannot start. Needs no handler. */
  readonly ready: Promise<void>;
  readonly state: OdnixCallState;
  readonly version: string;
  readonly debug: {
    /** What happened so far, as JSON lines without addresses, descriptions or names: for bug reports. */
    journal(): string;
    /**
     * A fault on purpose. Only odnix-call-debug.js has it. `seconds` (0 to 600, 10 unless told) is for the first three.
     * Throws if there is no such fault; does nothing if there is nothing to harm.
     */
    inject?(fault: OdnixCallFault, options?: { seconds?: number }): void;
  };
}

export type OdnixCallFault =
  | 'drop-socket' | 'silence-socket' | 'stall-media' | 'fail-connection' | 'lose-microphone' | 'lose-camera' | 'crash';

export interface OdnixCallStateDetail {
  state: OdnixCallState;
  /** Why a call ended; only with `ended`. */
  reason?: string;
}

export interface OdnixCallDevicesDetail {
  devices: OdnixCallDevice[];
}

export interface OdnixCallMissedDetail {
  chatId: number;
  userId: number;
  /** As far as known; text from a stranger. */
  name: string;
  video: boolean;
  /** When the call began, as Date.now() counts. */
  at: number;
  /** Milliseconds since then. */
  age: number;
}

export interface OdnixCallErrorDetail {
  /** Stable; see docs/embedding.md. */
  code: string;
  message: string;
  /** The client does not run on this page, or does not any more. */
  fatal: boolean;
}

/** One client per page: a second call returns the first one. */
export function createOdnixCall(config: OdnixCallConfig): OdnixCall;
export default createOdnixCall;

declare global {
  interface Window {
    OdnixCallConfig?: OdnixCallConfig;
    /** Set by the classic script. */
    OdnixCall?: OdnixCall;
  }
  interface WindowEventMap {
    'odnix-call-state': CustomEvent<OdnixCallStateDetail>;
    'odnix-call-devices': CustomEvent<OdnixCallDevicesDetail>;
    'odnix-call-missed': CustomEvent<OdnixCallMissedDetail>;
    'odnix-call-error': CustomEvent<OdnixCallErrorDetail>;
  }
}
