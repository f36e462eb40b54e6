/** What probe.js gives to the benchmark inside a page. */
interface Window {
  readonly __bench: {
    released(): number;
    appears(id: string): Promise<{ at: number; value: { x: number; y: number } }>;
    goes(id: string): Promise<number>;
    firstFrame(): Promise<number>;
    firstSound(): Promise<number>;
    shows(): object;
    start(): Promise<{ socket: number; ready: number | null }>;
  };
}
