/** Turns what happens at the player's table into news, for as long as the seat is taken. Shows nothing. */
import { useEffect, useSyncExternalStore } from "react";
import { useTable } from "../app/useTable.ts";
import { claimNews, notify } from "./notify.ts";
import { betNews, expiryWarningAtMs, frozenNews, keptNews } from "./tableNews.ts";

/** Shorter interruptions are nobody's business once they are over. */
const NOTABLE_INTERRUPTION_MS = 2_000;
/** `setTimeout` knows no longer waits. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function TableNews() {
  const table = useTable();
  const { croupier, session, store } = table;
  const client = useSyncExternalStore(croupier.session.subscribe, croupier.session.get);

  useEffect(() => claimNews(session.playerId), [session.playerId]);

  useEffect(() => {
    let seen = store.get();
    let lostAtMs: number | null = null;
    return store.subscribe(() => {
      const before = seen;
      seen = store.get();
      for (const news of betNews(before.bets.byRace, seen.bets.byRace)) notify(news);
      // A wallet that was open is nothing to speak of.
      const wasFrozen = before.wallet?.isFrozen ?? false;
      const isFrozen = seen.wallet?.isFrozen ?? wasFrozen;
      if (isFrozen !== wasFrozen) notify(frozenNews(isFrozen));
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

  useEffect(
    () =>
      croupier.onOutcome((settled) => {
        const news = settled.isInherited ? keptNews(settled) : null;
        if (news !== null) notify(news);
      }),
    [croupier],
  );

  useEffect(() => {
    if (client === null) return undefined;
    const { expiresAt } = client;
    const waitMs = expiryWarningAtMs(client) - croupier.serverNowMs();
    if (waitMs > MAX_TIMER_MS) return undefined;
    const timer = setTimeout(
      () =>
        notify({
          kind: "note",
          id: "expiring",
          text: { key: "shell:news.expiring", vars: { at: { time: expiresAt } } },
          detail: { key: "shell:news.expiringDetail" },
        }),
      Math.max(0, waitMs),
    );
    return () => clearTimeout(timer);
  }, [croupier, client]);

  return null;
}
