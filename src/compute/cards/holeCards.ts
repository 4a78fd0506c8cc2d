/** How many cards players have of their own, in the games whose other cards are common to all. */
import type { EquityGame } from "../../../rpc/equity.ts";

export const HOLE_CARDS: Readonly<Record<EquityGame, number>> = {
  holdem: 2,
  omaha: 4,
  omaha_hilo: 4,
  omaha5: 5,
  omaha5_hilo: 5,
};
