/**
 * A benchmark measures one figure of ours beside that of a peer which does the same work another way, on the same
 * machine in the same run. Both sides take turns (A B A B …), so that what else the machine does in a minute falls on
 * both, and the median of the rounds stands for each.
 */
import type { Postgres } from "./support/Postgres.ts";

/** What a benchmark is given to work with. */
export interface Stage {
  readonly postgres: Postgres;
  /** Length of one measured round, and how many rounds each side has. */
  readonly seconds: number;
  readonly rounds: number;
  /** Less of everything, for a first look: the figures are then rough. */
  readonly quick: boolean;
  /** Sizes asked for by `--rows`, for a benchmark that has some. */
  readonly rows?: ReadonlyArray<number>;
  /** How often a process is killed, by `--kills`. */
  readonly kills?: number;
  /** Says what is being done. */
  readonly progress: (line: string) => void;
  /** Runs when the benchmark has ended, last in first out, failed or not. */
  readonly defer: (end: () => Promise<void>) => void;
}

export interface Outcome {
  readonly ours: number;
  /** Undefined where the bar is absolute. */
  readonly peer?: number;
  /** What stands behind the figures and what limits them, a sentence each. */
  readonly notes: ReadonlyArray<string>;
}

export interface Bench {
  readonly name: string;
  /** What is measured against what, in one line. */
  readonly about: string;
  readonly unit: string;
  /** `ours / peer` at least; or, without a peer, `ours` at most. */
  readonly bar: { readonly ratioAtLeast: number } | { readonly oursAtMost: number };
  readonly run: (stage: Stage) => Promise<Outcome>;
}

export interface Result {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly bar: number;
  readonly pass: boolean;
}

const DIGITS = 4;
const rounded = (value: number) => Number(value.toPrecision(DIGITS));

export const judge = ({ name, unit, bar }: Bench, { ours, peer }: Outcome): Result => {
  const ratio = peer === undefined ? null : ours / peer;
  const pass =
    "ratioAtLeast" in bar ? ratio !== null && ratio >= bar.ratioAtLeast : ours <= bar.oursAtMost;
  return {
    name,
    unit,
    ours: rounded(ours),
    peer: peer === undefined ? null : rounded(peer),
    ratio: ratio === null ? null : rounded(ratio),
    bar: "ratioAtLeast" in bar ? bar.ratioAtLeast : bar.oursAtMost,
    pass,
  };
};
