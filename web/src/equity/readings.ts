/** How simulated equities settle: what they were after so many deals. Kept at growing distances, as they settle. Pure. */
import type { EquityAnswer } from "../../../rpc/equity.ts";

export interface Reading {
  readonly samples: number;
  readonly equities: readonly number[];
  /** Half of the 95 % interval, of the player who is known least. */
  readonly halfWidth: number;
}

/** So many times the deals of the one before: some forty readings from the first chunk to fifty million deals. */
const GROWTH = 1.15;

export const widestOf = ({ players }: EquityAnswer): number =>
  Math.max(...players.map(({ high, low }) => (high - low) / 2));

/** The last reading is always of all deals so far; one that came too soon after its forerunner is replaced by the next. */
export function withReading(
  readings: readonly Reading[],
  answer: EquityAnswer,
): readonly Reading[] {
  const { players, samples } = answer;
  const equities = players.map(({ equity }) => equity);
  const reading = { samples, equities, halfWidth: widestOf(answer) };
  const forerunner = readings.at(-2);
  const isLastKept =
    forerunner === undefined || (readings.at(-1)?.samples ?? 0) >= forerunner.samples * GROWTH;
  return [...(isLastKept ? readings : readings.slice(0, -1)), reading];
}
