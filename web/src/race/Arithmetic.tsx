import "./Arithmetic.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MARKETS, selectionKey } from "../../../entities/lobby/race/market.ts";
import { BREAKAGE_STEP_MINOR, DIVIDEND_UNIT_MINOR } from "../../../entities/lobby/race/pool.ts";
import type { Market } from "../../../rpc/lobby.ts";
import type { Bet } from "../../../sdk/src/index.ts";
import { accountOf } from "../bets/account.ts";
import { useMarkets } from "../bets/useMarkets.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Pool, RaceOutcome } from "./RaceOutcome.ts";
import { RunnerMark } from "./RunnerMark.tsx";
import { useWinningStakes } from "./useWinningStakes.ts";

/**
 * How each of the viewer's payouts came about, with the real numbers: what was staked, what the house took, what was shared
 * and by how many. The last line is what the race did to the balance.
 */
export function Arithmetic({
  race,
  bets,
  powersMinor = 0,
}: {
  readonly race: RaceOutcome;
  readonly bets: readonly Bet[];
  readonly powersMinor?: number;
}) {
  const { t } = useTranslation("results");
  const { t: words } = useTranslation("bets");
  const markets = useMarkets();
  const format = useFormat();
  if (bets.length === 0 && powersMinor === 0) {
    return <p className="arithmetic-none muted">{t("sum.empty")}</p>;
  }
  const { stakedMinor, returnedMinor, netMinor, openMinor } = accountOf(bets);
  const backed = MARKETS.filter((market) => bets.some((bet) => bet.market === market));
  return (
    <section className="arithmetic" aria-labelledby="arithmetic-title">
      <h3 id="arithmetic-title">{t("sum.title")}</h3>
      <div className="arithmetic-scroll">
        <table className="arithmetic-bets">
          <thead>
            <tr>
              <th scope="col">{t("sum.bet")}</th>
              <th scope="col">{t("sum.staked")}</th>
              <th scope="col">{t("sum.returned")}</th>
              <th scope="col">{t("sum.net")}</th>
            </tr>
          </thead>
          <tbody>
            {bets.map((bet) => (
              <tr key={bet.bet_id} data-account={bet.market}>
                <th scope="row">
                  <span className="arithmetic-bet">
                    {markets[bet.market].name}
                    <Marks selection={bet.selection} />
                    {bet.status !== "won" && bet.status !== "lost" && (
                      <span className="tag">{words(`status.${bet.status}`)}</span>
                    )}
                  </span>
                </th>
                <td className="figure">{format.money(bet.stake)}</td>
                <td className="figure">
                  {bet.payout === null && bet.status === "accepted"
                    ? t("sum.pending")
                    : format.money(bet.payout ?? 0)}
                </td>
                <Net minor={bet.status === "accepted" ? 0 : (bet.payout ?? 0) - bet.stake} />
              </tr>
            ))}
            {powersMinor > 0 && (
              <tr>
                <th scope="row">{t("sum.powers")}</th>
                <td className="figure">{format.money(powersMinor)}</td>
                <td />
                <Net minor={-powersMinor} />
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("sum.total")}</th>
              <td className="figure">{format.money(stakedMinor + powersMinor)}</td>
              <td className="figure">
                {openMinor > 0 ? t("sum.pending") : format.money(returnedMinor)}
              </td>
              <Net minor={netMinor - powersMinor} isTotal />
            </tr>
          </tfoot>
        </table>
      </div>
      {backed.map((market) => {
        const pool = race.payouts?.find((one) => one.market === market);
        const own = bets.filter((bet) => bet.market === market && bet.status !== "accepted");
        if (pool === undefined || own.length === 0) return null;
        return <Steps key={market} raceId={race.race_id} market={market} pool={pool} bets={own} />;
      })}
    </section>
  );
}

function Net({ minor, isTotal = false }: { readonly minor: number; readonly isTotal?: boolean }) {
  const format = useFormat();
  const tone = minor > 0 ? "is-gain" : minor < 0 ? "is-loss" : "";
  return (
    <td
      className={`figure arithmetic-net ${tone}`}
      {...(isTotal ? { "data-balance-change": minor } : {})}
    >
      {format.signedMoney(minor)}
    </td>
  );
}

function Marks({ selection }: { readonly selection: readonly number[] }) {
  return (
    <span className="results-marks">
      {selection.map((number) => (
        <RunnerMark key={number} number={number} size={20} />
      ))}
      <span className="unseen">{selection.join(", ")}</span>
    </span>
  );
}

/** From the stakes of a market to the viewer's payouts, one line a step. */
function Steps({
  raceId,
  market,
  pool,
  bets,
}: {
  readonly raceId: string;
  readonly market: Market;
  readonly pool: Pool;
  readonly bets: readonly Bet[];
}) {
  const { t } = useTranslation("results");
  const markets = useMarkets();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  // What was staked on the winners is in the race's public bets; they are read when somebody wants to know.
  const winningStakes = useWinningStakes(isOpen ? raceId : null)?.[market];
  const liveMinor = pool.stakes - (pool.refund_reason === null ? pool.refunds : 0);
  const winners = Object.entries(pool.dividends);
  const winningMinor =
    winningStakes === undefined
      ? undefined
      : winners.reduce((sum, [key]) => sum + (winningStakes[key] ?? 0), 0);
  const profitMinor =
    winningMinor === undefined ? undefined : liveMinor - pool.takeout - winningMinor;
  const unit = format.money(DIVIDEND_UNIT_MINOR);
  const step = format.money(BREAKAGE_STEP_MINOR);
  return (
    <details
      className="arithmetic-steps"
      data-steps={market}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{t("sum.show", { market: markets[market].name })}</summary>
      <dl>
        <Line label={t("steps.stakes")} value={format.money(pool.stakes)} />
        {pool.refunds > 0 && (
          <Line label={t("steps.refunds")} value={format.money(-pool.refunds)} />
        )}
        {pool.refund_reason === null && (
          <>
            <Line
              label={
                liveMinor - pool.takeout === winningMinor
                  ? t("steps.takeoutReduced")
                  : t("steps.takeout", {
                      rate: format.percent(liveMinor === 0 ? 0 : pool.takeout / liveMinor),
                    })
              }
              value={format.money(-pool.takeout)}
            />
            {winningMinor !== undefined && (
              <Line label={t("steps.winningStakes")} value={format.money(winningMinor)} />
            )}
            {profitMinor !== undefined && (
              <Line label={t("steps.profit")} value={format.money(profitMinor)} />
            )}
            {winners.map(([selection, per100Minor]) => {
              const stakeMinor = winningStakes?.[selection];
              // Where one selection wins, all profit is its own, so the quotient can be shown before it is rounded.
              const raw =
                winners.length === 1 && stakeMinor !== undefined && profitMinor !== undefined
                  ? (stakeMinor + profitMinor) / stakeMinor
                  : undefined;
              return (
                <div key={selection} className="arithmetic-dividend">
                  <dt>
                    {t("steps.dividend", { selection, unit })}
                    {stakeMinor !== undefined && winners.length > 1 && (
                      <span className="muted">
                        {` (${t("steps.onSelection", { selection })}: ${format.money(stakeMinor)})`}
                      </span>
                    )}
                    {raw !== undefined && (
                      <span className="muted">
                        {` (${t("steps.dividendFrom", { raw: format.number(raw, 4), step })})`}
                      </span>
                    )}
                  </dt>
                  <dd className="figure">{format.money(per100Minor)}</dd>
                </div>
              );
            })}
            <Line label={t("steps.breakage", { step })} value={format.money(-pool.breakage)} />
            <Line label={t("steps.payouts")} value={format.money(pool.payouts)} isSum />
          </>
        )}
      </dl>
      {pool.refund_reason !== null && (
        <p>
          {pool.refund_reason === "no_winning_ticket"
            ? t("steps.noWinningTicket")
            : t("steps.tooFewStarters")}
        </p>
      )}
      {pool.refund_reason === null && pool.refunds > 0 && <p>{t("steps.scratched")}</p>}
      <ul>
        {bets.map((bet) => (
          <li key={bet.bet_id}>
            <Own bet={bet} pool={pool} />
          </li>
        ))}
      </ul>
      <p className="arithmetic-check muted figure" title={t("steps.sumsUp")}>
        {t("steps.checks", {
          payouts: format.money(pool.payouts),
          refunds: format.money(pool.refunds),
          takeout: format.money(pool.takeout),
          breakage: format.money(pool.breakage),
          stakes: format.money(pool.stakes),
        })}
      </p>
    </details>
  );
}

function Own({ bet, pool }: { readonly bet: Bet; readonly pool: Pool }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const stake = format.money(bet.stake);
  const payout = format.money(bet.payout ?? 0);
  const selection = bet.selection.join("-");
  if (bet.status === "won") {
    const dividend = pool.dividends[selectionKey(bet.market, bet.selection)] ?? 0;
    return t("steps.yours", { stake, dividend: format.money(dividend), payout });
  }
  if (bet.status === "cancelled") {
    const fee = format.money(bet.stake - (bet.payout ?? 0));
    return t("steps.cancelled", { stake, selection, payout, fee });
  }
  return t(bet.status === "refunded" ? "steps.refunded" : "steps.lost", { stake, selection });
}

function Line({
  label,
  value,
  isSum = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly isSum?: boolean;
}) {
  return (
    <div className={isSum ? "is-sum" : ""}>
      <dt>{label}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}
