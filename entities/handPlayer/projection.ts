/** What a player's counts write beside the journal: the list of players. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow, Projection } from "../../src/actor/Projection.ts";
import { nameIn } from "./name.ts";
import type { HandPlayerEvent } from "./events.ts";
import type { HandPlayerState } from "./state.ts";

export const HandPlayerTotalTable: Projection = {
  table: "hand_player_total",
  columns: { site: "text", player: "text", hands: "bigint", last_at: "bigint" },
  key: ["site", "player"],
  write: "upsert",
};

export const project = (
  _event: HandPlayerEvent,
  { hands, lastAt }: HandPlayerState,
  { entityId }: Meta,
): ReadonlyArray<ProjectedRow> => {
  const { player, site } = nameIn(entityId);
  const row = { site, player, hands, last_at: lastAt };
  return [{ projection: HandPlayerTotalTable, row }];
};
