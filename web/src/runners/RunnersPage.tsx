/** Everyone who has ever started, and how they have done. */
import "./Runners.css";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCroupier } from "../app/useSeat.ts";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { RunnersTable } from "./RunnersTable.tsx";
import { numbersOf } from "./fields.ts";
import { SORT_KEYS, sortRunners } from "./sortRunners.ts";
import type { SortKey, Sorting } from "./sortRunners.ts";
import { SORT_TEXTS } from "./sortTexts.ts";
import { useRead } from "../http/useRead.ts";

export default function RunnersPage() {
  const { t } = useTranslation("runners");
  const croupier = useCroupier();
  const { reading, again } = useRead(
    useMemo(() => () => croupier.get("/analytics/runners"), [croupier]),
  );
  const fields = useRead(useMemo(() => () => croupier.get("/lobbies"), [croupier])).reading;
  const [query, setQuery] = useState("");
  const [sorting, setSorting] = useState<Sorting>({ key: "wins", isDescending: true });
  const title = t("title");

  useTitle(title);

  const all = reading.kind === "read" ? reading.body.runners : [];
  const shown = sortRunners(all, sorting, query);
  return (
    <main id="main" tabIndex={-1} className="page is-stack runners">
      <PageHead title={title} lead={t("intro")} />
      {reading.kind === "loading" && (
        <div className="panel runners-wait" role="status" aria-busy="true">
          {t("loading")}
        </div>
      )}
      {reading.kind === "failed" && (
        <Failed title={t("failed")} code={reading.problem.code} onAgain={again} />
      )}
      {reading.kind === "read" && all.length === 0 && <Blank icon="runners" title={t("none")} />}
      {all.length > 0 && (
        <section className="panel" aria-label={title}>
          <div className="runners-tools">
            <label className="runners-search">
              <span className="field-label">{t("search")}</span>
              <input
                className="input"
                type="search"
                autoComplete="off"
                value={query}
                onChange={({ target }) => setQuery(target.value)}
              />
            </label>
            <label className="runners-sort">
              <span className="field-label">{t("sortBy")}</span>
              <select
                className="input"
                value={sorting.key}
                onChange={({ target }) => {
                  const key = SORT_KEYS.find((one): one is SortKey => one === target.value);
                  if (key !== undefined) setSorting({ key, isDescending: key !== "name" });
                }}
              >
                {SORT_KEYS.map((key) => (
                  <option key={key} value={key}>
                    {t(SORT_TEXTS[key])}
                  </option>
                ))}
              </select>
            </label>
            <p className="muted" role="status">
              {shown.length === 0
                ? t("noMatch", { query: query.trim() })
                : t("count", { count: shown.length })}
            </p>
          </div>
          {shown.length > 0 && (
            <RunnersTable
              runners={shown}
              numbers={fields.kind === "read" ? numbersOf(fields.body.lobbies) : new Map()}
              sorting={sorting}
              onSort={setSorting}
            />
          )}
        </section>
      )}
    </main>
  );
}
