/** Turns what happens at the player's table into news, for as long as the seat is taken. Shows nothing. */
import { useEffect } from "react";
import { useTable } from "../app/useTable.ts";
import { claimNews, notify } from "./notify.ts";
import { followFrozen } from "../wallet/useIsFrozen.ts";
import { betNews, frozenNews, keptNews } from "./tableNews.ts";

/** Shorter interruptions are nobody's business once they are over. */
const NOTABLE_INTERRUPTION_MS = 2_000;
/** Before the seat expires: time enough to finish a race and write down a name. */
const EXPIRY_WARNING_MS = 10 * 60_000;
/** `setTimeout` knows no longer waits. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function TableNews() {
  const table = useTable();
  const { croupier, session, store } = table;

  useEffect(() => claimNews(session.playerId), [session.playerId]);

  useEffect(() => {
    let seen = store.get();
    let lostAtMs: number | null = null;
    return store.subscribe(() => {
      const before = seen;
      seen = store.get();
      for (const news of betNews(before.bets.byRace, seen.bets.byRace)) notify(news);
      if (before.connection.kind === "online" && seen.connection.kind !== "online") {
        lostAtMs = performance.now();
      } else if (seen.connection.kind === "online" && lostAtMs !== null) {
        const wasNotable = performance.now() - lostAtMs > NOTABLE_INTERRUPTION_MS;
        lostAtMs = null;
        if (wasNotable) {
          notify({ kind: "good", id: "connection", text: { key: "shell:news.connected" } });
        }
      }
    });
  }, [store]);

  useEffect(() => {
    // A wallet that was open is nothing to speak of.
    let wasFrozen = false;
    return followFrozen(croupier, session.playerId, (isFrozen) => {
      if (isFrozen !== wasFrozen) notify(frozenNews(isFrozen));
      wasFrozen = isFrozen;
    });
  }, [croupier, session.playerId]);

  useEffect(
    () =>
      croupier.onOutcome((settled) => {
        const news = settled.isInherited ? keptNews(settled) : null;
        if (news !== null) notify(news);
      }),
    [croupier],
  );

  useEffect(() => {
    const waitMs = Date.parse(session.expiresAt) - EXPIRY_WARNING_MS - Date.now();
    if (waitMs > MAX_TIMER_MS) return undefined;
    const timer = setTimeout(
      () =>
        notify({
          kind: "note",
          id: "expiring",
          text: { key: "shell:news.expiring", vars: { at: { time: session.expiresAt } } },
          detail: { key: "shell:news.expiringDetail" },
        }),
      Math.max(0, waitMs),
    );
    return () => clearTimeout(timer);
  }, [session.expiresAt]);

  return null;
}
