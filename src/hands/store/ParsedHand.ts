import type { Hand } from "../../../rpc/hand.ts";
import type { PlayerHand } from "../PlayerHand.ts";

/** A hand as it was read, with what it counts for each player in it. */
export interface ParsedHand {
  readonly hand: Hand;
  readonly players: ReadonlyArray<PlayerHand>;
}
