import "./MyBets.css";
import { useState } from "react";
import { Refused } from "../app/Refused.tsx";
import { useTable, useTableState } from "../app/useTable.ts";
import type { Refusal } from "../connection/Outbox.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { formatMoney } from "../wallet/money.ts";
import type { BetRow, BetStatus } from "./BetsState.ts";
import { MARKET_TEXTS } from "./markets.ts";

const TONES: Readonly<Record<BetStatus, string>> = {
  accepted: "tag is-note",
  cancelled: "tag",
  won: "tag is-good",
  lost: "tag is-bad",
  refunded: "tag",
};

const NONE: readonly BetRow[] = [];

/** The player's bets on the race in progress and on the one before. */
export function MyBets() {
  const race = useTableState((state) => state.lobby.lobby?.race_id);
  const phase = useTableState((state) => state.lobby.lobby?.phase);
  const settledRace = useTableState((state) => state.lobby.result?.raceId);
  const byRace = useTableState((state) => state.bets.byRace);
  const current = (race === undefined ? undefined : byRace[race]) ?? NONE;
  const last =
    (settledRace === undefined || settledRace === race ? undefined : byRace[settledRace]) ?? NONE;
  return (
    <section className="panel my-bets" aria-labelledby="my-bets-title">
      <div className="panel-head">
        <h2 id="my-bets-title">My bets</h2>
        <Totals rows={current} />
      </div>
      {current.length === 0 && (last.length === 0 || phase === "betting") && (
        <p className="empty">
          {phase === "betting"
            ? "No bet on this race yet. Pick a runner from the field."
            : "You have no bet on this race."}
        </p>
      )}
      <BetList rows={current} canCancel={phase === "betting"} />
      {last.length > 0 && (
        <>
          <div className="panel-head my-bets-last">
            <h3>Last race</h3>
            <Totals rows={last} />
          </div>
          <BetList rows={last} canCancel={false} />
        </>
      )}
    </section>
  );
}

function Totals({ rows }: { readonly rows: readonly BetRow[] }) {
  const counted = rows.filter(({ status }) => status !== "cancelled");
  if (counted.length === 0) return null;
  const staked = counted.reduce((sum, { stake }) => sum + stake, 0);
  const returned = counted.reduce((sum, { payout }) => sum + (payout ?? 0), 0);
  const isOpen = counted.some(({ status }) => status === "accepted");
  return (
    <span className="muted figure">
      {isOpen
        ? `${formatMoney(staked)} at stake`
        : `${formatMoney(staked)} staked, ${formatMoney(returned)} back`}
    </span>
  );
}

function BetList({
  rows,
  canCancel,
}: {
  readonly rows: readonly BetRow[];
  readonly canCancel: boolean;
}) {
  if (rows.length === 0) return null;
  return (
    <ul className="my-bets-list">
      {rows.map((row) => (
        <Bet key={row.bet_id} row={row} canCancel={canCancel} />
      ))}
    </ul>
  );
}

function Bet({ row, canCancel }: { readonly row: BetRow; readonly canCancel: boolean }) {
  const table = useTable();
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const text = `${MARKET_TEXTS[row.market].name} ${row.selection.join(", ")}`;
  const cancel = async () => {
    setIsSending(true);
    setRefusal(await table.cancelBet(row.bet_id));
    setIsSending(false);
  };
  return (
    <li data-bet={row.market} data-status={row.status}>
      <div className="my-bets-row">
        <div>
          <span className="my-bets-market">{MARKET_TEXTS[row.market].name}</span>
          <span className="my-bets-marks">
            {row.selection.map((number) => (
              <RunnerMark key={number} number={number} size={22} />
            ))}
            <span className="unseen">{row.selection.join(", ")}</span>
          </span>
        </div>
        <span className="my-bets-money figure">
          {formatMoney(row.stake)}
          {row.payout !== null && row.payout > 0 && (
            <span className={row.status === "won" ? "my-bets-won" : "muted"}>
              {`${formatMoney(row.payout)} back`}
            </span>
          )}
        </span>
        <span className={TONES[row.status]}>{row.status}</span>
        {row.status === "accepted" && canCancel && (
          <button
            type="button"
            className="button is-small"
            disabled={isSending}
            aria-label={`Cancel ${text}; a small fee is kept`}
            onClick={() => void cancel()}
          >
            {isSending ? "…" : "Cancel"}
          </button>
        )}
      </div>
      {refusal !== null && <Refused refusal={refusal} />}
    </li>
  );
}
