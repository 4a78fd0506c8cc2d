/** Seeds that failed once, with what they found. They run first, for ever. */
export const REGRESSIONS: ReadonlyArray<{ readonly seed: number; readonly found: string }> = [];
