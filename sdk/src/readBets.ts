import { applyBetAnswer, applyBetsReading, NO_BETS } from "./BetsState.ts";
import type { BetsState } from "./BetsState.ts";
import type { Outbox } from "./Outbox.ts";
import { createCell } from "./Readable.ts";
import type { Readable } from "./Readable.ts";
import type { Rest } from "./Rest.ts";
import type { Timers } from "./Timers.ts";
import { walletTopic } from "./TopicFrame.ts";
import type { Topics } from "./Topics.ts";
import type { BetBody } from "./wire.ts";

export interface BetsOptions {
  readonly topics: Topics;
  readonly rest: Rest;
  readonly outbox: Pick<Outbox, "onOutcome">;
  readonly player: Readable<string | null>;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
}

/** The server's greatest page, and so many of them: more bets than any player has on one race. */
const PAGE_BETS = 200;
const MAX_PAGES = 10;
/** A settlement changes the wallet several times in a row; one reading shows them all. */
const READ_AFTER_MS = 250;
const READ_AGAIN_MS = 2_000;

/**
 * The player's bets of a race, kept current while anyone listens. Whatever becomes of a bet, wherever it was placed,
 * changes the wallet; so each change of the wallet is the occasion to read them again.
 */
export function readBets(options: BetsOptions, raceId: string): Readable<BetsState> {
  const { outbox, player, rest, timers, topics } = options;
  let endWatch: (() => void) | undefined;
  let cancelTimer = (): void => undefined;
  /** Tells the readings of this watch, of this player, from those that come too late. */
  let term = 0;

  const readIn = (ms: number): void => {
    cancelTimer();
    cancelTimer = timers.after(ms, () => void read());
  };
  const read = async (): Promise<void> => {
    const mine = term;
    const bets: BetBody[] = [];
    let before: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = { race_id: raceId, limit: PAGE_BETS, before };
      const answer = await rest.get("/bets", { query });
      if (mine !== term) return;
      if (!answer.ok) return readIn(READ_AGAIN_MS);
      bets.push(...answer.body.bets);
      before = answer.body.next_before ?? undefined;
      if (before === undefined) break;
    }
    cell.set(applyBetsReading(cell.get(), bets));
  };
  const follow = (isWatched: boolean): void => {
    term += 1;
    cancelTimer();
    endWatch?.();
    endWatch = undefined;
    const playerId = player.get();
    if (!isWatched || playerId === null) return;
    // Comes at once with the first snapshot, too.
    endWatch = topics.watch(walletTopic(playerId), { frame: () => readIn(READ_AFTER_MS) }).close;
    void read();
  };
  const cell = createCell<BetsState>(NO_BETS, {
    onError: options.onError,
    whileWatched: () => {
      follow(true);
      const stops = [
        player.subscribe(() => {
          cell.set(NO_BETS);
          follow(true);
        }),
        outbox.onOutcome(({ outcome }) => {
          if (outcome.ok) cell.set(applyBetAnswer(cell.get(), raceId, outcome.frame));
        }),
      ];
      return () => {
        for (const stop of stops) stop();
        follow(false);
      };
    },
  });
  return cell;
}
