import "./BetsPage.css";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { STATUS_TONES } from "./MyBets.tsx";
import { accountOf } from "./account.ts";
import { useHistory } from "./useHistory.ts";
import type { BetBody } from "../../../sdk/src/index.ts";
import { useMarkets } from "./useMarkets.ts";

const FILTERS = ["all", "accepted", "won", "lost", "refunded", "cancelled"] as const;
type Filter = (typeof FILTERS)[number];

/** All bets of the player, race by race, with what they cost and brought. */
export default function BetsPage() {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const [filter, setFilter] = useState<Filter>("all");
  const history = useHistory(filter === "all" ? undefined : filter);
  const { isFailed, isReading, pages } = history;
  const bets = pages?.bets;
  useEffect(() => {
    document.title = `${t("page.title")} · Croupier`;
    return () => {
      document.title = "Croupier";
    };
  }, [t]);
  const account = useMemo(() => accountOf(bets ?? []), [bets]);
  return (
    <main id="main" tabIndex={-1} className="bets-page" aria-busy={bets === undefined && !isFailed}>
      <h1>{t("page.title")}</h1>
      {isFailed && bets === undefined && (
        <div className="notice is-bad" role="alert">
          <div>
            <p>{t("page.failed")}</p>
            <button type="button" className="button is-small" onClick={history.again}>
              {t("page.again")}
            </button>
          </div>
        </div>
      )}
      {bets !== undefined && bets.length === 0 && filter === "all" && (
        <div className="empty">
          <p>{t("page.empty")}</p>
          <Link href={paths.home} className="button is-main">
            {t("page.toRace")}
          </Link>
        </div>
      )}
      {bets !== undefined && bets.length > 0 && (
        <>
          <dl className="panel bets-totals figure">
            <Total name={t("page.open")} value={format.money(account.openMinor)} />
            <Total name={t("page.staked")} value={format.money(account.stakedMinor)} />
            <Total name={t("page.returned")} value={format.money(account.returnedMinor)} />
            <Total
              name={t("page.net")}
              value={format.signedMoney(account.netMinor)}
              tone={account.netMinor > 0 ? "is-gain" : account.netMinor < 0 ? "is-loss" : ""}
            />
          </dl>
          <p className="muted bets-count" role="status">
            {t(pages?.nextBefore === null ? "page.allOfThem" : "page.newest", {
              count: bets.length,
            })}
          </p>
        </>
      )}
      {(filter !== "all" || (bets !== undefined && bets.length > 0)) && (
        <div className="bets-filter" role="group" aria-label={t("page.filter")}>
          {FILTERS.map((one) => (
            <button
              key={one}
              type="button"
              className="button is-small"
              aria-pressed={one === filter}
              onClick={() => setFilter(one)}
            >
              {t(`page.${one}`)}
            </button>
          ))}
        </div>
      )}
      {filter !== "all" && bets?.length === 0 && <p className="empty">{t("page.emptyFilter")}</p>}
      {byRace(bets ?? []).map(([raceId, rows]) => (
        <RaceBets key={raceId} raceId={raceId} rows={rows} />
      ))}
      {history.isOlderFailed && <p role="alert">{t("page.failed")}</p>}
      {pages !== undefined && pages.nextBefore !== null && (
        <button type="button" className="button" disabled={isReading} onClick={history.older}>
          {t("page.older")}
        </button>
      )}
    </main>
  );
}

function Total({
  name,
  value,
  tone = "",
}: {
  readonly name: string;
  readonly value: string;
  readonly tone?: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={tone}>{value}</dd>
    </div>
  );
}

function RaceBets({
  raceId,
  rows,
}: {
  readonly raceId: string;
  readonly rows: readonly BetBody[];
}) {
  const { t } = useTranslation("bets");
  const markets = useMarkets();
  const format = useFormat();
  const { netMinor, openMinor } = accountOf(rows);
  const at = rows[0]?.placed_at;
  return (
    <section className="panel bets-race" aria-label={t("page.race", { id: raceId })}>
      <div className="panel-head">
        <h2>
          <Link href={paths.race(raceId)}>{t("page.race", { id: raceId })}</Link>
        </h2>
        <span className="muted">{at === undefined ? "" : format.dateTime(at)}</span>
        <span className="figure bets-net">
          {openMinor > 0
            ? t("mine.atStake", { amount: format.money(openMinor) })
            : format.signedMoney(netMinor)}
        </span>
      </div>
      <ul>
        {rows.map((row) => (
          <li key={row.bet_id} data-bet={row.market} data-status={row.status}>
            <span className="bets-market">{markets[row.market].name}</span>
            <span className="my-bets-marks">
              {row.selection.map((number) => (
                <RunnerMark key={number} number={number} size={22} />
              ))}
              <span className="unseen">{row.selection.join(", ")}</span>
            </span>
            <span className="figure bets-stake">{format.money(row.stake)}</span>
            <span className="figure bets-back">
              {row.payout !== null && row.payout > 0
                ? t("mine.back", { amount: format.money(row.payout) })
                : ""}
            </span>
            <span className={STATUS_TONES[row.status]}>{t(`status.${row.status}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** By race in the order of the newest bet. */
function byRace(rows: readonly BetBody[]): readonly (readonly [string, readonly BetBody[]])[] {
  const races = new Map<string, BetBody[]>();
  for (const row of rows) {
    const known = races.get(row.race_id);
    if (known === undefined) races.set(row.race_id, [row]);
    else known.push(row);
  }
  return [...races];
}
