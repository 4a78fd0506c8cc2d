/** The lobby as a durable actor. */
import { Lobby } from "../../rpc/lobby.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { Ledger } from "../ledger.ts";
import { decider, type LobbyInternal } from "./decider.ts";
import { LobbyEvent } from "./events.ts";
import { topic } from "./frames.ts";
import { process } from "./process.ts";
import { project, projections } from "./projection.ts";
import { LobbyState } from "./state.ts";

/** Bytes of a server seed. */
const SEED_BYTES = 32;

export const lobby: AnyDurableActor = make<typeof Lobby, LobbyState, LobbyEvent, LobbyInternal>({
  contract: Lobby,
  decider,
  event: LobbyEvent,
  snapshots: {
    schema: LobbyState,
    revision: 2,
    everyEntries: 20,
    // Between races, when no bets are in it: a snapshot of thousands of bets would hold up the race.
    when: (state) => state.phase === "lobby",
  },
  recentReplies: 4096,
  alarm: {
    dueAt: (state) => state.phaseEndsAt ?? undefined,
    command: (_state, _now, entropy) => ({
      _tag: "Advance",
      seed: entropy.hex(SEED_BYTES),
      formSeed: entropy.hex(SEED_BYTES),
    }),
  },
  process,
  topic,
  projections: [...projections, Ledger],
  project,
});
