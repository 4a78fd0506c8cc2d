/** One runner: its figures, its form now, how it came to both, and another one beside it. */
import "./Runners.css";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { useCroupier } from "../app/useSeat.ts";
import { useTitle } from "../shell/useTitle.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { FormNow } from "./FormNow.tsx";
import { HistoryCharts } from "./HistoryCharts.tsx";
import { LastStarts } from "./LastStarts.tsx";
import { Totals } from "./Totals.tsx";
import { formsOf, numbersOf } from "./fields.ts";
import { useHistory } from "./useHistory.ts";
import { useRead } from "../http/useRead.ts";

export default function RunnerPage({ name }: { readonly name: string }) {
  const { t } = useTranslation("runners");
  const croupier = useCroupier();
  const { history, again, older } = useHistory(name);
  const fields = useRead(useMemo(() => () => croupier.get("/lobbies"), [croupier])).reading;
  const runners = useRead(
    useMemo(() => () => croupier.get("/analytics/runners"), [croupier]),
  ).reading;
  const [rival, setRival] = useState<string | null>(null);
  const lobbies = fields.kind === "read" ? fields.body.lobbies : [];
  const numbers = numbersOf(lobbies);
  const number =
    numbers.get(name) ?? (history.kind === "read" ? history.body.starts[0]?.number : undefined);
  const others =
    runners.kind === "read"
      ? runners.body.runners
          .map((runner) => runner.name)
          .filter((other) => other !== name)
          .toSorted((a, b) => a.localeCompare(b))
      : [];

  useTitle(name);

  return (
    <main id="main" tabIndex={-1} className="page is-stack runners runner">
      <p className="page-back">
        <Link href={paths.runners}>{t("page.back")}</Link>
      </p>
      <header className="runner-head">
        <h1>
          {number !== undefined && <RunnerMark number={number} size={44} />}
          {name}
        </h1>
        {others.length > 0 && (
          <label className="runner-compare">
            <span className="field-label">{t("page.compare")}</span>
            <select
              className="input"
              value={rival ?? ""}
              onChange={({ target }) => setRival(target.value === "" ? null : target.value)}
            >
              <option value="">{t("page.compareNone")}</option>
              {others.map((other) => (
                <option key={other}>{other}</option>
              ))}
            </select>
          </label>
        )}
      </header>
      {history.kind === "loading" && (
        <div className="panel runners-wait" role="status" aria-busy="true">
          {t("loading")}
        </div>
      )}
      {history.kind === "failed" &&
        (history.problem.status === 404 ? (
          <Blank icon="runners" title={t("page.unknown")} role="alert">
            <Link className="button" href={paths.runners}>
              {t("page.back")}
            </Link>
          </Blank>
        ) : (
          <Failed title={t("page.failed")} code={history.problem.code} onAgain={again} />
        ))}
      {(history.kind === "read" || lobbies.length > 0) && (
        <div className="runner-columns">
          {history.kind === "read" && (
            <Totals name={name} totals={history.body.totals} rival={rival} />
          )}
          {fields.kind === "read" && (
            <FormNow
              name={name}
              forms={formsOf(lobbies, name)}
              rival={rival === null ? null : { name: rival, forms: formsOf(lobbies, rival) }}
            />
          )}
        </div>
      )}
      {history.kind === "read" && (
        <>
          <HistoryCharts name={name} starts={history.body.starts} rival={rival} />
          <LastStarts starts={history.body.starts} onOlder={history.body.hasOlder ? older : null} />
        </>
      )}
    </main>
  );
}
