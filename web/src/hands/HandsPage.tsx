/** The hands as they are recorded, with and without a seat. What it is filtered by stands in the address. */
import "./Hands.css";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { paths } from "../app/paths.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useTitle } from "../shell/useTitle.ts";
import { HandFilters } from "./HandFilters.tsx";
import { HandRow } from "./HandRow.tsx";
import { filterIn, fits, isSifted, queryOf, stakesAmong } from "./handsView.ts";
import type { HandFilter } from "./handsView.ts";
import { PokerNav } from "./PokerNav.tsx";
import { useHands } from "./useHands.ts";
import type { HandList } from "./useHands.ts";

/** As many places are kept free while the first answer is on its way. */
const EXPECTED_ROWS = [1, 2, 3, 4, 5, 6] as const;

export default function HandsPage() {
  const { t } = useTranslation("hands");
  const { number } = useFormat();
  const query = useHashQuery();
  const filter = useMemo(() => filterIn(query), [query]);
  const [, navigate] = useLocation();
  const onFilter = useCallback(
    (filter: HandFilter) => navigate(paths.hands + queryOf(filter), { replace: true }),
    [navigate],
  );
  const list = useHands(filter);
  const { come, hands, isLive, isLooking, nextBefore, problem, total } = list;
  const shown = useMemo(() => hands?.filter((hand) => fits(hand, filter)) ?? null, [hands, filter]);
  const stakes = useMemo(() => {
    const found = stakesAmong(hands ?? []);
    return filter.stakes === null || found.includes(filter.stakes)
      ? found
      : [filter.stakes, ...found];
  }, [hands, filter.stakes]);
  const isEmpty = hands?.length === 0 && filter.player === "";
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
        <div className="notice is-bad hands-notice" role="alert" data-code={problem.code}>
          <p>
            <strong>{t("failed")}</strong>
            {t(problem.code === "offline" ? "failedOffline" : "failedOther")}
          </p>
          <button type="button" className="button is-small" onClick={list.readAgain}>
            {t("again")}
          </button>
        </div>
      )}
      {shown === null ? (
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
          <p className="hands-count muted" role="status">
            {isSifted(filter)
              ? t("filter.shown", { count: shown.length, of: number(hands?.length ?? 0) })
              : filter.player === ""
                ? t("total", { count: total, total: number(total) })
                : t("of", { count: total, total: number(total), player: filter.player })}
            {come.size > 0 && (
              <span className="tag is-good">{t("came", { count: come.size })}</span>
            )}
          </p>
          {shown.length > 0 ? (
            <ol className="hands-list panel">
              {shown.map((hand) => (
                <HandRow key={hand.seq} hand={hand} isNew={come.has(hand.seq)} />
              ))}
            </ol>
          ) : (
            !isLooking && (
              <p className="empty">
                {isSifted(filter) ? t("noneFit") : t("nonePlayer", { player: filter.player })}
              </p>
            )
          )}
        </>
      )}
      <Older list={list} isOffered={nextBefore !== null} />
    </main>
  );
}

function Older({
  list,
  isOffered,
}: {
  readonly list: HandList & { readonly readOlder: () => void };
  readonly isOffered: boolean;
}) {
  const { t } = useTranslation("hands");
  if (list.isLooking)
    return (
      <p className="hands-older muted" role="status">
        {t("searching")}
      </p>
    );
  if (!isOffered) return null;
  return (
    <p className="hands-older">
      <button type="button" className="button" onClick={list.readOlder}>
        {t("older")}
      </button>
    </p>
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
