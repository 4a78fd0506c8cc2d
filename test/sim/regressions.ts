/** Seeds that failed once, with what they found. They run first, for ever. */
export const REGRESSIONS: ReadonlyArray<{ readonly seed: number; readonly found: string }> = [
  { seed: 28, found: "a shard's earlier claim was forgotten when the later one was taken back" },
  {
    seed: 408,
    found: "a copy read before another's last commit never learnt of the transfer that it owed",
  },
  { seed: 1410, found: "a copy read before another's last commit never ran its race" },
];
