import { useEffect, useRef, useState } from "react";
import { useTable, useTableState } from "../app/useTable.ts";
import type { Problem } from "../http/request.ts";
import { keepKnown, lastKnown } from "../offline/LastKnown.ts";
import { isStatement, readStatement } from "./readStatement.ts";
import type { Hold } from "./readStatement.ts";
import { startOf, withNewest, withOlder } from "./Statement.ts";
import type { Statement } from "./Statement.ts";

const KNOWN = "statement";
/** A race's settlement pays bet by bet; one reading serves the burst. */
const SETTLE_MS = 300;
/** Without an answer it is asked again. */
const AGAIN_MS = 5_000;

export interface StatementView {
  /** Null until something is known. */
  readonly statement: Statement | null;
  readonly holds: readonly Hold[];
  readonly problem: Problem | null;
  /** Since when nothing newer is known; null while it is as of now. */
  readonly asOfMs: number | null;
  readonly isReadingOlder: boolean;
}

const NOTHING: StatementView = {
  statement: null,
  holds: [],
  problem: null,
  asOfMs: null,
  isReadingOlder: false,
};

/** The player's statement, kept current by the wallet's own news, and as last known without network. */
export function useStatement(): StatementView & {
  readonly readOlder: () => void;
  readonly readAgain: () => void;
} {
  const { croupier, session } = useTable();
  const { playerId } = session;
  const version = useTableState(({ wallet }) => wallet?.version);
  const [view, setView] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const isFirst = useRef(true);

  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const [page, wallet] = await Promise.all([
        readStatement(croupier),
        croupier.get("/wallet/me"),
      ]);
      if (!isShown) return;
      if (page.ok) keepKnown(localStorage, KNOWN, page.body, { nowMs: Date.now(), playerId });
      setView((view) => {
        const held = wallet.ok ? wallet.body.open_holds : view.holds;
        if (!page.ok) return { ...withoutAnswer(view, page.problem, playerId), holds: held };
        const { statement } = view;
        // What was only remembered is replaced, for the present may begin elsewhere.
        const isKnown = statement !== null && view.asOfMs === null;
        return {
          ...view,
          statement: isKnown ? withNewest(statement, page.body) : startOf(page.body),
          holds: held,
          problem: null,
          asOfMs: null,
        };
      });
      if (!page.ok) timer = setTimeout(() => void read(), AGAIN_MS);
    };
    timer = setTimeout(() => void read(), isFirst.current ? 0 : SETTLE_MS);
    isFirst.current = false;
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the wallet has moved, or it is asked again
  }, [croupier, playerId, version, attempt]);

  const readOlder = () => {
    const before = view.statement?.nextBefore;
    if (before === undefined || before === null || view.isReadingOlder) return;
    setView({ ...view, isReadingOlder: true });
    void readStatement(croupier, before).then((page) =>
      setView((view) => ({
        ...view,
        isReadingOlder: false,
        statement:
          page.ok && view.statement?.nextBefore === before
            ? withOlder(view.statement, page.body)
            : view.statement,
        problem: page.ok ? null : page.problem,
      })),
    );
  };
  return { ...view, readOlder, readAgain: () => setAttempt(attempt + 1) };
}

function withoutAnswer(view: StatementView, problem: Problem, playerId: string): StatementView {
  if (view.statement !== null) return { ...view, problem, asOfMs: view.asOfMs ?? Date.now() };
  const known = lastKnown(localStorage, KNOWN, isStatement, playerId);
  return known === null
    ? { ...view, problem }
    : // Older pages are the server's to tell.
      {
        ...view,
        problem,
        statement: startOf({ ...known.body, next_before: null }),
        asOfMs: known.atMs,
      };
}
