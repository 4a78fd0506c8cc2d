/** The feed of hands, its journal golden: batches in turn and out of turn, some told again. */
import { DeciderRun } from "../../support/DeciderRun.ts";
import { batchOf, FEED, handFeedDesk } from "../handFeed/desk.ts";
import { type Played, played } from "./RaffleScenarios.ts";

const AT = 1_700_000_000_000;

const evening = () => {
  const run = new DeciderRun(handFeedDesk, FEED);
  const batches = [
    batchOf(1, 1, 1),
    batchOf(2, 2, 61),
    batchOf(4, 64, 66),
    batchOf(3, 62, 63),
    batchOf(2, 2, 61),
    batchOf(6, 68, 68),
  ];
  for (const [n, batch] of batches.entries()) run.command("Announce", batch, AT + n * 1000);
  return run;
};

export const handFeedScenarios: Readonly<Record<string, () => ReadonlyArray<Played>>> = {
  "hand-feed": () => [played("hand_feed", evening(), handFeedDesk.event.encode)],
};
