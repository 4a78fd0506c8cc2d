import { decider } from "../../../entities/handFeed/decider.ts";
import { HandFeedEvent } from "../../../entities/handFeed/events.ts";
import { HandFeedState } from "../../../entities/handFeed/state.ts";
import { type HandSummary } from "../../../rpc/hand.ts";
import { HAND_FEED_ID, HandFeed } from "../../../rpc/handFeed.ts";
import { desk } from "../../support/DeciderRun.ts";

export const FEED = HAND_FEED_ID;

export const handFeedDesk = desk(
  { contract: HandFeed, decider, project: () => [] },
  { event: HandFeedEvent, state: HandFeedState },
);

/** A hand in a list; every third is an observer's. */
export const summaryOf = (seq: number): HandSummary => ({
  seq,
  handId: `winamax:100-${seq}-1700000000`,
  playedAt: 1_700_000_000_000 + seq * 1000,
  format: "cash",
  game: "holdem",
  limit: "no_limit",
  currency: "EUR",
  stakes: "0.02/0.05",
  table: "Aix-la-Chapelle 11",
  players: 5,
  totalPot: 120,
  rake: 6,
  board: ["Ah", "Td", "2c"],
  hero:
    seq % 3 === 0
      ? null
      : { player: "Kai  Greene", cards: ["As", "Ad"], position: "BTN", net: 114 - seq },
});

/** A batch of the hands `first` to `last`. */
export const batchOf = (batchId: number, first: number, last: number) => ({
  batchId,
  hands: last - first + 1,
  latest: Array.from({ length: last - first + 1 }, (_, n) => summaryOf(first + n)).slice(-50),
});
