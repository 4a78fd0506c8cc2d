import { useCallback, useEffect, useRef, useState } from "react";
import type { BetBody } from "../../../sdk/src/index.ts";
import { useTable } from "../app/useTable.ts";
import { firstPage, withNewest, withOlder } from "./betPages.ts";
import type { BetPages } from "./betPages.ts";

const PER_PAGE = 50;
/** The server's greatest page: when something has changed, so many of those shown are read anew at most. */
const MAX_AGAIN = 200;

interface History {
  /** What they are of: bets of another status are not shown for it. */
  readonly of: BetBody["status"] | undefined;
  readonly pages: BetPages | undefined;
  readonly isFailed: boolean;
  readonly isOlderFailed: boolean;
  readonly isReading: boolean;
}

const nothing = (of: History["of"]): History => ({
  of,
  pages: undefined,
  isFailed: false,
  isOlderFailed: false,
  isReading: false,
});

/** The player's bets of a status or of any, newest first, read again whenever the table has news of one. */
export function useHistory(status: BetBody["status"] | undefined): Omit<History, "of"> & {
  readonly again: () => void;
  readonly older: () => void;
} {
  const { croupier, store } = useTable();
  const [history, setHistory] = useState(nothing(status));
  const shown = history.of === status ? history : nothing(status);
  const known = useRef(shown);
  useEffect(() => {
    known.current = shown;
  });
  /** What is asked last is answered last; what was asked for another status is dropped. */
  const change = useCallback(
    (next: (history: History) => History) =>
      setHistory((before) => {
        const mine = before.of === status ? before : nothing(status);
        return known.current.of === status ? next(mine) : before;
      }),
    [status],
  );
  const again = useCallback(async () => {
    const count = known.current.of === status ? (known.current.pages?.bets.length ?? 0) : 0;
    const limit = Math.min(MAX_AGAIN, Math.max(PER_PAGE, count));
    const answer = await croupier.get("/bets", { query: { status, limit } });
    change((mine) =>
      answer.ok
        ? {
            ...mine,
            isFailed: false,
            pages:
              mine.pages === undefined
                ? firstPage(answer.body)
                : withNewest(mine.pages, answer.body),
          }
        : { ...mine, isFailed: true },
    );
  }, [change, croupier, status]);
  useEffect(() => {
    let seen = store.get();
    void again();
    return store.subscribe(() => {
      const now = store.get();
      const isNews = now.bets !== seen.bets || now.wallet?.version !== seen.wallet?.version;
      seen = now;
      if (isNews) void again();
    });
  }, [again, store]);
  const older = useCallback(async () => {
    const before = known.current.pages?.nextBefore;
    if (before === undefined || before === null || known.current.isReading) return;
    change((mine) => ({ ...mine, isReading: true, isOlderFailed: false }));
    const answer = await croupier.get("/bets", { query: { status, before, limit: PER_PAGE } });
    change((mine) => ({
      ...mine,
      isReading: false,
      isOlderFailed: !answer.ok,
      pages:
        answer.ok && mine.pages !== undefined
          ? withOlder(mine.pages, before, answer.body)
          : mine.pages,
    }));
  }, [change, croupier, status]);
  return { ...shown, again: () => void again(), older: () => void older() };
}
