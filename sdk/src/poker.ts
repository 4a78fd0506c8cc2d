/** `@croupier/sdk/poker`: equities, hands as they are recorded, statistics, and the import of histories. See docs/sdk.md. */
export { createPoker } from "./poker/Poker.ts";
export type { Poker } from "./poker/Poker.ts";
export type { EquityOptions, EquityOutcome, EquityQuestion } from "./poker/Equities.ts";
export type { EquityAnswer, EquityProgress } from "./poker/Equities.ts";
export type { FollowOptions, Hand, HandListener } from "./poker/HandFeed.ts";
export type { BlobLike, HistorySource } from "./poker/historyParts.ts";
export type {
  Imported,
  ImportOptions,
  ImportOutcome,
  ImportProgress,
} from "./poker/importHands.ts";
export { ReadFailed } from "./poker/patience.ts";
