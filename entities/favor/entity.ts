/** The favor as a durable actor. */
import { Favor } from "../../rpc/favor.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { Ledger } from "../ledger.ts";
import { decider, type FavorInternal, lapsesAt } from "./decider.ts";
import { FavorEvent } from "./events.ts";
import { process } from "./process.ts";
import { FavorTable, project } from "./projection.ts";
import { FavorState } from "./state.ts";

export const favor: AnyDurableActor = make<typeof Favor, FavorState, FavorEvent, FavorInternal>({
  contract: Favor,
  decider,
  event: FavorEvent,
  // Its whole life is a dozen entries: most never come to a snapshot.
  snapshots: { schema: FavorState, revision: 1, everyEntries: 50 },
  recentReplies: 8,
  alarm: { dueAt: lapsesAt, command: () => ({ _tag: "Lapse" }) },
  process,
  projections: [FavorTable, Ledger],
  project,
});
