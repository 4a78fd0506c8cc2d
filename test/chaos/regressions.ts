/**
 * Seeds that once found something, kept for ever with what that was. They are played by hand with the command below, for
 * what a seed meets depends on the machine's timing:
 *
 *   npm run chaos -- --seed <seed> --minutes <minutes>
 */
export interface Regression {
  readonly seed: number;
  readonly minutes: number;
  readonly found: string;
}

export const REGRESSIONS: ReadonlyArray<Regression> = [];
