/** What one hand adds to one player's statistics. */
import type { Position } from "../../rpc/hand.ts";
import type { Counts } from "../../rpc/handStats.ts";

export interface PlayerHand {
  readonly player: string;
  readonly position: Position | null;
  /** Players that were dealt in. */
  readonly players: number;
  readonly counts: Counts;
}
