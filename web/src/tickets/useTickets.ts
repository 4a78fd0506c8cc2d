import { useEffect, useState } from "react";
import type { TicketsBody } from "../../../sdk/src/index.ts";
import { useTable } from "../app/useTable.ts";
import type { Problem } from "../http/request.ts";
import { keepKnown, lastKnown } from "../offline/LastKnown.ts";
import { isTickets } from "./isTickets.ts";
import { isLive, ticketsOf, withNewest, withOlder } from "./Tickets.ts";
import type { Tickets } from "./Tickets.ts";

const KNOWN = "tickets";
/** While a reservation runs out, or a payment is on its way. */
const READ_LIVE_MS = 3_000;
const READ_MS = 10_000;

export interface TicketsView {
  /** Null until something is known. */
  readonly tickets: Tickets | null;
  readonly problem: Problem | null;
  /** Since when nothing newer is known; null while it is as of now. */
  readonly asOfMs: number | null;
  readonly isReadingOlder: boolean;
}

const NOTHING: TicketsView = { tickets: null, problem: null, asOfMs: null, isReadingOlder: false };

/** The player's reservations and tickets, read anew while they are looked at, and as last known without network. */
export function useTickets(): TicketsView & {
  readonly readOlder: () => void;
  readonly readAgain: () => void;
} {
  const { croupier, session } = useTable();
  const { playerId } = session;
  const [view, setView] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      clearTimeout(timer);
      let everyMs = READ_MS;
      if (document.visibilityState === "visible") {
        const page = await croupier.get("/api/v1/reservations");
        if (!isShown) return;
        if (page.ok) {
          keepKnown(localStorage, KNOWN, page.body, { nowMs: Date.now(), playerId });
          if (page.body.reservations.some(isLive)) everyMs = READ_LIVE_MS;
        }
        setView((view) =>
          page.ok ? withPage(view, page.body) : withoutAnswer(view, page.problem, playerId),
        );
      }
      timer = setTimeout(() => void read(), everyMs);
    };
    const wake = () => void read();
    void read();
    document.addEventListener("visibilitychange", wake);
    addEventListener("online", wake);
    return () => {
      isShown = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("online", wake);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it is asked again
  }, [croupier, playerId, attempt]);

  const readOlder = () => {
    const before = view.tickets?.nextBefore;
    if (before === undefined || before === null || view.isReadingOlder) return;
    setView({ ...view, isReadingOlder: true });
    void croupier.get("/api/v1/reservations", { query: { before } }).then((page) =>
      setView((view) => ({
        ...view,
        isReadingOlder: false,
        tickets:
          page.ok && view.tickets?.nextBefore === before
            ? withOlder(view.tickets, page.body)
            : view.tickets,
        problem: page.ok ? null : page.problem,
      })),
    );
  };
  return { ...view, readOlder, readAgain: () => setAttempt(attempt + 1) };
}

function withPage(view: TicketsView, page: TicketsBody): TicketsView {
  const { asOfMs, tickets } = view;
  // What was only remembered is replaced.
  const isKnown = tickets !== null && asOfMs === null;
  return {
    ...view,
    tickets: isKnown ? withNewest(tickets, page) : ticketsOf(page),
    problem: null,
    asOfMs: null,
  };
}

function withoutAnswer(view: TicketsView, problem: Problem, playerId: string): TicketsView {
  if (view.tickets !== null) return { ...view, problem, asOfMs: view.asOfMs ?? Date.now() };
  const known = lastKnown(localStorage, KNOWN, isTickets, playerId);
  return known === null
    ? { ...view, problem }
    : {
        ...view,
        problem,
        // Older pages are the server's to tell.
        tickets: { reservations: known.body.reservations, nextBefore: null },
        asOfMs: known.atMs,
      };
}
