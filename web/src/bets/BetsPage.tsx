import "./BetsPage.css";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useTable } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { STATUS_TONES } from "./MyBets.tsx";
import { accountOf } from "./account.ts";
import { readHistory } from "./readBets.ts";
import type { BetBody } from "../../../sdk/src/index.ts";
import { useMarkets } from "./useMarkets.ts";

const FILTERS = ["all", "accepted", "won", "lost", "refunded", "cancelled"] as const;
type Filter = (typeof FILTERS)[number];

/** So many bets at first, and so many more at each asking; the server gives no more than the last at once. */
const FIRST_COUNT = 50;
const MAX_COUNT = 200;

/** All bets of the player, race by race, with what they cost and brought. */
export default function BetsPage() {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const { bets, isFailed, limit, more, again } = useHistory();
  const [filter, setFilter] = useState<Filter>("all");
  useEffect(() => {
    document.title = `${t("page.title")} · Croupier`;
    return () => {
      document.title = "Croupier";
    };
  }, [t]);
  const account = useMemo(() => accountOf(bets ?? []), [bets]);
  const shown = useMemo(
    () => (bets ?? []).filter(({ status }) => filter === "all" || status === filter),
    [bets, filter],
  );
  return (
    <main id="main" tabIndex={-1} className="bets-page" aria-busy={bets === undefined && !isFailed}>
      <h1>{t("page.title")}</h1>
      {isFailed && bets === undefined && (
        <div className="notice is-bad" role="alert">
          <div>
            <p>{t("page.failed")}</p>
            <button type="button" className="button is-small" onClick={again}>
              {t("page.again")}
            </button>
          </div>
        </div>
      )}
      {bets !== undefined && bets.length === 0 && (
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
          <p className="muted bets-count">{t("page.newest", { count: bets.length })}</p>
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
          {shown.length === 0 && <p className="empty">{t("page.emptyFilter")}</p>}
          {byRace(shown).map(([raceId, rows]) => (
            <RaceBets key={raceId} raceId={raceId} rows={rows} />
          ))}
          {bets.length >= limit && limit < MAX_COUNT && (
            <button type="button" className="button" onClick={more}>
              {t("page.more")}
            </button>
          )}
        </>
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

/** The player's bets, newest first, read again whenever the table has news of one. */
function useHistory() {
  const { croupier, store } = useTable();
  const [limit, setLimit] = useState(FIRST_COUNT);
  const [bets, setBets] = useState<readonly BetBody[]>();
  const [isFailed, setIsFailed] = useState(false);
  const again = useCallback(() => {
    void readHistory(croupier, limit).then((rows) => {
      setIsFailed(rows === undefined);
      if (rows !== undefined) setBets(rows);
    });
  }, [croupier, limit]);
  useEffect(() => {
    let seen = store.get();
    again();
    return store.subscribe(() => {
      const now = store.get();
      const isNews = now.bets !== seen.bets || now.wallet?.version !== seen.wallet?.version;
      seen = now;
      if (isNews) again();
    });
  }, [again, store]);
  const more = useCallback(() => setLimit((before) => Math.min(MAX_COUNT, before * 2)), []);
  return { bets, isFailed, limit, more, again };
}
