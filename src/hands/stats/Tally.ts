/** The counts of one player in one hand while they are being made: a number for each of `COUNTS`. */
import { COUNTS, type Count } from "../../../rpc/handStats.ts";

export type Tally = Array<number>;

/** By player, in the order of the hand's results. */
export type Tallies = ReadonlyMap<string, Tally>;

/** Where each count stands. */
export const AT = Object.fromEntries(COUNTS.map((name, at) => [name, at])) as Readonly<
  Record<Count, number>
>;

const EMPTY: Tally = COUNTS.map(() => 0);

/** Copied, which is several times faster than filling. */
export const emptyTally = (): Tally => EMPTY.slice();
