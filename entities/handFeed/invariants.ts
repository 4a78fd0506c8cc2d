/** What is always true of the feed, as code: asserted after every step of the property tests. */
import { HashSet } from "effect";
import { type HandFeedState, LATEST_HANDS } from "./state.ts";

/** The sentences that a feed's state breaks; none for a sound one. */
export const broken = (state: HandFeedState): ReadonlyArray<string> => {
  const { ahead, announced, latest, stateVersion, upTo } = state;
  const found: Array<string> = [];
  const check = (holds: boolean, sentence: string) => void (holds || found.push(sentence));
  check(stateVersion === upTo + HashSet.size(ahead), "each batch has made one frame");
  check(
    HashSet.every(ahead, (batchId) => batchId > upTo + 1),
    "what came out of turn lies beyond a batch that is missing",
  );
  check(latest.length <= Math.min(LATEST_HANDS, announced), "it shows what was announced");
  check(
    latest.every(({ seq }, n) => n === 0 || seq < (latest[n - 1]?.seq ?? 0)),
    "the newest hand comes first, and none twice",
  );
  return found;
};
