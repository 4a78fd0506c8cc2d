/** The player of recorded hands as a durable actor. */
import { HandPlayer } from "../../rpc/handPlayer.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { decider } from "./decider.ts";
import { HandPlayerEvent } from "./events.ts";
import { HandPlayerTotalTable, project } from "./projection.ts";
import { HandPlayerState } from "./snapshot.ts";
import type { HandPlayerState as State } from "./state.ts";

/**
 * A cell is a few dozen small numbers: writing so many costs what one item of another entity's state does, and a player with
 * a thousand cells has a snapshot after some hundred batches.
 */
const CELLS_AN_ITEM = 16;

export const handPlayer: AnyDurableActor = make<typeof HandPlayer, State, HandPlayerEvent>({
  contract: HandPlayer,
  decider,
  event: HandPlayerEvent,
  snapshots: {
    schema: HandPlayerState,
    revision: 1,
    everyEntries: 50,
    size: ({ cells, days }) => (cells.size + days.size) / CELLS_AN_ITEM,
  },
  recentReplies: 4,
  projections: [HandPlayerTotalTable],
  project,
});
