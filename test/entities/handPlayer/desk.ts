import { decider } from "../../../entities/handPlayer/decider.ts";
import { HandPlayerEvent } from "../../../entities/handPlayer/events.ts";
import { project } from "../../../entities/handPlayer/projection.ts";
import { HandPlayerState } from "../../../entities/handPlayer/snapshot.ts";
import { HandPlayer } from "../../../rpc/handPlayer.ts";
import { desk } from "../../support/DeciderRun.ts";

export const handPlayerDesk = desk(
  { contract: HandPlayer, decider, project },
  { event: HandPlayerEvent, state: HandPlayerState },
);

/** Nothing is left out. */
export const EVERYTHING = {
  currency: null,
  game: null,
  stakes: null,
  players: null,
  position: null,
} as const;
