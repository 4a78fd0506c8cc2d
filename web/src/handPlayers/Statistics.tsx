import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PlayerStatsBody } from "../../../sdk/src/index.ts";
import { useCroupier } from "../app/useSeat.ts";
import { useRead } from "../http/useRead.ts";
import { Breakdown } from "./Breakdown.tsx";
import { Failed } from "../shell/Failed.tsx";
import { Rates } from "./Rates.tsx";
import { ResultCharts } from "./ResultCharts.tsx";
import { StatsFilters } from "./StatsFilters.tsx";
import { isFiltered, questionOf } from "./statsView.ts";
import type { StatsFilter } from "./statsView.ts";

export function Statistics({
  all,
  filter,
  onFilter,
}: {
  readonly all: PlayerStatsBody;
  readonly filter: StatsFilter;
  readonly onFilter: (filter: StatsFilter) => void;
}) {
  const { t } = useTranslation("handPlayers");
  const croupier = useCroupier();
  const { player: name } = all;
  const { again, reading } = useRead(
    useMemo(
      () =>
        isFiltered(filter)
          ? () =>
              croupier.get("/api/v1/stats/player/{name}", {
                path: { name },
                query: questionOf(filter),
              })
          : null,
      [croupier, name, filter],
    ),
  );
  const stats = !isFiltered(filter) ? all : reading.kind === "read" ? reading.body : null;
  return (
    <>
      <StatsFilters all={all} filter={filter} onFilter={onFilter} />
      {stats === null ? (
        reading.kind === "failed" ? (
          <Failed title={t("page.failed")} code={reading.problem.code} onAgain={again} />
        ) : (
          <div className="panel hand-player-wait" role="status" aria-busy="true">
            {t("reading")}
          </div>
        )
      ) : stats.hands === 0 ? (
        <p className="empty" role="status">
          {t("page.noneFit")}
        </p>
      ) : (
        <div className="hand-player-stats" data-hands={stats.hands}>
          <Rates stats={stats} />
          <ResultCharts stats={stats} />
          <Breakdown stats={stats} />
        </div>
      )}
    </>
  );
}
