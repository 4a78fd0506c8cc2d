/** Seeds that failed once, with what they found. They run first, for ever. */
export const REGRESSIONS: ReadonlyArray<{ readonly seed: number; readonly found: string }> = [
  { seed: 28, found: "a shard's earlier claim was forgotten when the later one was taken back" },
];
