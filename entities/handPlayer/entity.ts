/** The player of recorded hands as a durable actor. */
import { HashMap } from "effect";
import { HandPlayer } from "../../rpc/handPlayer.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { decider } from "./decider.ts";
import { HandPlayerEvent } from "./events.ts";
import { HandPlayerTotalTable, project } from "./projection.ts";
import { HandPlayerState } from "./snapshot.ts";
import type { HandPlayerState as State } from "./state.ts";

export const handPlayer: AnyDurableActor = make<typeof HandPlayer, State, HandPlayerEvent>({
  contract: HandPlayer,
  decider,
  event: HandPlayerEvent,
  snapshots: {
    schema: HandPlayerState,
    revision: 1,
    everyEntries: 50,
    size: ({ cells, days }) => HashMap.size(cells) + HashMap.size(days),
  },
  recentReplies: 4,
  projections: [HandPlayerTotalTable],
  project,
});
