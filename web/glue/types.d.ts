// The words that the glue, the loader and the page surface use with one another. No code.

/** What the glue asks of the page surface (web/ui): native video elements by name. They may sit anywhere in the surface. */
export interface VideoHost {
  /** The `<video class="remote" playsinline autoplay>` of a peer; made at the first question. */
  videoFor(peer: number): HTMLVideoElement;
  /** The peer is gone: take its element away. Unknown peers are fine. */
  dropVideo(peer: number): void;
  /** The muted `<video class="local" playsinline autoplay>`. */
  localVideo(): HTMLVideoElement;
  /** The call's state, for the host's data-state. */
  setState?(state: string): void;
  prepare?(): void;
  /** The client died: take everything out of the page. */
  destroy?(): void;
}

/** What faults on purpose reach (web/inject.js). */
export interface Insides {
  peers: () => Map<number, { connection: RTCPeerConnection }>;
  /** Our own; null = none. */
  track: (kind: 'audio' | 'video') => MediaStreamTrack | null;
  report: Report;
}

export interface Injector {
  /** Another client lives: the first, or one that was started anew after a crash. */
  enter(client: Insides & { sockets: Set<WebSocket>; crash: (error: unknown) => void }): void;
  inject: NonNullable<import('../odnix-call.js').OdnixCall['debug']['inject']>;
}

/** What the glue asks of the loader. */
export interface PageHost {
  opened?(insides: Insides): void;
  ice: import('../ice.js').Ice;
  /** The call's state changed; the loader keeps it for `OdnixCall.state` and tells the page. */
  stateChanged(state: string, reason: string): void;
  devicesChanged(devices: import('../odnix-call.js').OdnixCallDevice[]): void;
  /** Something the page's developer should know; not fatal. */
  problem(code: string, text: string): void;
  /** The same, by a code of problems.js. */
  alarm(code: string): void;
  /** Run the inbox of the module soon: in a microtask. */
  wake(): void;
}

export type Host = VideoHost & PageHost;

/** One fact for the C++ side: `type` is the kebab-case name of a core event, the rest are its fields in camelCase. */
export interface Message {
  type: string;
  [field: string]: unknown;
}

/** Never throws. */
export type Report = (message: Message) => void;

/** A candidate in the core's field names; mLineIndex -1 and empty texts mean "absent". */
export interface CandidateFields {
  line: string;
  mid: string;
  mLineIndex: number;
  ufrag: string;
}
