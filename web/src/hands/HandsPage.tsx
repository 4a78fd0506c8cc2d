/** The hands as they are recorded, with and without a seat. What it is filtered by stands in the address. */
import "./Hands.css";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { paths } from "../app/paths.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { useCroupier } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import { useRead } from "../http/useRead.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useTitle } from "../shell/useTitle.ts";
import { HandFilters } from "./HandFilters.tsx";
import { HandRow } from "./HandRow.tsx";
import { filterIn, isAnyone, NO_FILTER, queryOf, sitesIn, stakesKey } from "./handsView.ts";
import type { HandFilter } from "./handsView.ts";
import { PokerNav } from "./PokerNav.tsx";
import { useHands } from "./useHands.ts";
import type { HandList } from "./useHands.ts";

/** As many places are kept free while the first answer is on its way. */
const EXPECTED_ROWS = [1, 2, 3, 4, 5, 6] as const;

export default function HandsPage() {
  const { t } = useTranslation("hands");
  const query = useHashQuery();
  const filter = useMemo(() => filterIn(query), [query]);
  const [, navigate] = useLocation();
  const onFilter = useCallback(
    (filter: HandFilter) => navigate(paths.hands + queryOf(filter), { replace: true }),
    [navigate],
  );
  const list = useHands(filter);
  const { hands, isLive, isLooking, nextBefore, problem } = list;
  const stakes = useStakes(filter.stakes);
  const isEmpty = hands?.length === 0 && isAnyone(filter);
  useTitle(t("title"));
  return (
    <main
      className="page hands"
      id="main"
      tabIndex={-1}
      aria-busy={hands === null && problem === null}
    >
      <PokerNav />
      <header className="hands-head">
        <div>
          <h1>{t("title")}</h1>
          <p className="muted">{t("lead")}</p>
        </div>
        <p className="hands-live" data-live={isLive} role="status">
          <span aria-hidden="true" />
          {t(isLive ? "live.on" : "live.off")}
        </p>
      </header>
      {!isEmpty && <HandFilters filter={filter} stakes={stakes} onFilter={onFilter} />}
      {problem !== null && (
        <Trouble problem={problem} filter={filter} onFilter={onFilter} onAgain={list.readAgain} />
      )}
      {hands === null ? (
        problem === null && (
          <ol className="hands-list" aria-label={t("reading")}>
            {EXPECTED_ROWS.map((place) => (
              <li key={place} className="hand-row is-expected" aria-hidden="true" />
            ))}
          </ol>
        )
      ) : isEmpty ? (
        <Empty />
      ) : (
        <>
          <Count list={list} filter={filter} />
          {hands.length > 0 ? (
            <ol className="hands-list panel">
              {hands.map((hand) => (
                <HandRow key={hand.seq} hand={hand} isNew={list.come.has(hand.seq)} />
              ))}
            </ol>
          ) : (
            !isLooking && (
              <p className="empty">
                {nextBefore !== null
                  ? t("noneYet")
                  : queryOf(filter) === queryOf({ ...NO_FILTER, player: filter.player })
                    ? t("nonePlayer", { player: filter.player })
                    : t("noneFit")}
              </p>
            )
          )}
        </>
      )}
      <Older list={list} />
    </main>
  );
}

/** All stakes of which there are hands. What the address asks for is among them, whether there is such a hand or not. */
function useStakes(chosen: string | null): readonly string[] {
  const croupier = useCroupier();
  const { reading } = useRead(useMemo(() => () => croupier.get("/api/v1/hands/kinds"), [croupier]));
  return useMemo(() => {
    const kinds = reading.kind === "read" ? reading.body.kinds : [];
    const keys = kinds.map(({ currency, stake }) => stakesKey(currency, stake));
    return [...new Set(chosen === null ? keys : [...keys, chosen])].toSorted((a, b) =>
      a.localeCompare(b, undefined, { numeric: true }),
    );
  }, [reading, chosen]);
}

function Trouble({
  filter,
  problem,
  onAgain,
  onFilter,
}: {
  readonly filter: HandFilter;
  readonly problem: Problem;
  readonly onAgain: () => void;
  readonly onFilter: (filter: HandFilter) => void;
}) {
  const { t } = useTranslation("hands");
  const sites = sitesIn(problem);
  if (sites.length > 0)
    return (
      <div className="notice hands-notice" role="alert" data-code={problem.code}>
        <p>{t("whichSite", { player: filter.player })}</p>
        <p className="hands-sites">
          {sites.map((site) => (
            <button
              key={site}
              type="button"
              className="button is-small"
              onClick={() => onFilter({ ...filter, site })}
            >
              {site}
            </button>
          ))}
        </p>
      </div>
    );
  const isRefused = problem.code === "validation_failed";
  return (
    <div className="notice is-bad hands-notice" role="alert" data-code={problem.code}>
      <p>
        <strong>{t("failed")}</strong>
        {t(
          isRefused ? "failedFilter" : problem.code === "offline" ? "failedOffline" : "failedOther",
        )}
      </p>
      {!isRefused && (
        <button type="button" className="button is-small" onClick={onAgain}>
          {t("again")}
        </button>
      )}
    </div>
  );
}

function Count({ filter, list }: { readonly filter: HandFilter; readonly list: HandList }) {
  const { t } = useTranslation("hands");
  const { number } = useFormat();
  const { come, hands, nextBefore, total } = list;
  const count = hands?.length ?? 0;
  const told =
    total === null
      ? t(nextBefore === null ? "fit" : "fitSoFar", { count, total: number(count) })
      : filter.player === ""
        ? t("total", { count: total, total: number(total) })
        : t("of", { count: total, total: number(total), player: filter.player });
  return (
    <p className="hands-count muted" role="status">
      {told}
      {come.size > 0 && <span className="tag is-good">{t("came", { count: come.size })}</span>}
    </p>
  );
}

function Older({ list }: { readonly list: HandList & { readonly readOlder: () => void } }) {
  const { t } = useTranslation("hands");
  if (list.isLooking)
    return (
      <p className="hands-older muted" role="status">
        {t("searching")}
      </p>
    );
  if (list.nextBefore === null) return null;
  return (
    <div className="hands-older">
      {list.isOlderFailed && <p role="alert">{t("olderFailed")}</p>}
      <button type="button" className="button" onClick={list.readOlder}>
        {t(list.isOlderFailed ? "again" : "older")}
      </button>
    </div>
  );
}

/** Nobody has brought any hands yet: how to. */
function Empty() {
  const { t } = useTranslation("hands");
  return (
    <div className="hands-empty panel">
      <h2>{t("empty.title")}</h2>
      <p className="muted">{t("empty.lead")}</p>
      <div className="hands-ways">
        <section>
          <h3>{t("empty.import")}</h3>
          <p>{t("empty.importHow")}</p>
          <Link className="button is-main" href={paths.handImport}>
            {t("empty.import")}
          </Link>
        </section>
        <section>
          <h3>{t("empty.watch")}</h3>
          <p>{t("empty.watchHow")}</p>
          <code>HANDS_DIR=/path/to/histories npm start</code>
        </section>
      </div>
    </div>
  );
}
