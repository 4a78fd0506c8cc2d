import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Refusal, SettledCommand } from "../../../sdk/src/index.ts";
import { Refused } from "../app/Refused.tsx";
import { useTable } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useMarkets } from "./useMarkets.ts";

/**
 * Bets that an earlier life of the page left unanswered: they are kept and sent again, once each, and nobody waits for
 * them any more, so what comes of them is said here.
 */
export function KeptBets() {
  const { t } = useTranslation("bets");
  const markets = useMarkets();
  const format = useFormat();
  const { croupier } = useTable();
  const [openedAtMs] = useState(() => performance.timeOrigin);
  const count = useSyncExternalStore(
    croupier.unanswered.subscribe,
    () =>
      croupier.unanswered
        .get()
        .filter(({ command, madeAtMs }) => command.type === "PLACE_BET" && madeAtMs < openedAtMs)
        .length,
  );
  const [placed, setPlaced] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const hear = useCallback(
    ({ kept: { command }, outcome, isInherited }: SettledCommand) => {
      if (!isInherited || command.type !== "PLACE_BET") return;
      if (!outcome.ok) {
        setRefusal(outcome.refusal);
        return;
      }
      const bet = t("slip.placed", {
        market: markets[command.market].name,
        selection: command.selection.join(", "),
        amount: format.money(command.stake),
      });
      setPlaced((before) => [...before, bet]);
    },
    [t, markets, format],
  );
  useEffect(() => croupier.onOutcome(hear), [croupier, hear]);
  return (
    <div className="kept-bets" aria-live="polite">
      {count > 0 && (
        <p className="notice" data-kept={count}>
          {t("slip.keptBefore", { count })}
        </p>
      )}
      {placed.length > 0 && (
        <div className="notice is-good" role="status">
          <ul>
            {placed.map((bet) => (
              <li key={bet}>{bet}</li>
            ))}
          </ul>
        </div>
      )}
      {refusal !== null && <Refused refusal={refusal} />}
    </div>
  );
}
