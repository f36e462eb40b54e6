// The module that Emscripten makes of src/ (build/wasm-release/odnix-module.mjs), as the loader uses it.

/** What the loader puts on the module object before it starts. C++ reads it by these names. */
export interface ModuleOptions {
  glue: Record<string, (...values: any[]) => void>;
  /** The glue's methods, each doing nothing. */
  rehearsal: Record<string, (...values: any[]) => void>;
  ui: unknown;
  config: ModuleConfig;
  /** Every entry into WASM from a browser callback goes through here: it catches what WASM throws. */
  enter(entry: () => void): void;
  /** A constructor that may throw: what it makes, or 0. */
  attempt(make: () => number): number;
  /** The call socket that was opened before the module was there. */
  early: { take(url: string): WebSocket | null; replay(socket: WebSocket): void };
  /** Sockets that are open, so that a dead client can close them. */
  sockets: Set<WebSocket>;
  /** What is said for a client that dies in a call, by the socket of that address. */
  lastWords: { keep(url: string, text: string): void };
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module?: WebAssembly.Module) => void): object;
  onAbort(reason: unknown): void;
  print(text: string): void;
  printErr(text: string): void;
}

/** The page's config, checked. Numbers are safe integers; 0 = absent. */
export interface ModuleConfig {
  user: number;
  chat: number;
  /** "wss://host/prefix", no slash at the end. */
  socketBase: string;
  notify: boolean;
  canCall: boolean;
  canShare: boolean;
  peerName: string;
  peerAvatar: string;
  group: boolean;
  members: { user: number; name: string; avatar: string }[];
  /** Whose calls do not ring. */
  blocked: number[];
  debug: boolean;
  /** core::Preconnect */
  preconnect: number;
}

/** What C++ exports (src/platform/web/bindings.cpp). */
export interface OdnixModule extends ModuleOptions {
  start(): void;
  report(message: { type: string }): void;
  run(): void;
  command(name: string): void;
  journal(): string;
  version(): string;
  /** One slice of the rehearsal; 0: it is over. */
  _odnix_rehearse(width: number, height: number, scale: number): number;
}

export default function createOdnixModule(options: ModuleOptions): Promise<OdnixModule>;
