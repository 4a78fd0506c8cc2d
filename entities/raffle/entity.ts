/** The raffle as a durable actor. */
import { HashMap } from "effect";
import { Raffle } from "../../rpc/raffle.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { Ledger } from "../ledger.ts";
import type { Beacon } from "./beacon.ts";
import { decider, dueAt, type RaffleInternal } from "./decider.ts";
import { RaffleEvent } from "./events.ts";
import { topic } from "./frames.ts";
import { process } from "./process.ts";
import { project, projections } from "./projection.ts";
import { RaffleState } from "./snapshot.ts";
import type { RaffleState as State } from "./state.ts";

/** Claims and sales that cost a snapshot as much as one item of another entity does: each is a piece of a text. */
const RECORDS_PER_ITEM = 16;

/** The draws wait for the rounds of this beacon, where their rules name a chain. */
export const raffle = (beacon: Beacon): AnyDurableActor =>
  make<typeof Raffle, State, RaffleEvent, RaffleInternal>({
    contract: Raffle,
    decider,
    event: RaffleEvent,
    snapshots: {
      schema: RaffleState,
      revision: 1,
      // Far apart, for refusals are entries too and a stampede has thousands: folding so many takes some milliseconds.
      everyEntries: 2_000,
      size: ({ claims, sales }) => (HashMap.size(claims.byId) + sales.count) / RECORDS_PER_ITEM,
    },
    // A stampede's retries come within seconds.
    recentReplies: 4096,
    alarm: { dueAt, command: () => ({ _tag: "Tick" }) },
    process: process(beacon),
    topic,
    projections: [...projections, Ledger],
    project,
  });
